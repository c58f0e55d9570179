import attrs
import pytest

from provenance.checks.ladder import reach
from provenance.checks.mentioned import Mentioned
from provenance.values.component import Component
from provenance.values.facts import Facts
from provenance.values.rung import Reach, Rung
from tests.building import EMPTY, SOURCE, claim

PAPER = Component.RESEARCH_PAPER


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (EMPTY, Reach(Rung.ABSENT, Rung.REPRODUCED)),
        (attrs.evolve(EMPTY, claims=(claim(PAPER),)), Reach(Rung.CLAIMED, Rung.REPRODUCED)),
        (
            attrs.evolve(EMPTY, claims=(claim(PAPER, SOURCE),)),
            Reach(Rung.LOCATED, Rung.REPRODUCED),
        ),
        (attrs.evolve(EMPTY, claims=(claim(PAPER, denied=True),)), Reach(Rung.ABSENT, Rung.ABSENT)),
    ],
    ids=["silent", "named", "linked", "denied"],
)
def test_what_is_only_mentioned_rises_to_its_link_and_no_higher(
    facts: Facts, expected: Reach
) -> None:
    assert reach(Mentioned(PAPER).judge(facts)) == expected
