import attrs
import pytest

from provenance.errors import Code
from provenance.frameworks.license_hazards import license_hazards
from provenance.values.address import Address
from provenance.values.evidence import Where
from provenance.values.facts import LicenseText, Quote
from provenance.values.license import Likeness, Match
from provenance.values.look import Missing, Seen
from tests.building import AT, CARD, FACTS, SHA, WHERE

PLACE = Where(AT.file("LICENSE"), SHA)
LIKE_MIT = Likeness("MIT", 0.97, ("not for companies",))
HEADED = Likeness("Apache-2.0", 0.999, ("mit license",))


def details(claimed: str | None, text: LicenseText) -> list[str]:
    quote = Quote(claimed, WHERE) if claimed else None
    card = Seen(attrs.evolve(CARD, license=quote))
    found = license_hazards(attrs.evolve(FACTS, card=card, license=Seen(text)))
    assert {(one.code, one.path) for one in found} <= {(Code.LICENSE_CONFLICT, "LICENSE")}
    return [one.detail for one in found]


@pytest.mark.parametrize(
    ("claimed", "text"),
    [
        ("apache-2.0", LicenseText(PLACE, "Apache-2.0", Match.TEXT)),
        ("gpl-3.0", LicenseText(PLACE, "GPL-3.0-only", Match.TEXT, same=("GPL-3.0",))),
        ("llama3", LicenseText(PLACE, "LicenseRef-llama3", Match.CLAUSES)),
        ("other", LicenseText(PLACE, None)),
        ("bsd", LicenseText(PLACE, "BSD-3-Clause", Match.TEXT)),
        ("my own words", LicenseText(PLACE, None, nearest=LIKE_MIT)),
        (None, LicenseText(PLACE, "MIT", Match.TEXT)),
    ],
)
def test_metadata_that_fits_the_text_or_names_none_is_no_conflict(
    claimed: str | None, text: LicenseText
) -> None:
    assert details(claimed, text) == []


@pytest.mark.parametrize(
    ("claimed", "text", "words"),
    [
        ("mit", LicenseText(PLACE, "LicenseRef-llama3", Match.TEXT), "that of LicenseRef-llama3"),
        ("mit", LicenseText(PLACE, None, nearest=LIKE_MIT), "like MIT, and is not"),
        ("mit", LicenseText(PLACE, None), "none known"),
        (None, LicenseText(PLACE, None, nearest=HEADED, headline="mit license"), "stands above"),
    ],
)
def test_metadata_and_headlines_that_another_text_stands_under_are_told(
    claimed: str | None, text: LicenseText, words: str
) -> None:
    (detail,) = details(claimed, text)

    assert words in detail


def test_without_a_text_there_is_no_conflict() -> None:
    assert license_hazards(attrs.evolve(FACTS, license=Missing("none"))) == ()
    assert license_hazards(attrs.evolve(FACTS, card=Missing("none"))) == ()


def test_a_name_is_free_text_and_an_id_in_its_place_is_none() -> None:
    text = Seen(LicenseText(PLACE, "LicenseRef-llama3", Match.TEXT))
    named = attrs.evolve(CARD, license=Quote("other", WHERE))

    def of(name: str) -> int:
        card = Seen(attrs.evolve(named, license_name=Quote(name, WHERE)))
        return len(license_hazards(attrs.evolve(FACTS, card=card, license=text)))

    assert (of("The Llama 3 licence"), of("llama3"), of("mit")) == (0, 0, 1)


def test_an_id_and_a_name_that_are_two_licences_are_told() -> None:
    def of(name: str) -> list[tuple[str, str]]:
        card = attrs.evolve(CARD, license_name=Quote(name, WHERE))
        found = license_hazards(attrs.evolve(FACTS, card=Seen(card)))
        return [(one.path, one.detail) for one in found]

    assert of("apache-2.0") == of("Apache License") == of("other") == []
    assert of("llama3") == [("README.md", "the metadata says 'apache-2.0' and calls it 'llama3'")]


@pytest.mark.parametrize(
    ("address", "path"),
    [
        (AT.file("LICENSE"), "LICENSE"),
        (AT.file("weights/7B/LICENSE.txt"), "weights/7B/LICENSE.txt"),
        (AT.file("terms/LICENSE#1 (50%).md"), "terms/LICENSE#1 (50%).md"),
        (Address.page("https://a.org/LICENSE"), "http:https://a.org/LICENSE"),
    ],
)
def test_a_conflict_is_told_of_the_very_file_that_holds_the_text(
    address: Address, path: str
) -> None:
    text = LicenseText(Where(address, SHA), "LicenseRef-llama3", Match.TEXT)
    card = Seen(attrs.evolve(CARD, license=Quote("mit", WHERE)))

    (found,) = license_hazards(attrs.evolve(FACTS, card=card, license=Seen(text)))

    assert found.path == path
