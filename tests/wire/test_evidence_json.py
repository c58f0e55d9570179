import pytest
from hypothesis import given

from provenance.errors import Code, TextError
from provenance.text.shape import Reader
from provenance.text.strict_json import JsonValue
from provenance.values.evidence import Evidence, Where
from provenance.wire.evidence_json import (
    encode_evidence,
    encode_where,
    parse_because,
    parse_evidence,
    parse_where,
)
from tests.building import MANIFEST, WHERE
from tests.wire.manifests import EVIDENCE, WHERES


def reader(value: JsonValue) -> Reader:
    return Reader.of(value, code=Code.MANIFEST_SHAPE)


@given(EVIDENCE)
def test_evidence_comes_back(evidence: Evidence) -> None:
    assert parse_evidence(reader(encode_evidence(evidence))) == evidence


@given(WHERES)
def test_a_place_comes_back(where: Where) -> None:
    assert parse_where(reader(encode_where(where))) == where
    assert parse_because(reader({"because": [encode_where(where)]})) == (where,)


def test_evidence_under_the_id_of_another_is_refused() -> None:
    encoded = {**encode_evidence(MANIFEST.evidence[0]), "id": "0" * 16}

    with pytest.raises(TextError, match="beginning of the digest") as caught:
        parse_evidence(reader(encoded))

    assert caught.value.code is Code.MANIFEST_SHAPE


def test_a_place_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(TextError) as caught:
        parse_where(reader({**encode_where(WHERE), "end": 1}))

    assert caught.value.code is Code.MANIFEST_SHAPE
