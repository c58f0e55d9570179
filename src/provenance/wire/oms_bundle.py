"""The bundle of a model signature (OMS v1.0): strict, but for how older and other signers write.

https://github.com/ossf/model-signing-spec/blob/main/spec/v1.0.md
"""

import json
from collections.abc import Sequence

import attrs

from provenance.errors import Code, TextError, VerificationError
from provenance.text.budget import Budget
from provenance.text.canonical_json import encode
from provenance.text.shape import Reader
from provenance.text.strict_json import JsonValue, parse
from provenance.values.bundle import Bundle, EmbeddedKey, Envelope, KeyHint, Keyless, Material
from provenance.values.tolerance import Tolerance
from provenance.wire.dsse import encode_envelope, parse_base64
from provenance.wire.foreign_bundles import MODEL, foreign
from provenance.wire.in_toto import PAYLOAD_TYPE
from provenance.wire.material import (
    MEDIA_TYPE,
    encode_material,
    parse_chain,
    parse_hint,
    parse_other,
    require_one,
)
from provenance.wire.oms_statement import LEGACY_PREDICATE_TYPE, PREDICATE_TYPE

# A third more than the largest statement, for its base64.
BUDGET = Budget(bytes=688 * 2**20, depth=16, items=100_000)

_METHODS = ("publicKey", "x509CertificateChain", "certificate")
_MATERIAL = (*_METHODS, "tlogEntries", "timestampVerificationData")
# A text in JSON may escape any character, but signers of models write these as they are.
_MODEL = PREDICATE_TYPE.rpartition(".")[0].encode()
_LEGACY = LEGACY_PREDICATE_TYPE.encode()


@attrs.frozen
class ModelBundle:
    """A bundle, and in which ways it is written otherwise than today; nothing of it holds yet."""

    bundle: Bundle
    tolerated: tuple[Tolerance, ...] = ()


def encode_model_bundle(bundle: Bundle) -> bytes:
    """Return the canonical bytes of a bundle, without a newline."""
    return encode(
        {
            "dsseEnvelope": encode_envelope(bundle.envelope),
            "mediaType": MEDIA_TYPE,
            "verificationMaterial": encode_material(bundle.material),
        }
    )


def parse_model_bundle(data: bytes, *, further: Sequence[str] = ()) -> ModelBundle:
    """Read the one bundle of a model in a file: one JSON text, or one on each line.

    Args:
        data: the file.
        further: the kinds of material that are read besides Sigstore's own.

    Raises:
        VerificationError: BUNDLE_JSON and the strict reader's own codes, BUNDLE_SHAPE,
            BUNDLE_MEDIA_TYPE, BUNDLE_MATERIAL, BUNDLE_BASE64, SIGNATURE_COUNT, PAYLOAD_TYPE,
            RESOURCE.
    """
    try:
        return _parse(_chosen(data), further)
    except TextError as cause:
        code = Code.BUNDLE_JSON if cause.code is Code.JSON_SYNTAX else cause.code
        what, hint = cause.what, "give the bundle as its signer wrote it"
        if (found := foreign(data)) and found is not MODEL:
            what, hint = f"it is {found.what} ({what})", found.hint
        raise VerificationError(f"the bundle is not one: {what}", hint=hint, code=code) from cause


def _chosen(data: bytes) -> JsonValue:
    """Return the only value, or of several on lines the only one that is about a model."""
    try:
        return parse(data, budget=BUDGET)
    except TextError as cause:
        if cause.code is not Code.JSON_TRAILING or b"\n" not in data.strip():
            raise
    values = [parse(line, budget=BUDGET) for line in data.strip().split(b"\n")]
    found = [value for value in values if _is_of_model(value)]
    if len(found) != 1:
        raise TextError(
            f"{len(found)} of the file's bundles are of a model",
            hint="give a file with one",
            code=Code.BUNDLE_SHAPE,
        )
    return found[0]


def _is_of_model(value: JsonValue) -> bool:
    """Tell whether a bundle says that it is a model's; its payload is searched, not parsed."""
    try:
        payload = parse_base64(Reader.of(value).object("dsseEnvelope"), "payload")
    except TextError:
        return False
    return _MODEL in payload or _LEGACY in payload


def _parse(value: JsonValue, further: Sequence[str]) -> ModelBundle:
    root = Reader.of(value, code=Code.BUNDLE_SHAPE)
    if root.text("mediaType") != MEDIA_TYPE:
        raise TextError(
            f"its media type is {root.text('mediaType')[:120]!a}",
            hint=f"give a bundle of type {MEDIA_TYPE}",
            code=Code.BUNDLE_MEDIA_TYPE,
        )
    root.only_keys("dsseEnvelope", "mediaType", "verificationMaterial")
    envelope, noted = _parse_envelope(root.object("dsseEnvelope"))
    found = Reader.of(
        root.value("verificationMaterial"), "verificationMaterial", code=Code.BUNDLE_MATERIAL
    )
    material, more = _parse_material(found, value, further)
    return ModelBundle(Bundle(envelope, material), (*noted, *more))


def _parse_envelope(reader: Reader) -> tuple[Envelope, tuple[Tolerance, ...]]:
    reader.only_keys("payload", "payloadType", "signatures")
    signatures = reader.objects("signatures")
    if len(signatures) != 1:
        raise TextError(
            f"{reader.at('signatures')}: expected one, found {len(signatures)}",
            hint="give a bundle with one signature",
            code=Code.SIGNATURE_COUNT,
        )
    signature = signatures[0]
    signature.only_keys("keyid", "sig")
    payload_type = reader.text("payloadType")
    if payload_type != PAYLOAD_TYPE:
        raise TextError(
            f"the signed payload is {payload_type[:120]!a}, not {PAYLOAD_TYPE}",
            hint="give the signature of a model",
            code=Code.PAYLOAD_TYPE,
        )
    envelope = Envelope(
        payload_type, parse_base64(reader, "payload"), parse_base64(signature, "sig")
    )
    return envelope, _key_id(signature)


def _key_id(signature: Reader) -> tuple[Tolerance, ...]:
    if not signature.has("keyid"):
        return (Tolerance.KEYID_ABSENT,)
    if signature.value("keyid") is None:
        return (Tolerance.KEYID_NULL,)
    if signature.text("keyid"):
        raise signature.wrong("keyid", "the signer is named by the material, not here")
    return ()


def _parse_material(
    reader: Reader, whole: JsonValue, further: Sequence[str]
) -> tuple[Material, tuple[Tolerance, ...]]:
    method = require_one(reader, *_METHODS, *further)
    reader.only_keys(*_MATERIAL, *further)
    if method == "certificate":
        # Its certificate, log entry and time stamps are read by who can check them.
        if not (reader.has("tlogEntries") and len(reader.array("tlogEntries")) == 1):
            raise reader.wrong("tlogEntries", "expected one log entry")
        return Keyless(json.dumps(whole, ensure_ascii=True).encode()), ()
    noted: tuple[Tolerance, ...] = ()
    if not reader.has("tlogEntries"):
        noted = (Tolerance.LOG_ABSENT,)
    elif reader.array("tlogEntries"):
        raise reader.wrong("tlogEntries", "log entries say nothing about keys and certificates")
    times = reader.optional_object("timestampVerificationData")
    if times and times.values:
        noted = (*noted, Tolerance.TIMESTAMPS)
    if method in further:
        return parse_other(reader, method), noted
    if method == "x509CertificateChain":
        return parse_chain(reader.object(method)), noted
    key = reader.object(method)
    if key.has("rawBytes") and not key.has("hint"):
        key.only_keys("keyDetails", "rawBytes")
        return EmbeddedKey(parse_base64(key, "rawBytes")), (*noted, Tolerance.KEY_EMBEDDED)
    if key.values.get("hint") in {None, ""}:
        # Older signers, and whoever writes their bundles again: an empty field is left out.
        key.only_keys("hint", "keyDetails")
        return KeyHint(None), (*noted, Tolerance.HINT_ABSENT)
    return parse_hint(key), noted
