import attrs
import pytest

from provenance.frameworks.next_steps import by_cost, next_steps
from provenance.values.component import Component
from provenance.values.component_report import ComponentReport
from provenance.values.composition import Composition, Part
from provenance.values.finding import (
    Absent,
    Confirmed,
    Contradicted,
    Finding,
    Inapplicable,
    Outcome,
    Unknown,
)
from provenance.values.license import License, Terms
from provenance.values.next_step import Cost, NextStep
from provenance.values.rung import Reach, Rung
from tests.building import report, reports

SEEDS, CODE, DATA = Component.SEEDS, Component.TRAINING_CODE, Component.DATASETS


def step(found: ComponentReport, **others: ComponentReport) -> NextStep | None:
    read = {"model_card": report(Component.MODEL_CARD, Rung.RETRIEVED)}
    made = reports(**{**read, found.component.name.lower(): found, **others})
    return next_steps(made)[found.component]


def stopped(component: Component, shown: Rung, outcome: Outcome | None = None) -> ComponentReport:
    rung = Rung(min(shown + 1, Rung.REPRODUCED))
    findings = [Finding("any", component, rung, outcome)] if outcome else []
    return report(component, shown, shown, Terms.OPEN, *findings)


@pytest.mark.parametrize(
    ("found", "rung", "cost", "words"),
    [
        (stopped(SEEDS, Rung.ABSENT, Absent("none")), 1, Cost.LINE, "name the seeds"),
        (stopped(SEEDS, Rung.ABSENT, Unknown("silent")), 1, Cost.LINE, "name the seeds"),
        (stopped(CODE, Rung.ABSENT, Absent("none")), 1, Cost.PUBLISH, "publish the code"),
        (stopped(CODE, Rung.CLAIMED, Absent("no link")), 2, Cost.LINE, "link it"),
        (stopped(CODE, Rung.LOCATED, Unknown("HTTP 429")), 3, Cost.LOOK, "look again: HTTP 429"),
        (stopped(CODE, Rung.LOCATED, Absent("a decoy")), 3, Cost.PUBLISH, ": a decoy"),
        (stopped(CODE, Rung.RETRIEVED, Absent("a branch")), 4, Cost.LINE, "name its commit"),
        (stopped(CODE, Rung.BOUND, Contradicted("8 != 9")), 5, Cost.WRITE, "agree: 8 != 9"),
        (stopped(CODE, Rung.BOUND), 5, Cost.RUN, "run the recipe again"),
        (stopped(CODE, Rung.CONSISTENT), 6, Cost.RUN, "run the recipe again"),
    ],
)
def test_the_step_fits_what_stops_the_climb(
    found: ComponentReport, rung: int, cost: Cost, words: str
) -> None:
    made = step(found)

    assert made is not None
    assert (made.component, made.rung, made.cost) == (found.component, rung, cost)
    assert words in made.action


def test_a_card_that_could_not_be_read_is_looked_at_again_first() -> None:
    unread = stopped(SEEDS, Rung.ABSENT, Unknown("offline"))

    made = step(unread, model_card=report(Component.MODEL_CARD, Rung.ABSENT, Rung.REPRODUCED))

    assert made == NextStep(SEEDS, Rung.CLAIMED, Cost.LOOK, "look again: offline")


def test_a_refusal_counts_before_an_unknown() -> None:
    both = stopped(CODE, Rung.RETRIEVED, Unknown("a timeout"))
    both = attrs.evolve(
        both, findings=(*both.findings, Finding("any", CODE, Rung.BOUND, Absent("a branch")))
    )

    made = step(both)

    assert made is not None
    assert "a branch" in made.action


@pytest.mark.parametrize(
    ("licence", "cost", "words"),
    [
        (License(Terms.UNKNOWN, "mit"), Cost.FILE, "add the text of mit"),
        (License(Terms.NONE), Cost.FILE, "choose a licence"),
        (License(Terms.RESTRICTED, "x", "Llama-3"), Cost.PUBLISH, "in place of Llama-3"),
    ],
)
def test_terms_that_are_not_open_are_a_step_of_their_own(
    licence: License, cost: Cost, words: str
) -> None:
    made = step(attrs.evolve(stopped(CODE, Rung.CONSISTENT), license=licence))

    assert made is not None
    assert (made.cost, made.rung) == (cost, Rung.CONSISTENT)
    assert words in made.action


def test_data_that_nobody_weighs_is_weighed_by_a_line() -> None:
    part = Part("org/data", Reach(Rung.CONSISTENT, Rung.CONSISTENT), 5)
    unweighed = attrs.evolve(stopped(DATA, Rung.CONSISTENT), composition=Composition((part,)))
    weighed = attrs.evolve(unweighed, composition=Composition((part,), 5))

    first, second = step(unweighed), step(weighed)

    assert first is not None
    assert "how many bytes" in first.action
    assert second is not None
    assert second.cost is Cost.RUN


def test_nothing_is_left_to_do_at_the_top_and_where_the_question_does_not_arise() -> None:
    assert step(stopped(CODE, Rung.REPRODUCED)) is None
    assert step(stopped(CODE, Rung.ABSENT, Inapplicable("there is none"))) is None


def test_steps_come_the_cheapest_first() -> None:
    made = reports()
    steps = next_steps(made)
    ordered = by_cost({one: attrs.evolve(each, next_step=steps[one]) for one, each in made.items()})

    assert len(ordered) == len(Component)
    assert [one.cost for one in ordered] == sorted(one.cost for one in ordered)


def test_every_component_that_nobody_offers_has_a_step() -> None:
    silent = {
        one.name.lower(): stopped(one, Rung.ABSENT, Absent("none"))
        for one in Component
        if one is not Component.MODEL_CARD
    }
    found = next_steps(
        reports(**silent, model_card=stopped(Component.MODEL_CARD, Rung.BOUND, Confirmed("x")))
    )

    assert {one for one, made in found.items() if made} == set(Component)
