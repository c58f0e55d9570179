import attrs
import pytest

from provenance.checks.hyper_parameters import KINDS, LEAST, HyperParameters
from provenance.checks.ladder import reach
from provenance.values.inventory import Inventory
from provenance.values.rung import Rung
from tests.building import EMPTY, read, stated


@pytest.mark.parametrize(("count", "expected"), [(LEAST, Rung.BOUND), (LEAST - 1, Rung.ABSENT)])
def test_five_kinds_in_one_file_are_hyper_parameters(count: int, expected: Rung) -> None:
    values = tuple(stated(kind, "1", "config.toml") for kind in KINDS[:count])
    facts = attrs.evolve(EMPTY, stated=values, inventory=Inventory((read("config.toml"),)))

    assert reach(HyperParameters().judge(facts)).shown is expected
