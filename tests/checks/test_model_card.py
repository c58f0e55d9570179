import attrs
import pytest

from provenance.checks.ladder import reach
from provenance.checks.model_card import ModelCard
from provenance.values.artefact import Kind, StatedValue
from provenance.values.facts import Facts
from provenance.values.finding import Confirmed, Contradicted, Unknown
from provenance.values.look import Missing, Seen
from provenance.values.rung import Reach, Rung
from tests.building import CARD, EMPTY, FACTS, outcome_of, stated, unseen

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


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ((stated(Kind.WIDTH, "8"),), Confirmed),
        ((stated(Kind.WIDTH, "8"), stated(Kind.WIDTH, "16")), Confirmed),
        ((stated(Kind.WIDTH, "16"),), Contradicted),
        ((stated(Kind.WIDTH, "16"), stated(Kind.WIDTH, "32")), Unknown),
        ((stated(Kind.HEADS, "3"),), Unknown),
        ((stated(Kind.WIDTH, "8", "other.md"),), Unknown),
    ],
)
def test_the_dimensions_in_the_prose_are_held_against_the_configuration(
    values: tuple[StatedValue, ...], kind: type
) -> None:
    facts = attrs.evolve(FACTS, stated=values)

    assert isinstance(outcome_of(ModelCard(), facts, Rung.CONSISTENT), kind)


def test_without_a_configuration_the_card_is_compared_with_nothing() -> None:
    facts = attrs.evolve(FACTS, config=unseen())

    assert isinstance(outcome_of(ModelCard(), facts, Rung.CONSISTENT), Unknown)


def test_a_card_that_may_stand_elsewhere_is_unknown() -> None:
    facts = attrs.evolve(EMPTY, card=unseen())

    (only,) = ModelCard().judge(facts)

    assert isinstance(only.outcome, Unknown)
