import attrs
import pytest

from provenance.recipe.licenses.license_link import elsewhere, license_file, named_license, own_path
from provenance.values.address import Address
from provenance.values.facts import CardFacts, Quote
from provenance.values.locator import Locator, LocatorKind
from provenance.values.look import Look, Missing, Seen
from tests.building import WHERE

OWN = f"hf:org/name@{'c' * 40}"
HOME = Address.parse(OWN)


def linking(link: str) -> Look[CardFacts]:
    return Seen(attrs.evolve(CardFacts(WHERE), license_link=Quote(link, WHERE)))


@pytest.mark.parametrize(
    ("link", "repository", "expected"),
    [
        ("LICENSE", OWN, "LICENSE"),
        ("./LICENSE.md", OWN, "LICENSE.md"),
        ("/LICENSE", OWN, "LICENSE"),
        ("legal/LICENSE%20MODEL.txt?a=b#c", OWN, "legal/LICENSE MODEL.txt"),
        ("../LICENSE", OWN, "../LICENSE"),
        ("https://huggingface.co/org/name/blob/main/LICENSE", OWN, "LICENSE"),
        ("https://hf.co/Org/Name/resolve/main/a/LICENSE?download=true", OWN, "a/LICENSE"),
        (
            "https://huggingface.co/datasets/org/name/raw/main/LICENSE",
            "hf:datasets/org/name@" + "c" * 40,
            "LICENSE",
        ),
        ("https://huggingface.co/org/other/blob/main/LICENSE", OWN, None),
        ("https://huggingface.co/org/name/blob/main/LICENSE", "local:name", None),
        ("https://a.org/LICENSE", OWN, None),
        ("//a.org/LICENSE", OWN, None),
        ("mailto:a@b.c", OWN, None),
        ("README.md#license", OWN, None),
        ("#license", OWN, None),
        ("", OWN, None),
    ],
)
def test_a_link_names_a_file_of_its_own_repository_or_none(
    link: str, repository: str, expected: str | None
) -> None:
    assert own_path(link, Address.parse(repository)) == expected


def test_a_link_elsewhere_leads_to_an_address_or_nowhere() -> None:
    page = Locator(LocatorKind.HTTP, "https://a.org/terms")

    assert elsewhere("https://a.org/terms", HOME) == page
    assert elsewhere("https://127.0.0.1/terms", HOME) is None
    assert elsewhere("README.md", HOME) is None
    assert elsewhere("LICENSE", HOME) is None


def test_the_file_that_the_card_names_is_the_licence_where_it_is_listed() -> None:
    paths = {"LICENSE", "TERMS.txt"}

    assert license_file(linking("TERMS.txt"), paths, HOME) == "TERMS.txt"
    assert named_license(linking("GONE.txt"), paths, HOME) is None
    assert license_file(linking("GONE.txt"), paths, HOME) == "LICENSE"
    assert license_file(linking("https://a.org/l"), paths, HOME) == "LICENSE"
    assert license_file(Missing("no card"), paths, HOME, of_model=True) == "LICENSE"
    assert license_file(Seen(CardFacts(WHERE)), set(), HOME) is None
