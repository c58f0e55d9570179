"""Whom a caller trusts, from what a caller has: public keys, or roots and a name."""

from collections.abc import Callable, Sequence
from datetime import datetime

from provenance.errors import Code, UsageError
from provenance.ports.verifier import Verifier
from provenance.values.certificate_name import UNSAFE_ANY_NAME, CertificateName, UnsafeAnyName
from provenance.values.policy import Policy


def trusted(
    *,
    public_keys: Sequence[bytes] = (),
    certificate_roots: Sequence[bytes] = (),
    certificate_identity: str | UnsafeAnyName | None = None,
    policy: Policy | None = None,
    clock: Callable[[], datetime],
) -> tuple[Verifier, ...]:
    """Return the verifiers of everybody who is trusted.

    Args:
        public_keys: keys that are trusted, as PEM.
        certificate_roots: the roots that certificates have to lead to, as PEM.
        certificate_identity: who has to hold the certificate; may be left out where the policy
            names the signers.
        policy: what is demanded, signers included.
        clock: tells the moment at which certificates have to be valid.

    Raises:
        UsageError: when nobody is trusted, a certificate is to be anybody's without a word about
            it, or a file is none.
    """
    keys = _keys(public_keys)
    roots = _roots(certificate_roots, _name(certificate_roots, certificate_identity, policy), clock)
    if not keys and not roots:
        raise UsageError(
            "nobody is trusted: no key and no root is given",
            hint="name whom you trust: --public-key, or --certificate-chain and whose it has to be",
        )
    return (*keys, *roots)


def _keys(pems: Sequence[bytes]) -> tuple[Verifier, ...]:
    from provenance.signers.key import KeyTrust, load_public  # noqa: PLC0415 - heavy

    return tuple(KeyTrust(load_public(pem)) for pem in pems)


def _roots(
    pems: Sequence[bytes],
    name: CertificateName | UnsafeAnyName | None,
    clock: Callable[[], datetime],
) -> tuple[Verifier, ...]:
    if name is None:
        return ()
    from provenance.signers.certificate import (  # noqa: PLC0415 - heavy
        CertificateTrust,
        load_certificates,
    )

    roots = tuple(root for pem in pems for root in load_certificates(pem))
    return (CertificateTrust(roots, name, clock),)


def _name(
    roots: Sequence[bytes], identity: str | UnsafeAnyName | None, policy: Policy | None
) -> CertificateName | UnsafeAnyName | None:
    """Return whose a certificate has to be, or ``None`` where none is trusted at all."""
    if not roots:
        if identity is not None:
            raise UsageError(
                "a certificate's holder is named, and no root",
                hint="give the roots that you trust: --certificate-chain",
                code=Code.CERTIFICATE_FILE,
            )
        return None
    if isinstance(identity, str) and not isinstance(identity, UnsafeAnyName):
        return CertificateName.parse(identity)
    if identity is None and not (policy and policy.signers):
        raise UsageError(
            "roots are given, and not whose certificate it has to be",
            hint="name the holder (--certificate-identity), or the signers in the policy",
        )
    # Who signed is the policy's to say, or anybody's by the caller's own choice.
    return UNSAFE_ANY_NAME
