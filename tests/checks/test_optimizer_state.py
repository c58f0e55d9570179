import attrs
import pytest

from provenance.checks.ladder import reach
from provenance.checks.optimizer_state import OptimizerState
from provenance.values.component import Component
from provenance.values.facts import Facts
from provenance.values.inventory import FileEntry, Inventory
from provenance.values.rung import Reach, Rung
from tests.building import EMPTY, FACTS, claim, claimed, read, unseen

C = Component.OPTIMIZER_STATE


def holding(*entries: FileEntry, **other: object) -> Facts:
    return attrs.evolve(FACTS, inventory=Inventory(entries), **other)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        # 16 bytes for 8 parameters.
        (holding(read("optimizer.pt")), Reach(Rung.CONSISTENT, Rung.REPRODUCED)),
        (holding(read("c/zero_pp_rank_0_mp.pt")), Reach(Rung.CONSISTENT, Rung.REPRODUCED)),
        (holding(read("optimizer.pt"), weights=unseen()), Reach(Rung.BOUND, Rung.REPRODUCED)),
        (
            holding(attrs.evolve(read("optimizer.pt"), size=1)),
            Reach(Rung.BOUND, Rung.REPRODUCED),
        ),
        (
            holding(attrs.evolve(read("optimizer.pt"), size=0)),
            Reach(Rung.LOCATED, Rung.LOCATED),
        ),
        (
            holding(read("c/optimizer_0/__0_0.distcp")),
            Reach(Rung.CONSISTENT, Rung.REPRODUCED),
        ),
        (
            holding(read("iter_10/mp_rank_00/distrib_optim.pt")),
            Reach(Rung.CONSISTENT, Rung.REPRODUCED),
        ),
        (holding(read("c/__0_0.distcp")), Reach(Rung.ABSENT, Rung.REPRODUCED)),
        (holding(read("last.ckpt")), Reach(Rung.ABSENT, Rung.REPRODUCED)),
        (holding(claimed("optimizer.pt")), Reach(Rung.LOCATED, Rung.REPRODUCED)),
        (
            holding(read("optimizer.pt"), claims=(claim(C, denied=True),)),
            Reach(Rung.ABSENT, Rung.ABSENT),
        ),
        (EMPTY, Reach(Rung.ABSENT, Rung.ABSENT)),
    ],
)
def test_a_state_is_listed_and_never_loaded(facts: Facts, expected: Reach) -> None:
    assert reach(OptimizerState().judge(facts)) == expected
