import attrs
import pytest

from provenance.checks.final_parameters import FinalParameters
from provenance.checks.ladder import reach
from provenance.values.facts import Facts
from provenance.values.inventory import Inventory
from provenance.values.look import Missing
from provenance.values.rung import Reach, Rung
from tests.building import EMPTY, FACTS, claimed, unseen

LOCAL = attrs.evolve(FACTS, publisher_bound=False)
UNREAD = attrs.evolve(FACTS, inventory=Inventory((claimed("model.safetensors"),)))
BROKEN = attrs.evolve(FACTS, weights=Missing("a shard is missing"))
UNSEEN = attrs.evolve(FACTS, weights=unseen())


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (FACTS, Reach(Rung.BOUND, Rung.REPRODUCED)),
        (LOCAL, Reach(Rung.RETRIEVED, Rung.RETRIEVED)),
        (UNREAD, Reach(Rung.LOCATED, Rung.REPRODUCED)),
        (UNSEEN, Reach(Rung.LOCATED, Rung.REPRODUCED)),
        (BROKEN, Reach(Rung.LOCATED, Rung.LOCATED)),
        (EMPTY, Reach(Rung.ABSENT, Rung.ABSENT)),
    ],
    ids=["whole", "local", "claimed digests", "unseen", "broken", "none"],
)
def test_weights_stand_where_the_evidence_carries_them(facts: Facts, expected: Reach) -> None:
    assert reach(FinalParameters().judge(facts)) == expected
