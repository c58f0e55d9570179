"""Keys, certificates and identities: what a caller signs with, and who is trusted.

A new key is made by :func:`provenance.generate_key`. What to sign with is a :class:`Signing`, and
whom to trust a :class:`Trust`; both take what a file holds, and read it when it is needed.
"""

from provenance.ports.signer import Signer
from provenance.ports.verifier import Verifier
from provenance.signers.key import (
    KeyKind,
    PrivateKey,
    PublicKey,
    load_explained_public,
    load_private,
    load_public,
)
from provenance.signers.signing import Signing
from provenance.signers.trust import Trust
from provenance.values.certificate_name import UNSAFE_ANY_NAME, UnsafeAnyName
from provenance.values.identity import Certificate, Identity, Key, Oidc

__all__ = [
    "UNSAFE_ANY_NAME",
    "Certificate",
    "Identity",
    "Key",
    "KeyKind",
    "Oidc",
    "PrivateKey",
    "PublicKey",
    "Signer",
    "Signing",
    "Trust",
    "UnsafeAnyName",
    "Verifier",
    "load_explained_public",
    "load_private",
    "load_public",
]
