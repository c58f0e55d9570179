import json
import re
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import Code, VerificationError
from provenance.values.bundle import (
    Bundle,
    Chain,
    EmbeddedKey,
    Envelope,
    KeyHint,
    Keyless,
    OtherMaterial,
)
from provenance.values.tolerance import Tolerance
from provenance.wire.in_toto import PAYLOAD_TYPE
from provenance.wire.oms_bundle import encode_model_bundle, parse_model_bundle
from tests.model_signatures import SIGNED, VECTORS, Step, edited, signed, statement
from tests.wire.test_oms_statement import SCHEMAS

BUNDLE_SCHEMA = jsonschema.Draft202012Validator(
    {"$ref": "https://model_signing/bundle/v1.0/schema"}, registry=SCHEMAS
)
GOOD = signed(statement())
HINT = KeyHint("ab" * 32)
MATERIALS = st.just(HINT) | st.lists(st.binary(), min_size=1, max_size=3).map(
    lambda found: Chain(tuple(found))
)


@given(st.binary(min_size=1), st.binary(min_size=1), MATERIALS)
def test_a_bundle_comes_back_and_fits_the_schema(
    payload: bytes, signature: bytes, material: KeyHint | Chain
) -> None:
    bundle = Bundle(Envelope(PAYLOAD_TYPE, payload, signature), material)

    data = encode_model_bundle(bundle)

    assert parse_model_bundle(data).bundle == bundle
    assert parse_model_bundle(data).tolerated == ()
    if material == HINT or b"" not in getattr(material, "certificates", ()):
        BUNDLE_SCHEMA.validate(json.loads(data))


def test_the_schema_would_refuse_another_bundle() -> None:
    assert not BUNDLE_SCHEMA.is_valid({**json.loads(GOOD), "extra": 1})


def changed(path: tuple[Step, ...], to: object) -> bytes:
    return json.dumps(edited(json.loads(GOOD), path, to), indent=2).encode()


MATERIAL = ("verificationMaterial",)
SIGNATURE = ("dsseEnvelope", "signatures", 0)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (changed((), json.loads(GOOD)), ()),
        (changed((*SIGNATURE, "keyid"), None), (Tolerance.KEYID_ABSENT,)),
        (GOOD.replace(b'"keyid":""', b'"keyid":null'), (Tolerance.KEYID_NULL,)),
        (changed((*MATERIAL, "tlogEntries"), None), (Tolerance.LOG_ABSENT,)),
        (changed((*MATERIAL, "timestampVerificationData"), {}), ()),
        (
            changed((*MATERIAL, "timestampVerificationData"), {"rfc3161Timestamps": []}),
            (Tolerance.TIMESTAMPS,),
        ),
        (
            changed((*MATERIAL, "publicKey"), {"rawBytes": "AA==", "keyDetails": "x"}),
            (Tolerance.KEY_EMBEDDED,),
        ),
        (changed((*MATERIAL, "publicKey"), {}), (Tolerance.HINT_ABSENT,)),
        (changed((*MATERIAL, "publicKey"), {"hint": ""}), (Tolerance.HINT_ABSENT,)),
        (changed((*MATERIAL, "publicKey"), {"keyDetails": "x"}), (Tolerance.HINT_ABSENT,)),
        (re.sub(rb'"hint":"[0-9a-f]{64}"', b'"hint":null', GOOD), (Tolerance.HINT_ABSENT,)),
    ],
)
def test_how_others_write_is_read_and_told(data: bytes, expected: tuple[Tolerance, ...]) -> None:
    assert parse_model_bundle(data).tolerated == expected


@pytest.mark.parametrize("path", sorted(SIGNED.glob("*/model.sig")), ids=lambda it: it.parent.name)
def test_every_era_is_read(path: Path) -> None:
    era, _, method = path.parent.name.partition("-")
    kinds = {
        "certificate": Chain,
        "elliptic-key": KeyHint if era == "v1.1.0" else EmbeddedKey,
        "sigstore": Keyless,
    }

    assert isinstance(parse_model_bundle(path.read_bytes()).bundle.material, kinds[method])


@pytest.mark.parametrize("path", sorted(VECTORS.glob("valid/*")), ids=lambda it: it.name)
def test_the_specification_s_good_vectors_are_read(path: Path) -> None:
    assert parse_model_bundle(path.read_bytes()).bundle.envelope.payload_type == PAYLOAD_TYPE
    BUNDLE_SCHEMA.validate(json.loads(path.read_bytes()))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("empty", Code.BUNDLE_JSON),
        ("missing-envelope", Code.BUNDLE_SHAPE),
        ("missing-tlog-entries", Code.BUNDLE_MATERIAL),
        ("missing-verification-material", Code.BUNDLE_SHAPE),
    ],
)
def test_the_specification_s_bad_vectors_are_refused(name: str, code: Code) -> None:
    with pytest.raises(VerificationError) as caught:
        parse_model_bundle((VECTORS / "invalid" / f"{name}.bundle.json").read_bytes())

    assert caught.value.code is code
    assert len(list((VECTORS / "invalid").iterdir())) == 4


@pytest.mark.parametrize("other", [b"{}", b"[1]", b'{"dsseEnvelope":{"payload":1}}'])
def test_what_else_a_file_holds_is_passed_over(other: bytes) -> None:
    assert parse_model_bundle(other + b"\n" + GOOD).bundle == parse_model_bundle(GOOD).bundle


def test_a_further_method_s_bundle_is_read_where_it_is_known_alone() -> None:
    bundle = Bundle(Envelope(PAYLOAD_TYPE, b"{}", b"s"), OtherMaterial("moonlight", b"{}"))
    data = encode_model_bundle(bundle)

    assert parse_model_bundle(data, further=("moonlight",)).bundle == bundle
    with pytest.raises(VerificationError) as caught:
        parse_model_bundle(data)

    assert caught.value.code is Code.BUNDLE_MATERIAL
