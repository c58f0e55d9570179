import attrs
import pytest

from provenance.checks.ladder import reach
from provenance.checks.model_card import ModelCard
from provenance.values.facts import Facts
from provenance.values.look import Missing, Seen
from provenance.values.rung import Reach, Rung
from tests.building import CARD, EMPTY, FACTS, unseen

TEMPLATE = attrs.evolve(CARD, sections=tuple(attrs.evolve(s, words=2) for s in CARD.sections))
UNREAD = attrs.evolve(TEMPLATE, complete=False)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (FACTS, Reach(Rung.BOUND, Rung.REPRODUCED)),
        (attrs.evolve(FACTS, card=Seen(TEMPLATE)), Reach(Rung.LOCATED, Rung.LOCATED)),
        (attrs.evolve(FACTS, card=Seen(UNREAD)), Reach(Rung.LOCATED, Rung.REPRODUCED)),
        (attrs.evolve(FACTS, card=unseen()), Reach(Rung.LOCATED, Rung.REPRODUCED)),
        (attrs.evolve(FACTS, card=Missing("no")), Reach(Rung.LOCATED, Rung.LOCATED)),
        (EMPTY, Reach(Rung.ABSENT, Rung.ABSENT)),
    ],
    ids=["whole", "template", "not read whole", "unseen", "broken", "none"],
)
def test_a_template_is_no_card(facts: Facts, expected: Reach) -> None:
    assert reach(ModelCard().judge(facts)) == expected
