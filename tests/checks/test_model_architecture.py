import attrs
import pytest

from provenance.checks.ladder import reach
from provenance.checks.model_architecture import ModelArchitecture
from provenance.values.facts import ConfigFacts, Facts
from provenance.values.look import Missing, Seen
from provenance.values.rung import Reach, Rung
from tests.building import CONFIG, EMPTY, FACTS, WHERE, unseen

STUB = attrs.evolve(FACTS, config=Seen(ConfigFacts(WHERE)))
TYPED = attrs.evolve(FACTS, config=Seen(attrs.evolve(CONFIG, architectures=())))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (FACTS, Reach(Rung.BOUND, Rung.REPRODUCED)),
        (TYPED, Reach(Rung.BOUND, Rung.REPRODUCED)),
        (STUB, Reach(Rung.LOCATED, Rung.LOCATED)),
        (attrs.evolve(FACTS, config=unseen()), Reach(Rung.LOCATED, Rung.REPRODUCED)),
        (attrs.evolve(FACTS, config=Missing("no")), Reach(Rung.LOCATED, Rung.LOCATED)),
        (EMPTY, Reach(Rung.ABSENT, Rung.ABSENT)),
    ],
    ids=["whole", "type only", "stub", "unseen", "broken", "none"],
)
def test_an_architecture_is_named_and_dimensioned_or_it_is_not_there(
    facts: Facts, expected: Reach
) -> None:
    assert reach(ModelArchitecture().judge(facts)) == expected
