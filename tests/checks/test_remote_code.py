import attrs
import pytest

from provenance.checks.ladder import reach
from provenance.checks.remote_code import RemoteCode
from provenance.errors import Code
from provenance.values.component import Component
from provenance.values.facts import ConfigFacts, Facts
from provenance.values.finding import Inapplicable
from provenance.values.hazard import Limit
from provenance.values.inventory import Inventory
from provenance.values.loaded_code import CodeSearch, LoadedCode
from provenance.values.look import Look, Missing, Seen
from provenance.values.rung import Reach, Rung
from tests.building import CONFIG, EMPTY, artefact, own_with, unseen

NAMES = ("modeling_toy.A", "modeling_toy.B")
CALLS = CodeSearch(tuple(LoadedCode("config.json", name, "auto-map") for name in NAMES))
ELSEWHERE = CodeSearch((LoadedCode("config.json", "org/other--m.A", "auto-map"),))
HELD = artefact(Component.REMOTE_CODE, "modeling_toy.py", *NAMES)
UNREAD = CodeSearch(unread=(Limit(Code.CODE_UNSEEN, "vit/config.json", "it breaks off"),))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (own_with(HELD, loaded_code=CALLS), Reach(Rung.CONSISTENT, Rung.REPRODUCED)),
        (
            own_with(attrs.evolve(HELD, names=NAMES[:1]), loaded_code=CALLS),
            Reach(Rung.BOUND, Rung.REPRODUCED),
        ),
        (attrs.evolve(EMPTY, loaded_code=CALLS), Reach(Rung.ABSENT, Rung.ABSENT)),
        (attrs.evolve(EMPTY, loaded_code=ELSEWHERE), Reach(Rung.ABSENT, Rung.REPRODUCED)),
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


@pytest.mark.parametrize(
    "changed", [{"loaded_code": UNREAD}, {"inventory": Inventory((), complete=False)}]
)
def test_where_not_everything_was_looked_at_the_code_is_unknown(
    changed: dict[str, CodeSearch | Inventory],
) -> None:
    facts = attrs.evolve(EMPTY, config=Seen(CONFIG), **changed)  # type: ignore[arg-type]

    assert reach(RemoteCode().judge(facts)).unknown
