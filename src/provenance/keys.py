"""Keys, certificates and identities: who signs, and who is trusted.

A new key is made by :func:`provenance.generate_key`.
"""

from provenance.ports.signer import Signer
from provenance.ports.verifier import Verifier
from provenance.signers.certificate import CertificateTrust, load_certificates, load_signer
from provenance.signers.key import (
    KeyKind,
    KeyTrust,
    PrivateKey,
    PublicKey,
    load_explained_public,
    load_private,
    load_public,
)
from provenance.signers.keyless import KeylessTrust
from provenance.values.certificate_name import UNSAFE_ANY_NAME, CertificateName, UnsafeAnyName
from provenance.values.identity import Certificate, Identity, Key, Oidc

__all__ = [
    "UNSAFE_ANY_NAME",
    "Certificate",
    "CertificateName",
    "CertificateTrust",
    "Identity",
    "Key",
    "KeyKind",
    "KeyTrust",
    "KeylessTrust",
    "Oidc",
    "PrivateKey",
    "PublicKey",
    "Signer",
    "UnsafeAnyName",
    "Verifier",
    "load_certificates",
    "load_explained_public",
    "load_private",
    "load_public",
    "load_signer",
]
