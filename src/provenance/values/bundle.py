"""A bundle: an envelope around a payload, and what it takes to check the signature on it."""

import re
from typing import Final, TypeAlias

import attrs

from provenance.errors import InvalidValueError

# What stands in the material of every bundle of Sigstore's.
STANDARD_KINDS: Final = frozenset(
    {
        *("certificate", "publicKey", "x509CertificateChain"),
        *("timestampVerificationData", "tlogEntries"),
    }
)
_KIND = re.compile("[a-z][A-Za-z0-9]{0,63}")


@attrs.frozen
class Envelope:
    """A payload, its type, and one signature over both; nothing here says that it holds."""

    payload_type: str
    payload: bytes = attrs.field(repr=False)
    signature: bytes = attrs.field(repr=False)


@attrs.frozen
class KeyHint:
    """Which public key is said to have signed.

    ``hint`` is the SHA-256, in hexadecimal digits, of the PEM text of the key's
    SubjectPublicKeyInfo, its last newline included; ``None`` where an older signer named no key.
    """

    hint: str | None


@attrs.frozen
class EmbeddedKey:
    """The public key itself, as PEM, where bundles of older signers have no hint."""

    pem: bytes = attrs.field(repr=False)


@attrs.frozen
class Chain:
    """Certificates in DER: that of the signer first, then those that lead to a root."""

    certificates: tuple[bytes, ...] = attrs.field(repr=False)


@attrs.frozen
class Keyless:
    """A certificate of minutes and its log entry; ``bundle`` is the whole of it, as JSON."""

    bundle: bytes = attrs.field(repr=False)


def _of_its_own(_: object, __: object, kind: str) -> None:
    if kind in STANDARD_KINDS or not _KIND.fullmatch(kind):
        raise InvalidValueError(
            f"{kind[:80]!a} is no name of a further method's material",
            hint="name it in letters and digits, and otherwise than Sigstore's own",
        )


@attrs.frozen
class OtherMaterial:
    """What a further method of signing says of its signer, in an object of its own.

    Attributes:
        kind: the name that the object has in a bundle, as ``publicKey`` is one.
        says: the object, as canonical JSON; only the method's own file reads it.
    """

    kind: str = attrs.field(validator=_of_its_own)
    says: bytes = attrs.field(repr=False)


Material: TypeAlias = KeyHint | EmbeddedKey | Chain | Keyless | OtherMaterial


@attrs.frozen
class Bundle:
    """An envelope and what is said of its signer; nothing here says that any of it holds."""

    envelope: Envelope
    material: Material
