"""Stage scores: five intervals, never one blended number.

A rung is worth 0, 0, 0, .5, .7, .85, 1: a claim or a link is worth nothing. A stage is the mean of
its components, its lower end from what is shown, its upper from what the unknown leaves possible.
"""

import hashlib
from collections.abc import Mapping

from provenance.values.component import Component
from provenance.values.component_report import ComponentReport
from provenance.values.digest import Algorithm, Digest
from provenance.values.interval import Interval
from provenance.values.label import Stage
from provenance.values.manifest import Scores, StageScore

_WORTH = (0.0, 0.0, 0.0, 0.5, 0.7, 0.85, 1.0)
# Enough digits to tell one rung of one component, few enough that every platform prints the same.
_DIGITS = 4

_STAGES: tuple[tuple[Stage, tuple[Component, ...]], ...] = (
    (
        Stage.ARTEFACT,
        (Component.FINAL_PARAMETERS, Component.MODEL_ARCHITECTURE, Component.TOKENIZER),
    ),
    (
        Stage.CODE,
        (
            Component.TRAINING_CODE,
            Component.DATA_PREPROCESSING_CODE,
            Component.INFERENCE_CODE,
            Component.EVALUATION_CODE,
        ),
    ),
    (Stage.DATA, (Component.DATASETS, Component.DATA_CARD, Component.EVALUATION_DATA)),
    (
        Stage.PROCESS,
        (
            Component.HYPER_PARAMETERS,
            Component.ENVIRONMENT,
            Component.SEEDS,
            Component.DATA_ORDER,
            Component.HARDWARE,
            Component.INTERMEDIATE_PARAMETERS,
        ),
    ),
    (
        Stage.REPORT,
        (
            Component.MODEL_CARD,
            Component.EVALUATION_RESULTS,
            Component.TECHNICAL_REPORT,
            Component.RESEARCH_PAPER,
        ),
    ),
)


def rubric() -> Digest:
    """Return the digest of the rubric: the worth of each rung and the components of each stage."""
    lines = [f"worth {' '.join(map(str, _WORTH))}"]
    lines += [f"{stage} {' '.join(one.id for one in parts)}" for stage, parts in _STAGES]
    return Digest(Algorithm.SHA256, hashlib.sha256("\n".join(lines).encode()).digest())


def score(reports: Mapping[Component, ComponentReport]) -> Scores:
    """Return the score of every stage."""
    return Scores(rubric(), tuple(_stage(stage, parts, reports) for stage, parts in _STAGES))


def _stage(
    stage: Stage,
    parts: tuple[Component, ...],
    reports: Mapping[Component, ComponentReport],
) -> StageScore:
    reaches = [reports[component].reach for component in parts]
    low = sum(_WORTH[one.shown] for one in reaches) / len(parts)
    high = sum(_WORTH[one.at_most] for one in reaches) / len(parts)
    return StageScore(stage, Interval(round(low, _DIGITS), round(high, _DIGITS)))
