import pytest

from provenance.errors import InvalidValueError
from provenance.values.composition import Composition, Part
from provenance.values.rung import Reach, Rung

REACH = Reach(Rung.BOUND, Rung.BOUND)
PART = Part("org/data", REACH, 5)


@pytest.mark.parametrize(
    ("parts", "total"),
    [((), 1), ((PART,), 0), ((PART,), -1), ((Part("a", REACH, -1),), 1), ((PART, PART), 9)],
)
def test_a_whole_that_cannot_be_is_refused(parts: tuple[Part, ...], total: int) -> None:
    with pytest.raises(InvalidValueError):
        Composition(parts, total)


def test_a_total_and_masses_may_be_unknown() -> None:
    assert Composition((Part("a", REACH), PART)).total is None
