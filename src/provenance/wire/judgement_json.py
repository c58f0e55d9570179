"""What frameworks and scores say, as JSON."""

from typing import assert_never

from provenance.errors import InvalidValueError
from provenance.text.shape import Reader
from provenance.values.assessment import (
    Assessment,
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
)
from provenance.values.component import COMPONENTS, Component
from provenance.values.label import Stage
from provenance.values.manifest import Scores, StageScore
from provenance.wire.evidence_json import encode_where, parse_because
from provenance.wire.scalars import (
    JsonObject,
    encode_digest,
    encode_interval,
    parse_digest,
    parse_interval,
    sensible,
)

_COMMON = ("answers", "framework", "rubric", "version")


def encode_assessment(assessment: Assessment) -> JsonObject:
    """Return what a framework says, and its answer to each of its questions."""
    said: JsonObject = {
        "framework": assessment.framework,
        "rubric": encode_digest(assessment.rubric),
        "version": assessment.version,
    }
    match assessment:
        case MofAssessment():
            return said | {
                "answers": [_encode_mof(one) for one in assessment.answers],
                "claimed": assessment.claimed,
                "evidenced": assessment.evidenced,
                "evidenced_at_most": assessment.evidenced_at_most,
                "gap": [one.id for one in assessment.gap],
            }
        case OsaidAssessment():
            return said | {
                "answers": [_encode_osaid(one) for one in assessment.answers],
                "outcome": assessment.outcome.value,
            }
        case OsaiAssessment():
            return said | {
                "answers": [_encode_osai(one) for one in assessment.answers],
                "score": encode_interval(assessment.score),
            }
        case _:
            assert_never(assessment)


def parse_assessment(reader: Reader) -> Assessment:
    """Read an assessment; the inverse of :func:`encode_assessment`.

    What follows from the answers (gap, outcome, score) has to be what follows.
    """
    framework = reader.text("framework")
    found: Assessment
    with sensible(reader, "answers"):
        match framework:
            case MofAssessment.framework:
                found = _parse_mof(reader)
            case OsaidAssessment.framework:
                found = _parse_osaid(reader)
            case OsaiAssessment.framework:
                found = _parse_osai(reader)
            case _:
                raise reader.wrong("framework", "there is no such framework")
    if encode_assessment(found) != reader.values:
        raise reader.wrong("answers", "what is said to follow from them does not")
    return found


def _encode_mof(answer: MofAnswer) -> JsonObject:
    return {
        "claimed": answer.claimed.value,
        "component": answer.component.id,
        "evidenced": answer.evidenced.value,
    }


def _parse_mof(reader: Reader) -> MofAssessment:
    reader.only_keys(*_COMMON, "claimed", "evidenced", "evidenced_at_most", "gap")
    return MofAssessment(
        version=reader.text("version"),
        rubric=parse_digest(reader, "rubric"),
        claimed=reader.integer("claimed"),
        evidenced=reader.integer("evidenced"),
        evidenced_at_most=reader.integer("evidenced_at_most"),
        answers=tuple(_parse_mof_answer(one) for one in reader.objects("answers")),
    )


def _parse_mof_answer(reader: Reader) -> MofAnswer:
    reader.only_keys("claimed", "component", "evidenced")
    return MofAnswer(
        component=parse_component(reader, "component"),
        claimed=reader.choice("claimed", Status),
        evidenced=reader.choice("evidenced", Status),
    )


def _encode_osaid(answer: OsaidAnswer) -> JsonObject:
    return {
        "because": [encode_where(one) for one in answer.because],
        "outcome": answer.outcome.value,
        "question": answer.question.value,
        "reason": answer.reason,
    }


def _parse_osaid(reader: Reader) -> OsaidAssessment:
    reader.only_keys(*_COMMON, "outcome")
    answers = tuple(_parse_osaid_answer(one) for one in reader.objects("answers"))
    return OsaidAssessment(reader.text("version"), parse_digest(reader, "rubric"), answers)


def _parse_osaid_answer(reader: Reader) -> OsaidAnswer:
    reader.only_keys("because", "outcome", "question", "reason")
    return OsaidAnswer(
        question=reader.choice("question", OsaidQuestion),
        outcome=reader.choice("outcome", OsaidOutcome),
        reason=reader.text("reason"),
        because=parse_because(reader),
    )


def _encode_osai(answer: OsaiAnswer) -> JsonObject:
    return {
        "because": [encode_where(one) for one in answer.because],
        "grade": answer.grade.value,
        "parameter": answer.parameter.value,
        "quote": answer.quote,
        "reason": answer.reason,
    }


def _parse_osai(reader: Reader) -> OsaiAssessment:
    reader.only_keys(*_COMMON, "score")
    answers = tuple(_parse_osai_answer(one) for one in reader.objects("answers"))
    return OsaiAssessment(reader.text("version"), parse_digest(reader, "rubric"), answers)


def _parse_osai_answer(reader: Reader) -> OsaiAnswer:
    reader.only_keys("because", "grade", "parameter", "quote", "reason")
    return OsaiAnswer(
        parameter=reader.choice("parameter", OsaiParameter),
        grade=reader.choice("grade", Grade),
        reason=reader.text("reason"),
        quote=reader.text("quote"),
        because=parse_because(reader),
    )


def parse_component(reader: Reader, key: str) -> Component:
    """Read the id of a component."""
    found = COMPONENTS.get(reader.text(key))
    if found is None:
        raise reader.wrong(key, "there is no such component")
    return found


def encode_scores(scores: Scores) -> JsonObject:
    """Return the score of every stage as an interval, and the digest of the rubric behind them.

    Raises:
        InvalidValueError: when the scores are not one for every stage, in the stages' order.
    """
    if [one.stage for one in scores.stages] != list(Stage):
        raise InvalidValueError(
            "the scores are not one for every stage, in their order", hint="score every stage"
        )
    return {
        "rubric": encode_digest(scores.rubric),
        "stages": {one.stage.value: encode_interval(one.score) for one in scores.stages},
    }


def parse_scores(reader: Reader) -> Scores:
    """Read the scores; the inverse of :func:`encode_scores`."""
    reader.only_keys("rubric", "stages")
    stages = reader.object("stages")
    stages.only_keys(*Stage)
    return Scores(
        parse_digest(reader, "rubric"),
        tuple(StageScore(stage, parse_interval(stages, stage.value)) for stage in Stage),
    )
