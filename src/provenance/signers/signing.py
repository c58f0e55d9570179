"""What a caller signs with: a key, a certificate, or whatever else a signer is, in one value."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Self

import attrs

from provenance.ports.credential import Credential
from provenance.ports.signer import Signer
from provenance.signers.by_certificate import CertificateCredential
from provenance.signers.by_key import KeyCredential


@attrs.frozen
class _Ready:
    """A signer that a caller made."""

    made: Signer

    def signer(self, clock: Callable[[], datetime]) -> Signer:  # noqa: ARG002 - the port's
        """Return it, whenever that is."""
        return self.made


@attrs.frozen
class Signing:
    """What a caller signs with.

    It is read when something is signed, and refused then if it is none of what it should be.

    >>> Signing.by_key(b"secret", password=b"secret")
    Signing(credential=KeyCredential(explained=False))
    """

    credential: Credential

    @classmethod
    def by_key(cls, pem: bytes, *, password: bytes | None = None) -> Self:
        """Sign with a private key, as PEM.

        Args:
            pem: the key.
            password: what it is encrypted with, if it is.
        """
        return cls(KeyCredential(pem, password))

    @classmethod
    def by_certificate(
        cls,
        pem: bytes,
        certificate: bytes,
        chain: Iterable[bytes] = (),
        *,
        password: bytes | None = None,
    ) -> Self:
        """Sign with a private key under a certificate for it, all as PEM.

        Args:
            pem: the key.
            certificate: the certificate for it.
            chain: those between it and its root.
            password: what the key is encrypted with, if it is.
        """
        return cls(CertificateCredential(KeyCredential(pem, password), certificate, tuple(chain)))

    @classmethod
    def by_signer(cls, signer: Signer) -> Self:
        """Sign with a signer of the caller's own."""
        return cls(_Ready(signer))

    def signer(self, clock: Callable[[], datetime]) -> Signer:
        """Return who signs; ``clock`` tells the moment at which a certificate has to be valid.

        Raises:
            UsageError, VerificationError: for what the credential refuses.
        """
        return self.credential.signer(clock)
