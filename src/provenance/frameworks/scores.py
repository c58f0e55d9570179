"""Stage scores: five intervals, never one blended number.

A rung is worth 0, 0, 0, .5, .7, .85, 1: a claim or a link is worth nothing. A stage is the mean of
its components, its lower end from what is shown, its upper from what the unknown leaves possible.
A set stands on its weakest facet. Data is weighed over the total that the publisher declares: what
is not accounted for counts 0 in the lower end and 1 in the upper.
"""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from provenance.values.component import Component
from provenance.values.component_report import ComponentReport
from provenance.values.composition import Composition
from provenance.values.interval import Interval
from provenance.values.label import Stage
from provenance.values.manifest import Scores, StageScore
from provenance.values.rubric import Rubric
from provenance.values.rung import Rung

VERSION = "2"
Reports: TypeAlias = Mapping[Component, ComponentReport]

_WORTH = (0.0, 0.0, 0.0, 0.5, 0.7, 0.85, 1.0)
# Enough digits to tell one rung of one component, few enough that every platform prints the same.
_DIGITS = 4

STAGES: Mapping[Stage, tuple[Component, ...]] = {
    Stage.ARTEFACT: (Component.FINAL_PARAMETERS, Component.MODEL_ARCHITECTURE, Component.TOKENIZER),
    Stage.CODE: (
        Component.TRAINING_CODE,
        Component.DATA_PREPROCESSING_CODE,
        Component.INFERENCE_CODE,
        Component.EVALUATION_CODE,
    ),
    Stage.DATA: (Component.DATASETS, Component.DATA_CARD, Component.EVALUATION_DATA),
    Stage.PROCESS: (
        Component.HYPER_PARAMETERS,
        Component.ENVIRONMENT,
        Component.SEEDS,
        Component.DATA_ORDER,
        Component.HARDWARE,
        Component.INTERMEDIATE_PARAMETERS,
    ),
    Stage.REPORT: (
        Component.MODEL_CARD,
        Component.EVALUATION_RESULTS,
        Component.TECHNICAL_REPORT,
        Component.RESEARCH_PAPER,
    ),
}

RUBRIC = Rubric(
    "scores",
    VERSION,
    (
        f"worth {' '.join(map(str, _WORTH))}",
        *(f"{stage} {' '.join(one.id for one in parts)}" for stage, parts in STAGES.items()),
        "a stage is the mean of its components; a set stands on its weakest facet",
        (
            "weighed over the declared total: unaccounted counts 0 in lo, 1 in hi; "
            "without a total lo is 0, and hi that of the best part"
        ),
    ),
)


def score(reports: Reports) -> Scores:
    """Return the score of every stage."""
    return Scores(
        RUBRIC.digest, tuple(_stage(stage, parts, reports) for stage, parts in STAGES.items())
    )


def _stage(stage: Stage, parts: tuple[Component, ...], reports: Reports) -> StageScore:
    worths = [worth_of(reports[component]) for component in parts]
    low = sum(one.lo for one in worths) / len(parts)
    high = sum(one.hi for one in worths) / len(parts)
    return StageScore(stage, Interval(round(low, _DIGITS), round(high, _DIGITS)))


def worth_of(report: ComponentReport) -> Interval:
    """Return what a component is worth, from what is shown to what the unknown leaves possible."""
    if report.composition:
        return _weighed(report.composition)
    return Interval(_WORTH[report.reach.shown], _WORTH[report.reach.at_most])


def _weighed(whole: Composition) -> Interval:
    """Return the mean over the declared total, each part by its share.

    Where the parts weigh more than the total, those that are worth most fill it: so naming one
    more part that is not there never costs anything.
    """
    if whole.total is None:
        return Interval(0.0, max(_WORTH[one.reach.at_most] for one in whole.parts))
    shown = _filled(((one.reach.shown, one.mass or 0) for one in whole.parts), whole.total)
    possible = _filled(((one.reach.at_most, one.mass or 0) for one in whole.parts), whole.total)
    rest = max(0.0, 1.0 - sum(one.mass or 0 for one in whole.parts) / whole.total)
    return Interval(shown, min(1.0, max(shown, possible + rest)))


def _filled(parts: Iterable[tuple[Rung, int]], total: int) -> float:
    """Return what the parts are worth when the best of them fill the total first."""
    left, worth = total, 0.0
    for rung, mass in sorted(parts, reverse=True):
        taken = min(mass, left)
        worth += _WORTH[rung] * taken
        left -= taken
    return min(1.0, worth / total)
