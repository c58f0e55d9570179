"""What frameworks and scores say, as JSON."""

from provenance.errors import InvalidValueError
from provenance.text.shape import Reader
from provenance.values.assessment import Answer, Assessment, Status
from provenance.values.component import COMPONENTS, Component
from provenance.values.label import Stage
from provenance.values.manifest import Scores, StageScore
from provenance.wire.scalars import (
    JsonObject,
    encode_digest,
    encode_interval,
    parse_digest,
    parse_interval,
    sensible,
)


def encode_assessment(assessment: Assessment) -> JsonObject:
    """Return a framework's classes, and its answer for each component that it asks about."""
    return {
        "answers": [
            {
                "claimed": answer.claimed.value,
                "component": answer.component.id,
                "evidenced": answer.evidenced.value,
            }
            for answer in assessment.answers
        ],
        "claimed": assessment.claimed,
        "evidenced": assessment.evidenced,
        "framework": assessment.framework,
        "version": assessment.version,
    }


def parse_assessment(reader: Reader) -> Assessment:
    """Read an assessment; the inverse of :func:`encode_assessment`."""
    reader.only_keys("answers", "claimed", "evidenced", "framework", "version")
    with sensible(reader, "claimed"):
        return Assessment(
            framework=reader.text("framework"),
            version=reader.text("version"),
            claimed=reader.integer("claimed"),
            evidenced=reader.integer("evidenced"),
            answers=tuple(_parse_answer(one) for one in reader.objects("answers")),
        )


def _parse_answer(reader: Reader) -> Answer:
    reader.only_keys("claimed", "component", "evidenced")
    return Answer(
        component=parse_component(reader, "component"),
        claimed=reader.choice("claimed", Status),
        evidenced=reader.choice("evidenced", Status),
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
