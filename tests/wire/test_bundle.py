import base64
import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import Code, VerificationError
from provenance.text.canonical_json import Encodable, encode
from provenance.values.bundle import Bundle, Chain, Envelope, KeyHint, OtherMaterial
from provenance.wire.bundle import encode_bundle, parse_bundle, parse_bundles
from provenance.wire.in_toto import PAYLOAD_TYPE
from provenance.wire.material import MEDIA_TYPE
from provenance.wire.statement import encode_statement
from tests.building import MANIFEST

HINT = "ab" * 32
BUNDLE = Bundle(Envelope(PAYLOAD_TYPE, encode_statement(MANIFEST), b"signature"), KeyHint(HINT))
DATA = encode_bundle(BUNDLE)
FOREIGN = encode_bundle(
    Bundle(Envelope(PAYLOAD_TYPE, b'{"predicateType":"other"}', b"s"), KeyHint(HINT))
)


def changed(**change: Encodable) -> bytes:
    return encode({**json.loads(DATA), **change})


def material(**change: Encodable) -> bytes:
    return changed(verificationMaterial={"publicKey": {"hint": HINT}, **change})


def enveloped(**change: Encodable) -> bytes:
    return changed(dsseEnvelope={**json.loads(DATA)["dsseEnvelope"], **change})


@given(st.binary(), st.binary())
def test_a_bundle_comes_back(payload: bytes, signature: bytes) -> None:
    bundle = Bundle(Envelope(PAYLOAD_TYPE, payload, signature), KeyHint(HINT))

    assert parse_bundle(encode_bundle(bundle)) == bundle


@given(st.lists(st.binary(), min_size=1, max_size=10))
def test_certificates_come_back(certificates: list[bytes]) -> None:
    bundle = Bundle(BUNDLE.envelope, Chain(tuple(certificates)))

    assert parse_bundle(encode_bundle(bundle)) == bundle


def test_a_bundle_is_sigstore_s() -> None:
    assert json.loads(DATA) == {
        "dsseEnvelope": {
            "payload": base64.b64encode(encode_statement(MANIFEST)).decode(),
            "payloadType": "application/vnd.in-toto+json",
            "signatures": [{"keyid": "", "sig": "c2lnbmF0dXJl"}],
        },
        "mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json",
        "verificationMaterial": {"publicKey": {"hint": HINT}, "tlogEntries": []},
    }


@pytest.mark.parametrize(
    "data",
    [
        DATA,
        DATA + b"\n",
        material(),
        FOREIGN + b"\n" + DATA,
        DATA + b"\n" + FOREIGN + b"\n",
        b'{"a":1}\n[]\n{"dsseEnvelope":{"payload":"?"}}\n' + DATA,
    ],
    ids=["alone", "newline", "no log entries", "second line", "first line", "other lines"],
)
def test_the_one_bundle_of_a_recipe_is_found(data: bytes) -> None:
    assert parse_bundle(data) == BUNDLE


INVALID: dict[str, tuple[bytes, Code]] = {
    "empty": (b"", Code.BUNDLE_JSON),
    "not JSON": (b"signature", Code.BUNDLE_JSON),
    "cut off": (DATA[:-1], Code.BUNDLE_JSON),
    "byte order mark": (b"\xef\xbb\xbf" + DATA, Code.JSON_BOM),
    "UTF-16": (DATA.decode().encode("utf-16"), Code.JSON_ENCODING),
    "Latin-1": (DATA.replace(b"mediaType", b"m\xe9diaType"), Code.JSON_ENCODING),
    "trailing data": (DATA + b"{}", Code.JSON_TRAILING),
    "a key twice": (b'{"mediaType":"",' + DATA[1:], Code.JSON_DUP_KEY),
    "a key twice inside": (DATA.replace(b'"hint"', b'"hint":"","hint"'), Code.JSON_DUP_KEY),
    "not a number": (DATA.replace(b"[]", b"NaN"), Code.JSON_NONFINITE),
    "deep": (b"[" * 1000 + b"]" * 1000, Code.JSON_DEPTH),
    "many items": (b"[" + b"1," * 20_000 + b"1]", Code.RESOURCE),
    "two newlines": (DATA + b"\n\n", Code.JSON_NOT_CANONICAL),
    "space": (DATA.replace(b":", b": ", 1), Code.JSON_NOT_CANONICAL),
    "indented": (json.dumps(json.loads(DATA), indent=1).encode(), Code.JSON_NOT_CANONICAL),
    "escaped": (DATA.replace(b"publicKey", b"p\\u0075blicKey"), Code.JSON_NOT_CANONICAL),
    "array": (b"[]", Code.BUNDLE_SHAPE),
    "unknown field": (changed(extra=1), Code.BUNDLE_SHAPE),
    "no envelope": (
        encode({key: json.loads(DATA)[key] for key in ("mediaType", "verificationMaterial")}),
        Code.BUNDLE_SHAPE,
    ),
    "message signature": (changed(messageSignature={}), Code.BUNDLE_SHAPE),
    "media type": (changed(mediaType=MEDIA_TYPE.replace("0.3", "0.4")), Code.BUNDLE_MEDIA_TYPE),
    "no media type": (changed(mediaType=None), Code.BUNDLE_SHAPE),
    "no material": (changed(verificationMaterial=None), Code.BUNDLE_MATERIAL),
    "log entries": (material(tlogEntries=[{}]), Code.BUNDLE_MATERIAL),
    "log entries of no kind": (material(tlogEntries=None), Code.BUNDLE_MATERIAL),
    "certificate": (material(certificate={"rawBytes": ""}), Code.BUNDLE_MATERIAL),
    "timestamps": (material(timestampVerificationData={}), Code.BUNDLE_MATERIAL),
    "no key": (changed(verificationMaterial={"tlogEntries": []}), Code.BUNDLE_MATERIAL),
    "key bytes": (material(publicKey={"hint": HINT, "rawBytes": ""}), Code.BUNDLE_MATERIAL),
    "no hint": (material(publicKey={}), Code.BUNDLE_MATERIAL),
    "short hint": (material(publicKey={"hint": HINT[1:]}), Code.BUNDLE_MATERIAL),
    "uppercase hint": (material(publicKey={"hint": HINT.upper()}), Code.BUNDLE_MATERIAL),
    "base64": (enveloped(payload="e30"), Code.BUNDLE_BASE64),
    "base64 for addresses": (enveloped(payload="_-8="), Code.BUNDLE_BASE64),
    "base64 with spare bits": (enveloped(payload="e31="), Code.BUNDLE_BASE64),
    "no signature": (enveloped(signatures=[]), Code.SIGNATURE_COUNT),
    "two signatures": (
        enveloped(signatures=json.loads(DATA)["dsseEnvelope"]["signatures"] * 2),
        Code.SIGNATURE_COUNT,
    ),
    "two of a recipe": (DATA + b"\n" + DATA, Code.BUNDLE_SHAPE),
    "none of a recipe": (FOREIGN + b"\n" + FOREIGN, Code.BUNDLE_SHAPE),
    "an empty line": (DATA + b"\n\n" + FOREIGN, Code.BUNDLE_JSON),
    "a line that is not JSON": (DATA + b"\n{}\n{", Code.BUNDLE_JSON),
    "a first line that is not JSON": (b"x\n" + DATA, Code.BUNDLE_JSON),
    "a line with a key twice": (DATA + b'\n{"a":1,"a":1}', Code.JSON_DUP_KEY),
}


@pytest.mark.parametrize(("data", "code"), INVALID.values(), ids=INVALID)
def test_any_other_bytes_are_refused(data: bytes, code: Code) -> None:
    with pytest.raises(VerificationError) as caught:
        parse_bundle(data)

    assert caught.value.code is code
    assert caught.value.hint


def test_a_bundle_of_something_else_is_a_bundle_too_where_it_stands_alone() -> None:
    assert parse_bundle(FOREIGN).envelope.payload == b'{"predicateType":"other"}'


@pytest.mark.parametrize(
    "change",
    [
        lambda data, place: data[:place] + data[place + 1 :],
        lambda data, place: data[:place] + b" " + data[place:],
        lambda data, place: data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :],
    ],
    ids=["less", "more", "other"],
)
def test_no_byte_can_be_changed_unseen(change: Callable[[bytes, int], bytes]) -> None:
    for place in range(0, len(DATA), 7):
        found = change(DATA, place)
        try:
            bundle = parse_bundle(found)
        except VerificationError:
            continue
        # What is still a bundle says something else, which the signature is there to notice.
        assert bundle != BUNDLE, (place, found[place - 20 : place + 20])


def test_a_further_method_s_bundle_is_read_where_it_is_known_alone() -> None:
    bundle = Bundle(BUNDLE.envelope, OtherMaterial("moonlight", b"{}"))
    data = encode_bundle(bundle)

    assert parse_bundles(data, most=1, further=("moonlight",)) == (bundle,)
    with pytest.raises(VerificationError) as caught:
        parse_bundle(data)

    assert caught.value.code is Code.BUNDLE_MATERIAL
