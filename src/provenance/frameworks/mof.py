"""The Model Openness Framework's classes, decided as its own tool decides them.

Source: Model Openness Framework 1.0. Class III needs six components, class II ten, class I
fourteen, each class all of the lower ones'. A research paper stands in for a technical report that
is not included; a paper that does is not counted a second time in class I.
"""

from collections.abc import Mapping
from typing import assert_never

import attrs

from provenance.frameworks.openness import OPEN_LICENSES, is_open, spdx_id
from provenance.values.assessment import MofAnswer, MofAssessment, Status
from provenance.values.component import Component
from provenance.values.component_report import ComponentReport
from provenance.values.license import License, Terms
from provenance.values.rubric import Rubric
from provenance.values.rung import Rung

VERSION = "1.0"
UNCLASSIFIED = 0
_REPORT, _PAPER = Component.TECHNICAL_REPORT, Component.RESEARCH_PAPER
_CLASSES = (3, 2, 1)
_COMPLETE = 100

Statuses = Mapping[Component, Status]


@attrs.frozen
class Standing:
    """The class (1 most open, 0 none) and the progress to classes 1, 2 and 3, in percent."""

    mof_class: int
    progress: tuple[float, float, float]


def _needed(mof_class: int) -> tuple[Component, ...]:
    return tuple(one for one in Component if one.required and one.mof_class >= mof_class)


RUBRIC = Rubric(
    "mof",
    VERSION,
    (
        *(f"class {one} needs {' '.join(need.id for need in _needed(one))}" for one in _CLASSES),
        f"{_PAPER.id} stands in for a {_REPORT.id} that is not included, and counts once",
        "a class needs all lower ones complete",
        f"claimed: rung {Rung.CLAIMED:d}, licence by its id or its text",
        f"evidenced: rung {Rung.RETRIEVED:d}, licence by its text",
        f"open: {' '.join(sorted(filter(is_open, OPEN_LICENSES)))}",
    ),
)


def _needs(mof_class: int, statuses: Statuses) -> tuple[Component, ...]:
    """Return what a class needs, with the paper in the report's place where it stands in."""
    needed = _needed(mof_class)
    paper = statuses.get(_PAPER, Status.MISSING)
    if statuses.get(_REPORT) is Status.OPEN or paper is Status.MISSING:
        return needed
    return tuple(dict.fromkeys(_PAPER if one is _REPORT else one for one in needed))


def classify(statuses: Statuses) -> Standing:
    """Return the class of a release whose components have these statuses; missing by default."""
    progress: dict[int, float] = {}
    reached = UNCLASSIFIED
    for mof_class in _CLASSES:
        needed = _needs(mof_class, statuses)
        included = sum(statuses.get(one) is Status.OPEN for one in needed)
        lower_complete = mof_class == max(_CLASSES) or progress[mof_class + 1] == _COMPLETE
        progress[mof_class] = included / len(needed) * 100 if lower_complete else 0.0
        if included == len(needed) and lower_complete:
            reached = mof_class
    return Standing(reached, (progress[1], progress[2], progress[3]))


def assess(reports: Mapping[Component, ComponentReport]) -> MofAssessment:
    """Return the class that the publisher's claims come to, and the class that is evident."""
    answers = tuple(
        MofAnswer(component, _claimed(reports[component]), _evidenced(reports[component]))
        for component in Component
        if component.mof_class
    )
    evidenced = {one.component: one.evidenced for one in answers}
    hopeful = {
        component: Status.OPEN if status is Status.UNKNOWN else status
        for component, status in evidenced.items()
    }
    return MofAssessment(
        VERSION,
        RUBRIC.digest,
        claimed=classify({one.component: one.claimed for one in answers}).mof_class,
        evidenced=classify(evidenced).mof_class,
        evidenced_at_most=classify(hopeful).mof_class,
        answers=answers,
    )


def claimed_license(found: License) -> str | None:
    """Return the SPDX id that the publisher claims, else the one that the text shows, if any."""
    claimed = found.claimed or found.evident
    return spdx_id(claimed) if claimed else None


def _claimed(report: ComponentReport) -> Status:
    if report.reach.shown < Rung.CLAIMED:
        return Status.UNKNOWN if report.reach.unknown else Status.MISSING
    claimed = claimed_license(report.license)
    if not claimed:
        return Status.UNKNOWN if report.license.terms is Terms.UNKNOWN else Status.UNLICENSED
    return Status.OPEN if is_open(claimed) else Status.INVALID


def _evidenced(report: ComponentReport) -> Status:
    if report.reach.shown < Rung.RETRIEVED:
        possible = report.reach.at_most >= Rung.RETRIEVED
        return Status.UNKNOWN if possible else Status.MISSING
    match report.license.terms:
        case Terms.OPEN:
            return Status.OPEN
        case Terms.RESTRICTED:
            return Status.INVALID
        case Terms.NONE:
            return Status.UNLICENSED
        case Terms.UNKNOWN:
            return Status.UNKNOWN
        case _:
            assert_never(report.license.terms)
