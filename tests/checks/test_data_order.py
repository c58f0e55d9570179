import attrs

from provenance.checks.data_order import DataOrder
from provenance.checks.ladder import reach
from provenance.values.artefact import Kind
from provenance.values.inventory import Inventory
from provenance.values.rung import Reach, Rung
from tests.building import EMPTY, read, stated

FACTS = attrs.evolve(EMPTY, inventory=Inventory((read("a.json"), read("b.json"))))
ONE = stated(Kind.DATA_ORDER, "order.npy", "a.json")


def test_one_file_states_it_and_a_second_one_makes_it_consistent() -> None:
    alone = attrs.evolve(FACTS, stated=(ONE,))
    twice = attrs.evolve(FACTS, stated=(ONE, stated(Kind.DATA_ORDER, "order.npy", "b.json")))

    assert reach(DataOrder().judge(alone)) == Reach(Rung.BOUND, Rung.REPRODUCED)
    assert reach(DataOrder().judge(twice)).shown is Rung.CONSISTENT


def test_where_nothing_states_it_it_is_absent() -> None:
    assert reach(DataOrder().judge(FACTS)) == Reach(Rung.ABSENT, Rung.ABSENT)
