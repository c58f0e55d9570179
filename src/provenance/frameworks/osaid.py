"""The Open Source AI Definition 1.0, as far as a machine can check it.

Source: the Open Source Initiative's definition asks for data information, code and parameters,
each under terms that it approves of. Whether the data information lets a skilled person build a
substantially equivalent system is for a person to judge; so the outcome is one of three: a part
fails, a part is unknown, or a person must judge.
"""

from collections.abc import Mapping
from typing import TypeAlias, assert_never

from provenance.frameworks.openness import openness
from provenance.frameworks.telling import evidence_of, reason_of
from provenance.values.assessment import (
    OsaidAnswer,
    OsaidAssessment,
    OsaidOutcome,
    OsaidQuestion,
)
from provenance.values.component import Component
from provenance.values.component_report import ComponentReport
from provenance.values.license import Terms
from provenance.values.openness import Standing
from provenance.values.rubric import Rubric
from provenance.values.rung import Rung

VERSION = "1.0"
Reports: TypeAlias = Mapping[Component, ComponentReport]

# Every part but the data information: what must be there, all of it, under approved terms.
_PARTS: Mapping[OsaidQuestion, tuple[Component, ...]] = {
    OsaidQuestion.DATA_PROCESSING_CODE: (Component.DATA_PREPROCESSING_CODE,),
    OsaidQuestion.TRAINING_CODE: (Component.TRAINING_CODE, Component.HYPER_PARAMETERS),
    OsaidQuestion.VALIDATION_CODE: (Component.EVALUATION_CODE,),
    OsaidQuestion.SUPPORTING_CODE: (Component.TOKENIZER,),
    OsaidQuestion.INFERENCE_CODE: (Component.INFERENCE_CODE,),
    OsaidQuestion.MODEL_ARCHITECTURE: (Component.MODEL_ARCHITECTURE,),
    OsaidQuestion.PARAMETERS: (Component.FINAL_PARAMETERS,),
}
_DATA = (Component.DATA_CARD, Component.DATASETS)
# From the best that a part can be to the worst: a part with several components is its worst.
_WORSE = (OsaidOutcome.MEETS, OsaidOutcome.PERSON, OsaidOutcome.UNKNOWN, OsaidOutcome.FAILS)

RUBRIC = Rubric(
    "osaid",
    VERSION,
    (
        *(
            f"{question}: {' '.join(one.id for one in parts)} at rung {Rung.RETRIEVED:d} "
            "under terms that the OSI approved"
            for question, parts in _PARTS.items()
        ),
        (
            f"{OsaidQuestion.DATA_INFORMATION}: one of {' '.join(one.id for one in _DATA)} at rung "
            f"{Rung.RETRIEVED:d}; then a person judges"
        ),
    ),
)


def assess(reports: Reports) -> OsaidAssessment:
    """Return how each part of the definition stands."""
    answers = (_data(reports), *(_part(question, reports) for question in _PARTS))
    return OsaidAssessment(VERSION, RUBRIC.digest, answers)


def _data(reports: Reports) -> OsaidAnswer:
    question = OsaidQuestion.DATA_INFORMATION
    there = [reports[one] for one in _DATA if reports[one].reach.shown >= Rung.RETRIEVED]
    if there:
        names = " and ".join(one.component.title.lower() for one in there)
        reason = f"{names}: there; whether that is detailed enough, a person must judge"
        return OsaidAnswer(question, OsaidOutcome.PERSON, reason, evidence_of(there[0]))
    if any(reports[one].reach.at_most >= Rung.RETRIEVED for one in _DATA):
        reason = "neither a data card nor the data could be looked at to the end"
        return OsaidAnswer(question, OsaidOutcome.UNKNOWN, reason)
    report = reports[_DATA[0]]
    reason = f"neither a data card nor the data is there: {reason_of(report)}"
    return OsaidAnswer(question, OsaidOutcome.FAILS, reason, evidence_of(report))


def _part(question: OsaidQuestion, reports: Reports) -> OsaidAnswer:
    found = [_component(question, reports[component]) for component in _PARTS[question]]
    return max(found, key=lambda one: _WORSE.index(one.outcome))


def _component(question: OsaidQuestion, report: ComponentReport) -> OsaidAnswer:
    name, because = report.component.title, evidence_of(report)
    if report.reach.at_most < Rung.RETRIEVED:
        reason = f"{name}: {reason_of(report)}"
        return OsaidAnswer(question, OsaidOutcome.FAILS, reason, because)
    outcome, why = _terms(report)
    if outcome in {OsaidOutcome.FAILS, OsaidOutcome.UNKNOWN}:
        return OsaidAnswer(question, outcome, f"{name}: {why}", report.license.because)
    if report.reach.shown < Rung.RETRIEVED:
        outcome, why = OsaidOutcome.UNKNOWN, ""
    return OsaidAnswer(question, outcome, f"{name}: {why or reason_of(report)}", because)


def _terms(report: ComponentReport) -> tuple[OsaidOutcome, str]:
    """Return how a component's terms stand, and why when they do not simply meet it."""
    found = report.license
    # A setting is a fact, and needs no licence.
    if report.component is Component.HYPER_PARAMETERS:
        return OsaidOutcome.MEETS, ""
    if found.terms is Terms.RESTRICTED or (found.terms is Terms.NONE and report.reach.shown):
        return OsaidOutcome.FAILS, f"its terms are {found.terms}"
    if found.evident is None or found.terms is not Terms.OPEN:
        what = f"whether {found.evident} binds alone" if found.evident else "its licence's text"
        return OsaidOutcome.UNKNOWN, f"{what} is not known"
    match openness(found.evident, report.component.content).osaid:
        case Standing.OPEN:
            return OsaidOutcome.MEETS, ""
        case Standing.FOR_A_PERSON:
            return OsaidOutcome.PERSON, f"whether {found.evident} will do, a person must judge"
        case Standing.NOT_OPEN:
            return OsaidOutcome.FAILS, f"the OSI has not approved {found.evident}"
        case other:
            assert_never(other)
