"""Keys in PEM: EC P-256 by default, P-384, P-521 and Ed25519."""

import hashlib
import re
from typing import TypeAlias

import attrs
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from provenance.errors import Code, UsageError, VerificationError
from provenance.values.digest import Algorithm, Digest
from provenance.values.identity import Key
from provenance.values.verified import Opened
from provenance.wire.bundle import Bundle
from provenance.wire.dsse import pae

# No key of these kinds takes a tenth of it.
LARGEST_PEM = 64 * 2**10

_RawPrivate: TypeAlias = ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey
_RawPublic: TypeAlias = ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey

# Model signing's rule: the hash goes with the curve.
_CURVES: dict[str, tuple[str, hashes.HashAlgorithm]] = {
    "secp256r1": ("EC P-256", hashes.SHA256()),
    "secp384r1": ("EC P-384", hashes.SHA384()),
    "secp521r1": ("EC P-521", hashes.SHA512()),
}
_ED25519 = "Ed25519"
_KINDS = f"{', '.join(name for name, _ in _CURVES.values())} or {_ED25519}"
_BLOCK = re.compile(
    rb"\s*-----BEGIN (?P<label>[A-Z ]{1,40})-----(?:[A-Za-z0-9+/=,:\s]|-(?!-))*"
    rb"-----END (?P=label)-----\s*"
)


@attrs.frozen(eq=False)
class PublicKey:
    """A public key, and who it says that it is."""

    identity: Key
    # What bundles name it by: the SHA-256 of its PEM text.
    hint: str
    _raw: _RawPublic = attrs.field(repr=False)


@attrs.frozen(eq=False)
class PrivateKey:
    """A private key; nothing of it but its public half is ever shown."""

    public: PublicKey
    _raw: _RawPrivate = attrs.field(repr=False)


def generate() -> tuple[bytes, bytes]:
    """Return a new EC P-256 key: the private PEM (PKCS #8, not encrypted) and the public PEM."""
    raw = ec.generate_private_key(ec.SECP256R1())
    private = raw.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private, _pem(raw.public_key())


def load_private(pem: bytes, *, password: bytes | None = None) -> PrivateKey:
    """Read a private key from PEM.

    Raises:
        UsageError: KEY_FILE, for anything else, and for a password that is missing, wrong or for a
            key without one.
    """
    _require_block(pem, b"PRIVATE KEY", "private")
    try:
        raw = load_pem_private_key(pem, password)
    except TypeError as cause:
        if password:
            raise _no_key("the private key is not encrypted", "leave the password out") from cause
        raise _no_key("the private key is encrypted", "give its password") from cause
    except (ValueError, UnsupportedAlgorithm) as cause:
        hint = f"give a PEM file with an {_KINDS} key, and its password if it has one"
        raise _no_key("the private key cannot be read", hint) from cause
    if not isinstance(raw, ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey):
        raise _another_kind()
    return PrivateKey(_public(raw.public_key()), raw)


def load_public(pem: bytes) -> PublicKey:
    """Read a public key from PEM (SubjectPublicKeyInfo).

    Raises:
        UsageError: KEY_FILE, for anything else.
    """
    _require_block(pem, b"PUBLIC KEY", "public")
    try:
        raw = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm) as cause:
        hint = f"give a PEM file with an {_KINDS} key"
        raise _no_key("the public key cannot be read", hint) from cause
    if not isinstance(raw, ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey):
        raise _another_kind()
    return _public(raw)


def sign(payload_type: str, payload: bytes, key: PrivateKey) -> bytes:
    """Return the signature over the pre-authentication encoding: DER for curves, raw for Ed25519.

    The nonce follows from key and message (RFC 6979): equal input, equal bytes.
    """
    message = pae(payload_type, payload)
    raw = key._raw  # noqa: SLF001 - the private half leaves this module in no other way
    if isinstance(raw, ed25519.Ed25519PrivateKey):
        return raw.sign(message)
    return raw.sign(message, ec.ECDSA(_CURVES[raw.curve.name][1], deterministic_signing=True))


def open_envelope(bundle: Bundle, trusted: PublicKey) -> Opened:
    """Return the bytes that the trusted key signed.

    Raises:
        VerificationError: KEY_UNTRUSTED when the bundle names another key; SIGNATURE when the
            signature does not cover exactly these bytes.
    """
    if bundle.key_hint != trusted.hint:
        raise VerificationError(
            f"the bundle names another key: {bundle.key_hint[:16]}…, not {trusted.hint[:16]}…",
            hint="give the signer's public key, or do not trust this bundle",
            code=Code.KEY_UNTRUSTED,
        )
    envelope = bundle.envelope
    message = pae(envelope.payload_type, envelope.payload)
    raw = trusted._raw  # noqa: SLF001 - as above
    try:
        if isinstance(raw, ed25519.Ed25519PublicKey):
            raw.verify(envelope.signature, message)
        else:
            raw.verify(envelope.signature, message, ec.ECDSA(_CURVES[raw.curve.name][1]))
    except InvalidSignature as cause:
        raise VerificationError(
            "the signature does not hold: manifest or signature was changed after signing",
            hint="get the bundle again from its signer",
            code=Code.SIGNATURE,
        ) from cause
    return Opened(envelope.payload, envelope.payload_type, trusted.identity)


def _public(raw: _RawPublic) -> PublicKey:
    kind = _ED25519
    if isinstance(raw, ec.EllipticCurvePublicKey):
        if raw.curve.name not in _CURVES:
            raise _another_kind()
        kind = _CURVES[raw.curve.name][0]
    der = raw.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    fingerprint = Digest(Algorithm.SHA256, hashlib.sha256(der).digest())
    return PublicKey(Key(fingerprint, kind), hashlib.sha256(_pem(raw)).hexdigest(), raw)


def _pem(raw: _RawPublic) -> bytes:
    return raw.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _require_block(pem: bytes, label: bytes, half: str) -> None:
    """Refuse all but one PEM block of the right kind, before any of it is decoded."""
    found = _BLOCK.fullmatch(pem) if len(pem) <= LARGEST_PEM else None
    if found is None:
        raise _no_key(f"this is no {half} key in PEM", f"give a PEM file with one {half} key")
    # "EC PRIVATE KEY" and "ENCRYPTED PRIVATE KEY" are private keys as well.
    if not found["label"].endswith(label):
        shown = found["label"].decode("ascii").lower()
        raise _no_key(f"this is a {shown}, not a {half} key", f"give the {half} key's file")


def _another_kind() -> UsageError:
    return _no_key(f"the key is no {_KINDS} key", "make one with: provenance key generate")


def _no_key(what: str, hint: str) -> UsageError:
    return UsageError(what, hint=hint, code=Code.KEY_FILE)
