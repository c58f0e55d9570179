import pytest
from hypothesis import given

from provenance.errors import TextError
from provenance.text.shape import Reader
from provenance.text.strict_json import JsonValue
from provenance.values.license import License, Likeness, Terms
from provenance.wire.license_json import encode_license, parse_license
from tests.wire.manifests import LICENSES

LIKE = License(Terms.UNKNOWN, nearest=Likeness("MIT", 0.9, ("a",), None))


@given(LICENSES)
def test_a_licence_comes_back_as_it_was(found: License) -> None:
    assert parse_license(Reader.of(encode_license(found))) == found


@pytest.mark.parametrize(
    ("key", "value"), [("similarity", 1.5), ("similarity", "x"), ("more", -1), ("added", [1])]
)
def test_a_likeness_that_cannot_be_is_refused(key: str, value: JsonValue) -> None:
    encoded = encode_license(LIKE)
    nearest = encoded["nearest"]
    assert isinstance(nearest, dict)

    with pytest.raises(TextError):
        parse_license(Reader.of({**encoded, "nearest": {**nearest, key: value}}))


def test_a_way_to_recognise_that_there_is_none_of_is_refused() -> None:
    with pytest.raises(TextError):
        parse_license(Reader.of({**encode_license(LIKE), "match": "guess"}))
