"""The bundle of a recipe: its statement as Sigstore's bundle v0.3, signed by key or certificate.

https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_bundle.proto
"""

from collections.abc import Sequence

from provenance.errors import Code, TextError, VerificationError
from provenance.text.budget import Budget
from provenance.text.canonical_json import encode, parse_canonical
from provenance.text.shape import Reader
from provenance.text.strict_json import JsonValue, parse
from provenance.values.bundle import Bundle, Material
from provenance.wire.dsse import encode_envelope, parse_base64, parse_envelope
from provenance.wire.foreign_bundles import RECIPE, foreign
from provenance.wire.manifest_v1 import PREDICATE_TYPE
from provenance.wire.material import (
    MEDIA_TYPE,
    encode_material,
    parse_chain,
    parse_hint,
    parse_other,
    require_one,
)

# A third more than the largest statement, for its base64.
BUDGET = Budget(bytes=688 * 2**20, items=10_000)

# In canonical bytes, a text cannot hold this without escapes: only the key itself reads so.
_OURS = b'"predicateType":' + encode(PREDICATE_TYPE)


def encode_bundle(bundle: Bundle) -> bytes:
    """Return the canonical bytes of a bundle, without a newline."""
    return encode(
        {
            "dsseEnvelope": encode_envelope(bundle.envelope),
            "mediaType": MEDIA_TYPE,
            "verificationMaterial": encode_material(bundle.material),
        }
    )


def parse_bundle(data: bytes) -> Bundle:
    """Read the one bundle of a recipe in a file: see :func:`parse_bundles`."""
    return parse_bundles(data, most=1)[0]


def parse_bundles(data: bytes, *, most: int, further: Sequence[str] = ()) -> tuple[Bundle, ...]:
    """Read the bundles of a recipe in a file: one JSON text, or one on each line.

    Other bundles on other lines are left aside. A bundle itself has to be in canonical form (RFC
    8785), so that no byte of it can be changed unseen; so is a newline at the end of the file.

    Args:
        data: the file.
        most: how many bundles of a recipe there may be; more are refused, and so are none.
        further: the kinds of material that are read besides Sigstore's own.

    Raises:
        VerificationError: BUNDLE_JSON and the strict reader's own codes (JSON_DUP_KEY, JSON_BOM,
            JSON_ENCODING, JSON_TRAILING and others), JSON_NOT_CANONICAL, BUNDLE_SHAPE,
            BUNDLE_MEDIA_TYPE, BUNDLE_MATERIAL, BUNDLE_BASE64, SIGNATURE_COUNT, RESOURCE.
    """
    try:
        return tuple(_parse(one, further) for one in _chosen(data, most))
    except TextError as cause:
        code = Code.BUNDLE_JSON if cause.code is Code.JSON_SYNTAX else cause.code
        what, hint = cause.what, "give the bundle as it was written, byte for byte"
        if (found := foreign(data)) and found is not RECIPE:
            what, hint = f"it is {found.what} ({what})", found.hint
        raise VerificationError(f"the bundle is not one: {what}", hint=hint, code=code) from cause


def _chosen(data: bytes, most: int) -> tuple[bytes, ...]:
    """Return the bytes of the only bundle, or of those on all lines that are a recipe's."""
    body = data.removesuffix(b"\n")
    if b"\n" not in body:
        return (body,)
    try:
        parse(body, budget=BUDGET)
    except TextError as cause:
        if cause.code is not Code.JSON_TRAILING:
            raise
    else:
        return (body,)
    ours = tuple(line for line in body.split(b"\n") if _is_ours(parse(line, budget=BUDGET)))
    if not ours:
        found = foreign(data)
        raise VerificationError(
            "none of the bundles is of a recipe" + (f": it is {found.what}" if found else ""),
            hint=found.hint if found else "give the bundle that provenance sign wrote",
            code=Code.BUNDLE_SHAPE,
        )
    if len(ours) > most:
        alone = "; several are read where the policy requires several signers" if most == 1 else ""
        raise VerificationError(
            f"{len(ours)} bundles of a recipe are given, and at most {most} can be read",
            hint=f"give {most if most > 1 else 'the one to go by'}{alone}",
            code=Code.BUNDLE_SHAPE,
        )
    return ours


def _is_ours(value: JsonValue) -> bool:
    """Tell whether a bundle says that it is a recipe's; its payload is searched, not parsed."""
    try:
        envelope = Reader.of(value).object("dsseEnvelope")
        return _OURS in parse_base64(envelope, "payload")
    except TextError:
        return False


def _parse(data: bytes, further: Sequence[str]) -> Bundle:
    value = parse_canonical(data, budget=BUDGET)
    root = Reader.of(value, code=Code.BUNDLE_SHAPE)
    if root.text("mediaType") != MEDIA_TYPE:
        raise TextError(
            f"its media type is {root.text('mediaType')[:120]!a}",
            hint=f"give a bundle of type {MEDIA_TYPE}",
            code=Code.BUNDLE_MEDIA_TYPE,
        )
    root.only_keys("dsseEnvelope", "mediaType", "verificationMaterial")
    material = Reader.of(
        root.value("verificationMaterial"), "verificationMaterial", code=Code.BUNDLE_MATERIAL
    )
    return Bundle(parse_envelope(root.object("dsseEnvelope")), _parse_material(material, further))


def _parse_material(material: Reader, further: Sequence[str]) -> Material:
    """Read who is named; log entries are nothing this version can check."""
    material.only_keys("publicKey", "tlogEntries", "x509CertificateChain", *further)
    if material.has("tlogEntries") and material.array("tlogEntries"):
        raise material.wrong("tlogEntries", "this version cannot check log entries")
    kind = require_one(material, "publicKey", "x509CertificateChain", *further)
    if kind in further:
        return parse_other(material, kind)
    if kind == "publicKey":
        return parse_hint(material.object("publicKey"))
    return parse_chain(material.object("x509CertificateChain"))
