"""Whom a caller trusts: any number of keys, holders and identities, in one value."""

from collections.abc import Iterable
from pathlib import Path
from typing import Self

import attrs

from provenance.errors import UsageError
from provenance.ports.anchor import Anchor
from provenance.ports.verifier import Verifier
from provenance.signers.by_certificate import TrustedHolder
from provenance.signers.by_identity import TrustedIdentity
from provenance.signers.by_key import TrustedKey
from provenance.values.certificate_name import UnsafeAnyName
from provenance.values.terms import Terms


@attrs.frozen
class _Ready:
    """Verifiers that a caller made."""

    made: tuple[Verifier, ...]

    def verifiers(self, terms: Terms) -> tuple[Verifier, ...]:  # noqa: ARG002 - the port's
        """Return them, whatever the terms: they have their own."""
        return self.made


@attrs.frozen
class Trust:
    """Whom a caller trusts; nobody else is.

    What it is made of is read when something is verified, and refused then if it is none.

    >>> len((Trust.by_key(b"one", b"another") | Trust.by_identity("a", "https://b")).anchors)
    3
    """

    anchors: tuple[Anchor, ...] = ()

    @classmethod
    def by_key(cls, *pems: bytes) -> Self:
        """Trust public keys, as PEM."""
        return cls(tuple(map(TrustedKey, pems)))

    @classmethod
    def by_certificate(
        cls, roots: bytes | Iterable[bytes], name: str | UnsafeAnyName | None = None
    ) -> Self:
        """Trust who holds a certificate under roots.

        Args:
            roots: the roots that certificates have to lead to, as PEM.
            name: who has to hold it, ``email:release@example.org`` for example; may be left out
                where a policy names the signers.
        """
        pems = (roots,) if isinstance(roots, bytes) else tuple(roots)
        return cls((TrustedHolder(pems, name),))

    @classmethod
    def by_identity(cls, identity: str, issuer: str, *, config: Path | None = None) -> Self:
        """Trust an identity (Sigstore without keys); so far in model signatures alone.

        Args:
            identity: who has to have signed.
            issuer: who says so.
            config: a trust configuration or trusted root of another instance than the public one.
        """
        return cls((TrustedIdentity(identity, issuer, config),))

    @classmethod
    def by_verifiers(cls, *verifiers: Verifier) -> Self:
        """Trust whomever verifiers of the caller's own trust, each on its own terms."""
        return cls((_Ready(verifiers),))

    def __or__(self, other: "Trust") -> "Trust":
        """Trust everybody whom one of two trusts."""
        return Trust((*self.anchors, *other.anchors))

    def verifiers(self, terms: Terms) -> tuple[Verifier, ...]:
        """Return who opens what the trusted signed.

        Raises:
            UsageError: when nobody is trusted, and for what an anchor refuses.
        """
        found = tuple(one for anchor in self.anchors for one in anchor.verifiers(terms))
        if not found:
            raise UsageError(
                "nobody is trusted: no key and no root is given",
                hint="name whom you trust: --public-key, or --certificate-chain and whose it has"
                " to be",
            )
        return found
