import attrs
import pytest

from provenance.checks.ladder import reach
from provenance.checks.remote_code import RemoteCode
from provenance.values.component import Component
from provenance.values.facts import ConfigFacts, Facts
from provenance.values.finding import Inapplicable
from provenance.values.look import Look, Missing, Seen
from provenance.values.rung import Reach, Rung
from tests.building import CONFIG, EMPTY, artefact, own_with, unseen

NAMES = ("modeling_toy.A", "modeling_toy.B")
CALLS = Seen(attrs.evolve(CONFIG, remote_code=NAMES))
HELD = artefact(Component.REMOTE_CODE, "modeling_toy.py", *NAMES)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (own_with(HELD, config=CALLS), Reach(Rung.CONSISTENT, Rung.REPRODUCED)),
        (
            own_with(attrs.evolve(HELD, names=NAMES[:1]), config=CALLS),
            Reach(Rung.BOUND, Rung.REPRODUCED),
        ),
        (attrs.evolve(EMPTY, config=CALLS), Reach(Rung.ABSENT, Rung.ABSENT)),
    ],
)
def test_every_class_that_loading_would_run_is_looked_for(facts: Facts, expected: Reach) -> None:
    assert reach(RemoteCode().judge(facts)) == expected


@pytest.mark.parametrize(
    ("config", "unknown"), [(Missing("no config"), False), (unseen(), True), (Seen(CONFIG), False)]
)
def test_without_remote_code_nothing_applies_and_unread_is_unknown(
    config: Look[ConfigFacts], *, unknown: bool
) -> None:
    (found,) = RemoteCode().judge(attrs.evolve(EMPTY, config=config))

    assert reach([found]).unknown == unknown
    assert isinstance(found.outcome, Inapplicable) == isinstance(config, Seen)
