import pytest

from provenance.errors import Code, TextError
from provenance.text.shape import Reader
from provenance.values.hazard import Hazard, Limit
from provenance.wire.hazards_json import encode_hazard, encode_limit, parse_hazard, parse_limit

HAZARD = Hazard(Code.PICKLE, "a.bin", "can run code")
LIMIT = Limit(Code.NETWORK, "https://example.org", "no answer")


def test_a_hazard_comes_back() -> None:
    assert parse_hazard(Reader.of(encode_hazard(HAZARD))) == HAZARD


def test_a_limit_comes_back() -> None:
    assert parse_limit(Reader.of(encode_limit(LIMIT))) == LIMIT


@pytest.mark.parametrize("parse", [parse_hazard, parse_limit])
def test_a_code_that_nobody_knows_is_refused(parse: object) -> None:
    reader = Reader.of({**encode_hazard(HAZARD), **encode_limit(LIMIT), "code": "BORED"})

    with pytest.raises(TextError):
        parse(reader)  # type: ignore[operator]
