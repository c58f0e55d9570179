"""Verification material: how a Sigstore bundle says who signed it, by key or by certificates.

https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_bundle.proto
"""

import base64
import re
from typing import assert_never

from provenance.errors import Code, TextError, VerificationError
from provenance.text.canonical_json import encode
from provenance.text.shape import Reader
from provenance.text.strict_json import JsonValue, parse
from provenance.values.bundle import Chain, EmbeddedKey, KeyHint, Keyless, Material, OtherMaterial
from provenance.wire.dsse import parse_base64
from provenance.wire.scalars import JsonObject

MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json"
# A chain of more certificates than this leads nowhere that anybody means.
LONGEST_CHAIN = 10

_HINT = re.compile("[0-9a-f]{64}")


def encode_material(material: Material) -> JsonValue:
    """Return the material as a bundle has it.

    Raises:
        VerificationError: BUNDLE_MATERIAL for a key that is embedded or not named, as only older
            signers wrote it.
    """
    match material:
        case KeyHint(str(hint)):
            return {"publicKey": {"hint": hint}, "tlogEntries": []}
        case Chain(certificates):
            listed: list[JsonValue] = [{"rawBytes": _base64(one)} for one in certificates]
            return {"tlogEntries": [], "x509CertificateChain": {"certificates": listed}}
        case Keyless(bundle):
            return _material_of(bundle)
        case OtherMaterial(kind, says):
            return {kind: parse(says), "tlogEntries": []}
        case KeyHint() | EmbeddedKey():
            raise VerificationError(
                "bundles with the key inside, or without a hint, are read and not written",
                hint="name the key by its hint",
                code=Code.BUNDLE_MATERIAL,
            )
        case _:
            assert_never(material)


def parse_hint(key: Reader) -> KeyHint:
    """Read the object under ``publicKey``, which names a key by the SHA-256 of its PEM text."""
    key.only_keys("hint")
    hint = key.text("hint")
    if not _HINT.fullmatch(hint):
        raise key.wrong("hint", f"{hint[:80]!a} is not 64 lowercase hexadecimal digits")
    return KeyHint(hint)


def parse_chain(chain: Reader) -> Chain:
    """Read the object under ``x509CertificateChain``; what the certificates say is not looked at.

    Raises:
        TextError: the reader's code for no certificate, or more than ``LONGEST_CHAIN``.
    """
    chain.only_keys("certificates")
    listed = chain.objects("certificates")
    if not 1 <= len(listed) <= LONGEST_CHAIN:
        raise chain.wrong(
            "certificates", f"expected 1 to {LONGEST_CHAIN} certificates, found {len(listed)}"
        )
    for one in listed:
        one.only_keys("rawBytes")
    return Chain(tuple(parse_base64(one, "rawBytes") for one in listed))


def parse_other(material: Reader, kind: str) -> OtherMaterial:
    """Read the object of a further method of signing; what it says is the method's to read."""
    return OtherMaterial(kind, encode(dict(material.object(kind).values)))


def require_one(material: Reader, *kinds: str) -> str:
    """Return the only one of some keys that is there.

    Raises:
        TextError: the reader's code for none, and for several: whom would they name?
    """
    found = [kind for kind in kinds if material.has(kind)]
    if len(found) != 1:
        named = ", ".join(found) or "nobody"
        raise TextError(
            f"{material.where}: expected one of {', '.join(kinds)}; it names {named}",
            hint="give a bundle that names one signer",
            code=material.code,
        )
    return found[0]


def _material_of(bundle: bytes) -> JsonObject:
    found = Reader.of(parse(bundle), code=Code.BUNDLE_MATERIAL).object("verificationMaterial")
    return dict(found.values)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
