import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import Code, TextError
from provenance.text.shape import Reader
from provenance.text.strict_json import JsonValue
from provenance.values.bundle import Envelope
from provenance.wire.dsse import encode_envelope, pae, parse_base64, parse_envelope
from provenance.wire.scalars import JsonObject

ENVELOPE = encode_envelope(Envelope("text/plain", b"\xff\xef\xbe", b"s"))
SIGNATURE: JsonObject = {"keyid": "", "sig": "cw=="}


def reader(value: JsonValue) -> Reader:
    return Reader.of(value, code=Code.BUNDLE_SHAPE)


@given(st.text(st.characters(codec="utf-8")), st.binary(), st.binary())
def test_an_envelope_comes_back(payload_type: str, payload: bytes, signature: bytes) -> None:
    envelope = Envelope(payload_type, payload, signature)

    assert parse_envelope(reader(encode_envelope(envelope))) == envelope


def test_the_signed_bytes_are_those_of_the_specification_s_example() -> None:
    encoded = pae("http://example.com/HelloWorld", b"hello world")

    assert encoded == b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"


def test_the_lengths_are_counted_in_bytes() -> None:
    assert pae("ü", b"") == b"DSSEv1 2 \xc3\xbc 0 "


@given(st.text(st.characters(codec="utf-8")), st.binary(), st.binary(max_size=4))
def test_no_byte_can_move_between_type_and_payload(kind: str, payload: bytes, more: bytes) -> None:
    moved = kind + more.decode("latin-1")

    assert (pae(kind, more + payload) == pae(moved, payload)) is (more == b"")


@pytest.mark.parametrize("keyid", [{}, {"keyid": None}, {"keyid": ""}], ids=str)
def test_a_signature_needs_no_key_id(keyid: JsonObject) -> None:
    value: JsonObject = {**ENVELOPE, "signatures": [{**keyid, "sig": "cw=="}]}

    assert parse_envelope(reader(value)).signature == b"s"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"extra": 1}, Code.BUNDLE_SHAPE),
        ({"payloadType": None}, Code.BUNDLE_SHAPE),
        ({"signatures": {}}, Code.BUNDLE_SHAPE),
        ({"signatures": []}, Code.SIGNATURE_COUNT),
        ({"signatures": [SIGNATURE, SIGNATURE]}, Code.SIGNATURE_COUNT),
        ({"signatures": [{**SIGNATURE, "cert": ""}]}, Code.BUNDLE_SHAPE),
        ({"signatures": [{**SIGNATURE, "keyid": "a"}]}, Code.BUNDLE_SHAPE),
        ({"signatures": [{"keyid": ""}]}, Code.BUNDLE_SHAPE),
        ({"signatures": [{"keyid": "", "sig": "cw"}]}, Code.BUNDLE_BASE64),
        ({"payload": "a"}, Code.BUNDLE_BASE64),
    ],
    ids=str,
)
def test_another_envelope_is_refused(change: JsonObject, code: Code) -> None:
    with pytest.raises(TextError) as caught:
        parse_envelope(reader({**ENVELOPE, **change}))

    assert caught.value.code is code


@pytest.mark.parametrize(
    "text",
    [
        "cw",
        "cw=",
        "cw===",
        "cw==cw==",
        "cx==",
        " cw==",
        "cw==\n",
        "c\nw==",
        "c-__",
        "ü===",
        "====",
    ],
    ids=ascii,
)
def test_another_way_to_write_bytes_is_refused(text: str) -> None:
    with pytest.raises(TextError) as caught:
        parse_base64(reader({"a": text}), "a")

    assert caught.value.code is Code.BUNDLE_BASE64


def test_an_envelope_s_payload_is_not_shown() -> None:
    assert "secret" not in repr(Envelope("a", b"secret", b"secret"))
