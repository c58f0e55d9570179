"""Keys in PEM: EC P-256 by default, P-384, P-521 and Ed25519."""

import hashlib
import re
from enum import StrEnum, unique
from typing import TypeAlias, assert_never

import attrs
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from provenance.errors import Code, UsageError, VerificationError
from provenance.signers.foreign_keys import foreign_key
from provenance.signers.opening import other_method
from provenance.values.bundle import (
    Bundle,
    Chain,
    EmbeddedKey,
    Envelope,
    KeyHint,
    Keyless,
    OtherMaterial,
)
from provenance.values.digest import Algorithm, Digest
from provenance.values.identity import Identity, Key
from provenance.values.terms import Legacy
from provenance.values.verified import Opened
from provenance.wire.dsse import legacy_pae, pae

# No key of these kinds takes a tenth of it.
LARGEST_PEM = 64 * 2**10
# OpenSSL's own limit, with which a key is read and written.
LONGEST_PASSWORD = 1023

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
_ANY_BLOCK = re.compile(
    rb"-----BEGIN (?P<label>[A-Z ]{1,40})-----.{0,65536}?-----END (?P=label)-----", re.DOTALL
)


@unique
class KeyKind(StrEnum):
    """The kinds of keys that can be made; other ecosystems' verifiers all accept the first."""

    P256 = "p256"
    P384 = "p384"
    P521 = "p521"
    ED25519 = "ed25519"


@attrs.frozen(eq=False)
class PublicKey:
    """A public key, and who it says that it is."""

    identity: Key
    # What bundles name it by: the SHA-256 of its PEM text.
    hint: str
    _raw: _RawPublic = attrs.field(repr=False)

    @property
    def pem(self) -> bytes:
        """Return the key as PEM (SubjectPublicKeyInfo)."""
        return _pem(self._raw)


@attrs.frozen(eq=False)
class PrivateKey:
    """A private key; nothing of it but its public half is ever shown."""

    public: PublicKey
    _raw: _RawPrivate = attrs.field(repr=False)

    def seal(self, payload_type: str, payload: bytes) -> Bundle:
        """Return the payload in a signed envelope: see :class:`provenance.ports.signer.Signer`."""
        signature = sign(payload_type, payload, self)
        return Bundle(Envelope(payload_type, payload, signature), KeyHint(self.public.hint))


@attrs.frozen
class KeyTrust:
    """Trust in one public key: see :class:`provenance.ports.verifier.Verifier`."""

    key: PublicKey
    legacy: Legacy = Legacy.NONE

    def open(self, bundle: Bundle) -> Opened:
        """Return the bytes that the trusted key signed.

        Raises:
            VerificationError: BUNDLE_METHOD for a bundle that names no key; KEY_UNTRUSTED when it
                names another one; SIGNATURE; LEGACY.
        """
        match bundle.material:
            case KeyHint(hint):
                # Where it names no key, the signature says whether it is this one.
                if hint is not None:
                    self._require_hint(hint)
            case EmbeddedKey(pem):
                self._require_hint(_hint_of(pem))
            case Chain() | Keyless():
                raise other_method("a key", "a certificate")
            case OtherMaterial(kind):
                raise other_method("a key", kind)
            case _:
                assert_never(bundle.material)
        return opened(bundle.envelope, self.key, signer=self.key.identity, legacy=self.legacy)

    def _require_hint(self, hint: str) -> None:
        if hint != self.key.hint:
            raise VerificationError(
                f"the bundle names another key: {hint[:16]}…, not {self.key.hint[:16]}…",
                hint="give the signer's public key, or do not trust this bundle",
                code=Code.KEY_UNTRUSTED,
            )


def generate(kind: KeyKind = KeyKind.P256, *, password: bytes | None = None) -> tuple[bytes, bytes]:
    """Return a new key: the private PEM (PKCS #8) and the public PEM.

    With a password, the private one is encrypted under it.

    Raises:
        UsageError: KEY_FILE for an empty password: nobody would guess that it protects nothing;
            and for one that is longer than can be used.
    """
    _require_password(password)
    raw = _new(kind)
    encryption = BestAvailableEncryption(password) if password else NoEncryption()
    private = raw.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)
    return private, _pem(raw.public_key())


def load_explained_public(text: bytes) -> PublicKey:
    """Read the one public key in PEM of a file that may explain it, as some tools' files do.

    RFC 7468, section 2: what stands around a block is for people, and no part of it.

    Raises:
        UsageError: KEY_FILE, for no block, and for a second one.
    """
    return load_public(_explained(text, "public"))


def load_explained_private(text: bytes, *, password: bytes | None = None) -> PrivateKey:
    """Read the one private key of such a file; the name of its curve may stand before it.

    Raises:
        UsageError: KEY_FILE, as :func:`load_private`, and for a second key.
    """
    return load_private(_explained(text, "private"), password=password)


def _require_ours(data: bytes) -> None:
    """Refuse keys of other kinds by their names."""
    if found := foreign_key(data):
        raise _no_key(f"this is {found.what}", found.hint)


def _explained(text: bytes, half: str) -> bytes:
    _require_ours(text)
    found = _ANY_BLOCK.finditer(text) if len(text) <= LARGEST_PEM else ()
    # OpenSSL's writes the name of the curve as a block of its own, and again inside the key.
    blocks = [one[0] for one in found if one["label"] != b"EC PARAMETERS"]
    if len(blocks) != 1:
        raise _no_key(f"the file holds {len(blocks)} keys in PEM", f"give one {half} key")
    return blocks[0]


def is_encrypted(pem: bytes) -> bool:
    """Tell whether a private key in PEM says that it needs a password."""
    return b"-----BEGIN ENCRYPTED PRIVATE KEY-----" in pem or b"Proc-Type: 4,ENCRYPTED" in pem


def load_private(pem: bytes, *, password: bytes | None = None) -> PrivateKey:
    """Read a private key from PEM.

    Raises:
        UsageError: KEY_FILE, for anything else, and for a password that is missing, wrong or for a
            key without one.
    """
    _require_ours(pem)
    _require_block(pem, b"PRIVATE KEY", "private")
    if password is not None and not is_encrypted(pem):
        raise _no_key("the private key is not encrypted", "leave the password out")
    _require_password(password)
    try:
        raw = load_pem_private_key(pem, password)
    except TypeError as cause:
        raise _no_key("the private key is encrypted", "give its password") from cause
    except (ValueError, UnsupportedAlgorithm) as cause:
        if password:
            hint = "give the password that it was encrypted under, or a whole file"
            raise _no_key("the private key does not open with this password", hint) from cause
        hint = f"give a PEM file with an {_KINDS} key"
        raise _no_key("the private key cannot be read", hint) from cause
    if not isinstance(raw, ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey):
        raise _another_kind()
    return PrivateKey(_public(raw.public_key()), raw)


def load_public(pem: bytes) -> PublicKey:
    """Read a public key from PEM (SubjectPublicKeyInfo).

    Raises:
        UsageError: KEY_FILE, for anything else.
    """
    _require_ours(pem)
    _require_block(pem, b"PUBLIC KEY", "public")
    try:
        raw = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm) as cause:
        hint = f"give a PEM file with an {_KINDS} key"
        raise _no_key("the public key cannot be read", hint) from cause
    return public_key(raw)


def sign(payload_type: str, payload: bytes, key: PrivateKey) -> bytes:
    """Return the signature over the pre-authentication encoding: DER for curves, raw for Ed25519.

    The nonce follows from key and message (RFC 6979): equal input, equal bytes.
    """
    message = pae(payload_type, payload)
    raw = key._raw  # noqa: SLF001 - the private half leaves this module in no other way
    if isinstance(raw, ed25519.Ed25519PrivateKey):
        return raw.sign(message)
    return raw.sign(message, ec.ECDSA(_CURVES[raw.curve.name][1], deterministic_signing=True))


def opened(
    envelope: Envelope, key: PublicKey, *, signer: Identity, legacy: Legacy = Legacy.NONE
) -> Opened:
    """Return the bytes under a signature of a key that belongs to ``signer``.

    Raises:
        VerificationError: SIGNATURE when the signature does not cover exactly these bytes; LEGACY
            when it does so in a way that the caller did not allow.
    """
    payload_type, payload = envelope.payload_type, envelope.payload
    try:
        _require_signature(key, envelope.signature, pae(payload_type, payload))
    except InvalidSignature as cause:
        if legacy is Legacy.NONE or not _is_legacy(key, envelope):
            raise VerificationError(
                "the signature does not hold: payload or signature was changed after signing",
                hint="get the bundle again from its signer",
                code=Code.SIGNATURE,
            ) from cause
        if legacy is Legacy.REFUSED:
            raise VerificationError(
                "the signature is one over the encoding of model signing 0.2.0",
                hint="ask for a new signature, or accept the old one with --allow-legacy",
                code=Code.LEGACY,
            ) from cause
        return Opened(payload, payload_type, signer, legacy=True)
    return Opened(payload, payload_type, signer)


def _require_signature(key: PublicKey, signature: bytes, message: bytes) -> None:
    raw = key._raw  # noqa: SLF001 - as above
    if isinstance(raw, ed25519.Ed25519PublicKey):
        raw.verify(signature, message)
    else:
        raw.verify(signature, message, ec.ECDSA(_CURVES[raw.curve.name][1]))


def _is_legacy(key: PublicKey, envelope: Envelope) -> bool:
    """Tell whether a signature is one as model signing 0.2.0 made them: SHA-256 for any curve."""
    raw = key._raw  # noqa: SLF001 - as above
    if not isinstance(raw, ec.EllipticCurvePublicKey):
        return False
    message = legacy_pae(envelope.payload_type, envelope.payload)
    try:
        raw.verify(envelope.signature, message, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


def _new(kind: KeyKind) -> _RawPrivate:
    match kind:
        case KeyKind.P256:
            return ec.generate_private_key(ec.SECP256R1())
        case KeyKind.P384:
            return ec.generate_private_key(ec.SECP384R1())
        case KeyKind.P521:
            return ec.generate_private_key(ec.SECP521R1())
        case KeyKind.ED25519:
            return ed25519.Ed25519PrivateKey.generate()
        case _:
            assert_never(kind)


def _hint_of(pem: bytes) -> str:
    """Return the name of a key that came inside a bundle."""
    try:
        return load_public(pem).hint
    except UsageError as cause:
        raise VerificationError(
            f"the key inside the bundle is none: {cause.what}",
            hint="get the bundle again from its signer",
            code=Code.BUNDLE_MATERIAL,
        ) from cause


def public_key(raw: object) -> PublicKey:
    """Return a key of ``cryptography``'s as one of ours.

    Raises:
        UsageError: KEY_FILE, for any other kind than those this package knows.
    """
    if not isinstance(raw, ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey):
        raise _another_kind()
    return _public(raw)


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


def _require_password(password: bytes | None) -> None:
    if password is not None and not 1 <= len(password) <= LONGEST_PASSWORD:
        what = "is empty" if not password else f"has more than {LONGEST_PASSWORD} bytes"
        raise _no_key(f"the password {what}", "give another password, or none for a key without")


def _no_key(what: str, hint: str) -> UsageError:
    return UsageError(what, hint=hint, code=Code.KEY_FILE)
