"""A bundle: an envelope around a payload, and what it takes to check the signature on it."""

from typing import TypeAlias

import attrs


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


Material: TypeAlias = KeyHint | EmbeddedKey | Chain | Keyless


@attrs.frozen
class Bundle:
    """An envelope and what is said of its signer; nothing here says that any of it holds."""

    envelope: Envelope
    material: Material
