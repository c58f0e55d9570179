import attrs

from provenance.cli.assessment_report import assessments, gap, steps
from provenance.frameworks import mof, osai, osaid
from provenance.frameworks.next_steps import next_steps
from provenance.values.component import Component
from provenance.values.component_report import ComponentReport
from provenance.values.manifest import Manifest
from provenance.values.rung import Rung
from tests.building import FACTS, MANIFEST, report, reports


def judged(made: dict[Component, ComponentReport]) -> Manifest:
    todo = next_steps(made)
    components = tuple(attrs.evolve(one, next_step=todo[name]) for name, one in made.items())
    frameworks = (mof.assess(made), osaid.assess(made), osai.assess(made, FACTS))
    return attrs.evolve(MANIFEST, components=components, assessments=frameworks)


def test_the_gap_names_what_is_claimed_and_not_evident() -> None:
    shut = report(Component.TRAINING_CODE, Rung.CLAIMED, Rung.CLAIMED)

    said = gap(judged(reports(Rung.RETRIEVED, training_code=shut))).plain

    assert "openwashing gap: MOF claimed class I, evidenced class III" in said
    assert said.endswith("not evidently so: training-code")


def test_a_class_that_may_be_is_told_beside_the_one_that_is_evident() -> None:
    unsure = report(Component.TRAINING_CODE, Rung.CLAIMED, Rung.REPRODUCED)

    assert (
        "evidenced class III (at most class I)"
        in gap(judged(reports(Rung.RETRIEVED, training_code=unsure))).plain
    )


def test_no_gap_is_said_to_be_none() -> None:
    assert (
        "no openwashing gap: MOF claimed class I, evidenced class I"
        in gap(judged(reports(Rung.RETRIEVED))).plain
    )


def test_each_framework_has_a_line() -> None:
    said = assessments(judged(reports(Rung.RETRIEVED))).plain

    assert "mof 1.0: claimed class I, evidenced class I" in said
    assert "osaid 1.0: person-must-judge" in said
    assert "osai 1.0: 0." in said
    assert "scores: artefact 0.50-1.00" in said
    assert "osaid 1.0: fails: data-information, " in assessments(judged(reports())).plain


def test_steps_are_told_the_cheapest_first() -> None:
    read = report(Component.MODEL_CARD, Rung.RETRIEVED)
    said = steps(judged(reports(model_card=read)))

    assert said[0].startswith("[a line] evaluation-results: ")
    assert said[-1].startswith("[a run] contamination-report: ")
