import attrs
import pytest

from provenance.frameworks.mof import assess, classify
from provenance.values.assessment import Status
from provenance.values.component import Component
from provenance.values.license import License, Terms
from provenance.values.rung import Rung
from tests.building import report, reports

C = Component


def opened(*classes: int) -> dict[Component, Status]:
    return {one: Status.OPEN for one in Component if one.required and one.mof_class in classes}


@pytest.mark.parametrize(
    ("classes", "mof_class"), [((), 0), ((3,), 3), ((3, 2), 2), ((3, 2, 1), 1), ((2, 1), 0)]
)
def test_a_class_needs_all_of_the_lower_ones(classes: tuple[int, ...], mof_class: int) -> None:
    assert classify(opened(*classes)).mof_class == mof_class


def test_progress_to_a_higher_class_is_nothing_until_the_lower_one_is_complete() -> None:
    five_of_six = opened(3, 2, 1) | {C.MODEL_CARD: Status.INVALID}

    assert classify(five_of_six).progress[2] == pytest.approx(100 * 5 / 6)
    assert classify(five_of_six).progress[:2] == (0.0, 0.0)
    assert classify(opened(3)).progress == (0.0, 60.0, 100.0)


def test_a_paper_stands_in_for_a_report_and_counts_once() -> None:
    no_report: dict[Component, Status] = {
        k: v for k, v in opened(3, 2, 1).items() if k is not C.TECHNICAL_REPORT
    }

    assert classify(no_report).mof_class == 1
    assert classify(no_report | {C.RESEARCH_PAPER: Status.INVALID}).mof_class == 0
    assert classify(no_report | {C.TECHNICAL_REPORT: Status.UNLICENSED}).mof_class == 1
    without_paper: dict[Component, Status] = {
        k: v for k, v in no_report.items() if k is not C.RESEARCH_PAPER
    }
    assert classify(without_paper).mof_class == 0


def test_what_is_only_claimed_counts_for_the_claim_and_not_for_the_evidence() -> None:
    assessment = assess(reports(Rung.LOCATED))

    assert (assessment.framework, assessment.claimed, assessment.evidenced) == ("mof", 1, 0)
    assert len(assessment.answers) == 17


def test_what_is_retrieved_under_a_recognised_open_text_counts_for_both() -> None:
    assessment = assess(reports(Rung.RETRIEVED))

    assert (assessment.claimed, assessment.evidenced) == (1, 1)


@pytest.mark.parametrize(
    ("licence", "claimed", "evidenced"),
    [
        (License(Terms.NONE), Status.UNLICENSED, Status.UNLICENSED),
        (License(Terms.UNKNOWN), Status.UNKNOWN, Status.UNKNOWN),
        (License(Terms.UNKNOWN, "mit"), Status.OPEN, Status.UNKNOWN),
        (License(Terms.RESTRICTED, "llama3", "Llama-3"), Status.INVALID, Status.INVALID),
        (License(Terms.OPEN, None, "MIT"), Status.OPEN, Status.OPEN),
    ],
)
def test_a_licence_counts_by_its_id_for_the_claim_and_by_its_text_for_the_evidence(
    licence: License, claimed: Status, evidenced: Status
) -> None:
    found = attrs.evolve(report(C.DATASETS, Rung.RETRIEVED), license=licence)

    answers = assess(reports(datasets=found)).answers

    answer = next(one for one in answers if one.component is C.DATASETS)
    assert (answer.claimed, answer.evidenced) == (claimed, evidenced)


def test_what_nobody_claims_is_missing() -> None:
    assert {one.claimed for one in assess(reports()).answers} == {Status.MISSING}


@pytest.mark.parametrize("component", [one for one in Component if one.mof_class])
def test_what_could_not_be_looked_at_is_unknown_and_the_class_may_still_be_reached(
    component: Component,
) -> None:
    unseen = report(component, Rung.ABSENT, Rung.REPRODUCED)
    unseen = attrs.evolve(unseen, license=License(Terms.UNKNOWN))

    found = assess(reports(Rung.RETRIEVED, **{component.name.lower(): unseen}))

    answer = next(one for one in found.answers if one.component is component)
    assert (answer.claimed, answer.evidenced) == (Status.UNKNOWN, Status.UNKNOWN)
    assert found.evidenced_at_most == 1
