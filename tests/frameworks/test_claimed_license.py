import attrs
import pytest

from provenance.frameworks.claimed_license import claimed_license, said_of_license
from provenance.values.facts import CardFacts, Quote
from tests.building import WHERE


def card(**said: str) -> CardFacts:
    quotes = {
        key: Quote(text, attrs.evolve(WHERE, start=at, end=at + 1))
        for at, (key, text) in enumerate(said.items())
    }
    return CardFacts(
        WHERE,
        license=quotes.get("license"),
        licenses=quotes.get("licenses"),
        license_name=quotes.get("license_name"),
        license_link=quotes.get("license_link"),
    )


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"license": "mit"}, "mit"),
        ({"license": "other"}, "other"),
        ({"license": "other", "license_name": "toy-1.0"}, "toy-1.0"),
        ({"license": " Unknown ", "license_name": "toy-1.0"}, "toy-1.0"),
        ({"license": "mit", "license_name": "toy-1.0"}, "mit"),
        ({"license_name": "toy-1.0"}, "toy-1.0"),
        ({"license_link": "https://a.org/l"}, None),
        ({"licenses": "mit, apache-2.0"}, None),
        ({}, None),
    ],
)
def test_a_name_counts_where_the_id_is_none(said: dict[str, str], expected: str | None) -> None:
    found = card(**said)

    assert claimed_license(found) == expected
    assert len(said_of_license(found)) == len(said)
