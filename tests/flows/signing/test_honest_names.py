import attrs
import pytest

from provenance.errors import Code, VerificationError
from provenance.flows.signing.honest_names import require_honest_names
from provenance.values.hazard import Hazard
from provenance.values.inventory import Inventory
from provenance.values.manifest import Manifest
from tests.building import MANIFEST, read


def listing(*paths: str, hazards: tuple[Hazard, ...] = ()) -> Manifest:
    return attrs.evolve(MANIFEST, inventory=Inventory(tuple(map(read, paths))), hazards=hazards)


@pytest.mark.parametrize(
    ("paths", "code", "path"),
    [
        (("README.md", "readme.md"), Code.NAME_CASEFOLD, "readme.md"),
        (("A/x", "a/y"), Code.NAME_CASEFOLD, "a"),
        (("stra\u00dfe", "strasse"), Code.NAME_CASEFOLD, "stra\u00dfe"),
        (("a\\b",), Code.NAME_PORTABLE, "a\\b"),
    ],
)
def test_names_that_are_others_elsewhere_have_to_be_told_of(
    paths: tuple[str, ...], code: Code, path: str
) -> None:
    with pytest.raises(VerificationError) as caught:
        require_honest_names(listing(*paths))

    assert caught.value.code is code
    require_honest_names(listing(*paths, hazards=(Hazard(code, path, "told"),)))


@pytest.mark.parametrize("path", ["a", "aux", "a:b", "r\u0435adme", "a\u202eb"])
def test_other_oddities_are_a_matter_of_the_report(path: str) -> None:
    require_honest_names(listing(path))
