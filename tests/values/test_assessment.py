import attrs
import pytest

from provenance.errors import InvalidValueError
from provenance.values.assessment import (
    Grade,
    MofAnswer,
    MofAssessment,
    OsaiAnswer,
    OsaiAssessment,
    OsaidAnswer,
    OsaidAssessment,
    OsaidOutcome,
    OsaidQuestion,
    OsaiParameter,
    Status,
    rank,
)
from provenance.values.component import Component
from provenance.values.interval import Interval
from tests.building import SHA

OSAID = OsaidAssessment(
    "1.0", SHA, tuple(OsaidAnswer(one, OsaidOutcome.MEETS, "") for one in OsaidQuestion)
)
OSAI = OsaiAssessment("1.0", SHA, tuple(OsaiAnswer(one, Grade.OPEN, "") for one in OsaiParameter))


@pytest.mark.parametrize("classes", [(4, 0, 0), (0, -1, 0), (0, 3, 0), (0, 1, 3)])
def test_a_class_that_cannot_be_is_refused(classes: tuple[int, int, int]) -> None:
    with pytest.raises(InvalidValueError):
        MofAssessment("1.0", SHA, *classes)


def test_a_lower_number_is_a_more_open_class_and_none_is_the_least() -> None:
    assert sorted((0, 1, 2, 3), key=rank) == [0, 3, 2, 1]


def test_the_gap_is_what_is_claimed_to_be_open_and_is_not_evidently_so() -> None:
    answers = tuple(
        MofAnswer(component, claimed, evidenced)
        for component, claimed, evidenced in (
            (Component.DATASETS, Status.OPEN, Status.OPEN),
            (Component.TRAINING_CODE, Status.OPEN, Status.UNKNOWN),
            (Component.DATA_CARD, Status.OPEN, Status.MISSING),
            (Component.MODEL_CARD, Status.INVALID, Status.INVALID),
        )
    )

    found = MofAssessment("1.0", SHA, 3, 0, 3, answers)

    assert found.gap == (Component.TRAINING_CODE, Component.DATA_CARD)


@pytest.mark.parametrize(
    ("outcomes", "whole"),
    [
        ((), OsaidOutcome.PERSON),
        ((OsaidOutcome.PERSON,), OsaidOutcome.PERSON),
        ((OsaidOutcome.PERSON, OsaidOutcome.UNKNOWN), OsaidOutcome.UNKNOWN),
        ((OsaidOutcome.UNKNOWN, OsaidOutcome.FAILS), OsaidOutcome.FAILS),
    ],
)
def test_the_definition_is_never_met_by_what_a_machine_says(
    outcomes: tuple[OsaidOutcome, ...], whole: OsaidOutcome
) -> None:
    first = tuple(
        attrs.evolve(one, outcome=outcome)
        for one, outcome in zip(OSAID.answers, outcomes, strict=False)
    )

    found = attrs.evolve(OSAID, answers=(*first, *OSAID.answers[len(first) :]))

    assert found.outcome is whole


def test_the_score_is_the_mean_and_the_unknown_widens_it() -> None:
    grades = (Grade.OPEN,) * 6 + (Grade.PARTIAL,) * 2 + (Grade.CLOSED,) * 3 + (Grade.UNKNOWN,)
    answers = tuple(
        attrs.evolve(one, grade=grade) for one, grade in zip(OSAI.answers, grades, strict=True)
    )

    assert attrs.evolve(OSAI, answers=answers).score == Interval(round(7 / 12, 4), round(8 / 12, 4))
    assert OSAI.score == Interval(1, 1)


def test_answers_that_are_not_one_for_each_question_are_refused() -> None:
    with pytest.raises(InvalidValueError):
        attrs.evolve(OSAID, answers=OSAID.answers[1:])
    with pytest.raises(InvalidValueError):
        attrs.evolve(OSAI, answers=OSAI.answers[::-1])
