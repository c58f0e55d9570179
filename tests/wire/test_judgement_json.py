import attrs
import pytest
from hypothesis import given

from provenance.errors import Code, InvalidValueError, TextError
from provenance.text.shape import Reader
from provenance.text.strict_json import JsonValue
from provenance.values.assessment import Assessment, MofAnswer, MofAssessment, Status
from provenance.values.component import Component
from provenance.values.manifest import Scores
from provenance.wire.judgement_json import (
    encode_assessment,
    encode_scores,
    parse_assessment,
    parse_scores,
)
from provenance.wire.scalars import JsonObject
from tests.building import MANIFEST, SHA
from tests.wire.manifests import ASSESSMENTS, OSAI, OSAID, SCORES

MOF = encode_assessment(
    MofAssessment("1.0", SHA, 3, 0, 0, (MofAnswer(Component.SEEDS, Status.OPEN, Status.UNKNOWN),))
)


def reader(value: JsonValue) -> Reader:
    return Reader.of(value, code=Code.MANIFEST_SHAPE)


@given(ASSESSMENTS)
def test_an_assessment_comes_back(assessment: Assessment) -> None:
    assert parse_assessment(reader(encode_assessment(assessment))) == assessment


@given(SCORES)
def test_scores_come_back(scores: Scores) -> None:
    assert parse_scores(reader(encode_scores(scores))) == scores


@pytest.mark.parametrize(
    "change",
    [
        {"claimed": 4},
        {"evidenced": -1},
        {"answers": [{"component": "magic", "claimed": "open", "evidenced": "open"}]},
        {"answers": [{"component": "model-card", "claimed": "yes", "evidenced": "open"}]},
        {"evidenced": 3},
        {"gap": []},
        {"framework": "magic"},
        {"extra": 1},
    ],
    ids=str,
)
def test_an_assessment_that_cannot_be_is_refused(change: JsonObject) -> None:
    with pytest.raises(TextError) as caught:
        parse_assessment(reader({**MOF, **change}))

    assert caught.value.code is Code.MANIFEST_SHAPE


@given(OSAID | OSAI)
def test_what_follows_from_answers_has_to_be_what_follows(assessment: Assessment) -> None:
    encoded = encode_assessment(assessment)
    key = "outcome" if "outcome" in encoded else "score"
    encoded[key] = "meets" if key == "outcome" else [0.0, 0.123]

    with pytest.raises(TextError) as caught:
        parse_assessment(reader(encoded))

    assert caught.value.code is Code.MANIFEST_SHAPE


def test_scores_without_a_stage_are_not_written() -> None:
    fewer = attrs.evolve(MANIFEST.scores, stages=MANIFEST.scores.stages[1:])

    with pytest.raises(InvalidValueError) as caught:
        encode_scores(fewer)

    assert caught.value.code is Code.VALUE


@pytest.mark.parametrize("stages", [{}, {"luck": [0, 1]}])
def test_scores_of_other_stages_are_refused(stages: JsonObject) -> None:
    with pytest.raises(TextError) as caught:
        parse_scores(reader({**encode_scores(MANIFEST.scores), "stages": stages}))

    assert caught.value.code is Code.MANIFEST_SHAPE
