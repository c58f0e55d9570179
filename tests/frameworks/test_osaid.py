import attrs
import pytest

from provenance.frameworks.osaid import RUBRIC, assess
from provenance.values.assessment import OsaidAnswer, OsaidOutcome, OsaidQuestion
from provenance.values.component import Component
from provenance.values.component_report import ComponentReport
from provenance.values.license import License, Terms
from provenance.values.rung import Rung
from tests.building import report, reports

C, Q, O = Component, OsaidQuestion, OsaidOutcome  # noqa: E741 - short names for tables


def answer(question: OsaidQuestion, **overrides: ComponentReport) -> OsaidAnswer:
    answers = assess(reports(Rung.RETRIEVED, **overrides)).answers
    return next(one for one in answers if one.question is question)


def test_what_a_machine_can_check_is_met_and_a_person_must_judge_the_rest() -> None:
    found = assess(reports(Rung.RETRIEVED))

    assert found.outcome is O.PERSON
    assert {one.outcome for one in found.answers[1:]} == {O.MEETS}
    assert "a person must judge" in found.answers[0].reason
    assert found.rubric == RUBRIC.digest


@pytest.mark.parametrize(
    ("changed", "outcome"),
    [
        (report(C.TRAINING_CODE), O.FAILS),
        (report(C.TRAINING_CODE, Rung.LOCATED, Rung.REPRODUCED), O.UNKNOWN),
        (report(C.TRAINING_CODE, Rung.ABSENT, Rung.REPRODUCED, Terms.NONE), O.UNKNOWN),
        (report(C.TRAINING_CODE, Rung.BOUND, Rung.BOUND, Terms.RESTRICTED), O.FAILS),
        (report(C.TRAINING_CODE, Rung.BOUND, Rung.BOUND, Terms.NONE), O.FAILS),
        (report(C.TRAINING_CODE, Rung.BOUND, Rung.BOUND, Terms.UNKNOWN), O.UNKNOWN),
        (report(C.TRAINING_CODE, Rung.LOCATED, Rung.LOCATED, Terms.UNKNOWN), O.FAILS),
    ],
)
def test_a_part_must_be_there_under_open_terms(
    changed: ComponentReport, outcome: OsaidOutcome
) -> None:
    assert answer(Q.TRAINING_CODE, training_code=changed).outcome is outcome


def test_a_part_of_several_components_stands_as_its_worst_and_settings_need_no_licence() -> None:
    hidden = report(C.HYPER_PARAMETERS)
    unlicensed = report(C.HYPER_PARAMETERS, Rung.BOUND, Rung.BOUND, Terms.NONE)

    assert answer(Q.TRAINING_CODE, hyper_parameters=hidden).outcome is O.FAILS
    assert answer(Q.TRAINING_CODE, hyper_parameters=unlicensed).outcome is O.MEETS


def test_data_information_is_a_card_or_the_data_and_never_met_by_a_machine() -> None:
    card, data = report(C.DATA_CARD), report(C.DATASETS)
    unsure = report(C.DATASETS, Rung.ABSENT, Rung.REPRODUCED)

    assert answer(Q.DATA_INFORMATION, data_card=card).outcome is O.PERSON
    assert answer(Q.DATA_INFORMATION, data_card=card, datasets=data).outcome is O.FAILS
    assert answer(Q.DATA_INFORMATION, data_card=card, datasets=unsure).outcome is O.UNKNOWN


@pytest.mark.parametrize("component", list(Component))
def test_what_could_not_be_looked_at_never_fails(component: Component) -> None:
    unknown = report(component, Rung.ABSENT, Rung.REPRODUCED)
    unknown = attrs.evolve(unknown, license=License(Terms.UNKNOWN))

    found = assess(reports(Rung.RETRIEVED, **{component.name.lower(): unknown}))

    assert found.outcome is not O.FAILS


@pytest.mark.parametrize(
    ("component", "question", "license_id", "outcome"),
    [
        (C.TRAINING_CODE, Q.TRAINING_CODE, "MIT", O.MEETS),
        # The FSF calls it free; the OSI did not approve it.
        (C.TRAINING_CODE, Q.TRAINING_CODE, "BSD-4-Clause", O.PERSON),
        (C.FINAL_PARAMETERS, Q.PARAMETERS, "CC-BY-4.0", O.PERSON),
        # For data; no one calls it a licence for code.
        (C.TRAINING_CODE, Q.TRAINING_CODE, "CDLA-Permissive-2.0", O.FAILS),
        (C.FINAL_PARAMETERS, Q.PARAMETERS, "CDLA-Permissive-2.0", O.PERSON),
    ],
)
def test_terms_must_be_those_that_the_definition_s_author_approved(
    component: Component, question: OsaidQuestion, license_id: str, outcome: OsaidOutcome
) -> None:
    under = attrs.evolve(
        report(component, Rung.BOUND), license=License(Terms.OPEN, None, license_id)
    )

    found = answer(question, **{component.name.lower(): under})

    assert found.outcome is outcome
    assert license_id in found.reason or outcome is O.MEETS
