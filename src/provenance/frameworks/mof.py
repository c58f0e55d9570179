"""The Model Openness Framework's classes, decided as its own tool decides them.

Source: Model Openness Framework 1.0. Class III needs six components, class II ten, class I
fourteen, each class all of the lower ones'. A research paper stands in for a technical report that
is not included; a paper that does is not counted a second time in class I.
"""

from collections.abc import Mapping
from typing import assert_never

import attrs

from provenance.frameworks.openness import is_open, spdx_id
from provenance.values.assessment import Answer, Assessment, Status
from provenance.values.component import Component
from provenance.values.component_report import ComponentReport
from provenance.values.license import Terms
from provenance.values.rung import Rung

VERSION = "1.0"
UNCLASSIFIED = 0
_REPORT, _PAPER = Component.TECHNICAL_REPORT, Component.RESEARCH_PAPER

Statuses = Mapping[Component, Status]


@attrs.frozen
class Standing:
    """The class (1 most open, 0 none) and the progress to classes 1, 2 and 3, in percent."""

    mof_class: int
    progress: tuple[float, float, float]


def _needed(mof_class: int) -> tuple[Component, ...]:
    return tuple(one for one in Component if one.required and one.mof_class >= mof_class)


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
    for mof_class in (3, 2, 1):
        needed = _needs(mof_class, statuses)
        included = sum(statuses.get(one) is Status.OPEN for one in needed)
        lower_complete = mof_class == 3 or progress[mof_class + 1] == 100  # noqa: PLR2004 - percent
        progress[mof_class] = included / len(needed) * 100 if lower_complete else 0.0
        if included == len(needed) and lower_complete:
            reached = mof_class
    return Standing(reached, (progress[1], progress[2], progress[3]))


def assess(reports: Mapping[Component, ComponentReport]) -> Assessment:
    """Return the class that the publisher's claims come to, and the class that is evident."""
    answers = tuple(
        Answer(component, _claimed(reports[component]), _evidenced(reports[component]))
        for component in Component
        if component.mof_class
    )
    return Assessment(
        "mof",
        VERSION,
        claimed=classify({one.component: one.claimed for one in answers}).mof_class,
        evidenced=classify({one.component: one.evidenced for one in answers}).mof_class,
        answers=answers,
    )


def _claimed(report: ComponentReport) -> Status:
    if report.reach.shown < Rung.CLAIMED:
        return Status.MISSING
    claimed = report.license.claimed or report.license.evident
    if not claimed:
        return Status.UNLICENSED
    return Status.OPEN if is_open(spdx_id(claimed)) else Status.INVALID


def _evidenced(report: ComponentReport) -> Status:
    if report.reach.shown < Rung.RETRIEVED:
        return Status.MISSING
    match report.license.terms:
        case Terms.OPEN:
            return Status.OPEN
        case Terms.RESTRICTED:
            return Status.INVALID
        case Terms.NONE | Terms.UNKNOWN:
            return Status.UNLICENSED
        case _:
            assert_never(report.license.terms)
