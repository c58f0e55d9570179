import pytest
from hypothesis import given

from provenance.errors import Code, TextError
from provenance.text.shape import Reader
from provenance.values.rung import Reach, Rung
from provenance.wire.reach_json import encode_reach, parse_reach
from provenance.wire.scalars import JsonObject
from tests.wire.manifests import REACHES


@given(REACHES)
def test_a_reach_comes_back(reach: Reach) -> None:
    assert parse_reach(Reader.of(encode_reach(reach))) == reach


def test_unknown_and_absent_are_written_as_two_things() -> None:
    assert encode_reach(Reach(Rung.ABSENT, Rung.ABSENT)) == {"rung": 0, "rung_at_most": 0}
    assert encode_reach(Reach(Rung.ABSENT, Rung.BOUND)) == {"rung": "unknown", "rung_at_most": 4}


@pytest.mark.parametrize(
    "encoded", [{"rung": 4, "rung_at_most": 3}, {"rung": "unknown", "rung_at_most": 0}], ids=str
)
def test_a_reach_that_cannot_be_is_refused(encoded: JsonObject) -> None:
    with pytest.raises(TextError) as caught:
        parse_reach(Reader.of(encoded, code=Code.MANIFEST_SHAPE))

    assert caught.value.code is Code.MANIFEST_SHAPE
