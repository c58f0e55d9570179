import attrs
import pytest

from provenance.checks.ladder import reach
from provenance.checks.training_code import TrainingCode
from provenance.values.address import Address
from provenance.values.component import Component
from provenance.values.facts import Facts, LinkedSource, Setting, SourceFacts
from provenance.values.finding import Confirmed, Contradicted, Finding, Unknown
from provenance.values.inventory import Inventory
from provenance.values.locator import Locator
from provenance.values.look import Look, Missing, Seen
from provenance.values.revision import Named
from provenance.values.rung import Reach, Rung
from tests.building import (
    CODE,
    CODE_CLAIM,
    EMPTY,
    FACTS,
    LOOP,
    SOURCE,
    WHERE,
    claim,
    read,
    unseen,
)


def linked(look: Look[SourceFacts], locator: Locator = SOURCE) -> Facts:
    return attrs.evolve(FACTS, sources=(LinkedSource(locator, (CODE_CLAIM,), look),))


def own(*, publisher_bound: bool = True, bound: bool = True) -> Facts:
    return attrs.evolve(
        EMPTY,
        loops=(LOOP,),
        settings=CODE.settings,
        publisher_bound=publisher_bound,
        inventory=Inventory((read("train.py", bound=bound),)),
    )


def consistency(facts: Facts) -> Finding:
    return next(f for f in TrainingCode().judge(facts) if f.rung is Rung.CONSISTENT)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (FACTS, Reach(Rung.CONSISTENT, Rung.REPRODUCED)),
        (
            linked(Seen(CODE), attrs.evolve(SOURCE, revision=Named("main"))),
            Reach(Rung.RETRIEVED, Rung.RETRIEVED),
        ),
        (linked(Seen(attrs.evolve(CODE, loops=()))), Reach(Rung.LOCATED, Rung.LOCATED)),
        (
            linked(Seen(attrs.evolve(CODE, loops=(), truncated=True))),
            Reach(Rung.LOCATED, Rung.REPRODUCED),
        ),
        (linked(unseen()), Reach(Rung.LOCATED, Rung.REPRODUCED)),
        (linked(Missing("a dead link")), Reach(Rung.LOCATED, Rung.LOCATED)),
        (own(), Reach(Rung.CONSISTENT, Rung.REPRODUCED)),
        (own(bound=False), Reach(Rung.RETRIEVED, Rung.REPRODUCED)),
        (own(publisher_bound=False), Reach(Rung.RETRIEVED, Rung.RETRIEVED)),
        (EMPTY, Reach(Rung.ABSENT, Rung.ABSENT)),
        (attrs.evolve(EMPTY, code_read=False), Reach(Rung.ABSENT, Rung.REPRODUCED)),
        (
            attrs.evolve(EMPTY, claims=(claim(Component.TRAINING_CODE),)),
            Reach(Rung.CLAIMED, Rung.CLAIMED),
        ),
        (
            attrs.evolve(FACTS, claims=(claim(Component.TRAINING_CODE, denied=True),)),
            Reach(Rung.ABSENT, Rung.ABSENT),
        ),
    ],
    ids=[
        "pinned",
        "branch",
        "no loop",
        "truncated",
        "unseen",
        "dead link",
        "own code",
        "own code unbound",
        "own code in a folder",
        "none",
        "own code unread",
        "claimed only",
        "denied",
    ],
)
def test_training_code_stands_where_its_loop_and_its_pin_carry_it(
    facts: Facts, expected: Reach
) -> None:
    assert reach(TrainingCode().judge(facts)) == expected


def test_the_repository_that_trains_is_judged_before_one_that_does_not() -> None:
    other = attrs.evolve(SOURCE, uri="https://example.org/aaa/decoy")
    gone = attrs.evolve(SOURCE, uri="https://example.org/aaa/gone")
    both = attrs.evolve(
        FACTS,
        sources=(
            LinkedSource(gone, (CODE_CLAIM,), Missing("gone")),
            LinkedSource(other, (CODE_CLAIM,), Seen(attrs.evolve(CODE, loops=()))),
            *FACTS.sources,
        ),
    )

    found = TrainingCode().judge(both)

    assert {finding.facet for finding in found} == {SOURCE.uri}


def test_a_decoy_of_another_size_is_contradicted() -> None:
    decoy = attrs.evolve(CODE, settings=(Setting("hidden_size", 9, WHERE),))

    assert isinstance(consistency(FACTS).outcome, Confirmed)
    assert isinstance(consistency(linked(Seen(decoy))).outcome, Contradicted)


def test_code_that_names_no_setting_of_the_configuration_is_not_called_consistent() -> None:
    silent = linked(Seen(attrs.evolve(CODE, settings=())))
    no_config = attrs.evolve(FACTS, config=unseen())

    assert isinstance(consistency(silent).outcome, Unknown)
    assert isinstance(consistency(no_config).outcome, Unknown)


def test_one_settings_file_that_agrees_is_enough_in_a_repository_of_many_models() -> None:
    def settings(uri: str, width: int) -> tuple[Setting, ...]:
        where = attrs.evolve(WHERE, address=Address.parse(uri))
        return (Setting("hidden_size", width, where), Setting("unheard_of", 1, where))

    many = attrs.evolve(CODE, settings=(*settings("large", 512), *settings("small", 8)))
    decoy = attrs.evolve(CODE, settings=(*settings("large", 512), *settings("huge", 1024)))

    assert isinstance(consistency(linked(Seen(many))).outcome, Confirmed)
    assert isinstance(consistency(linked(Seen(decoy))).outcome, Contradicted)
