"""Points: what each component adds to the score of its stage, on which evidence."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

import attrs

from provenance.frameworks.scores import STAGES, worth_of
from provenance.values.component import Component
from provenance.values.component_report import ComponentReport
from provenance.values.evidence import Where
from provenance.values.finding import Confirmed
from provenance.values.interval import Interval
from provenance.values.label import Stage
from provenance.values.next_step import NextStep

Reports: TypeAlias = Mapping[Component, ComponentReport]


@attrs.frozen
class Point:
    """One component's part of a stage's score.

    ``worth`` is what the component is worth in itself, ``share`` the part of the stage that it
    makes: the score of a stage is the sum of both multiplied. ``because`` are the places that carry
    what is shown, ``next_step`` the cheapest thing that would show more.
    """

    stage: Stage
    component: Component
    worth: Interval
    share: float
    because: tuple[Where, ...]
    next_step: NextStep | None


def points(reports: Reports) -> tuple[Point, ...]:
    """Return every point of every stage, in the order of the stages."""
    return tuple(
        Point(
            stage,
            component,
            worth_of(reports[component]),
            1 / len(components),
            tuple(dict.fromkeys(_carrying(reports[component]))),
            reports[component].next_step,
        )
        for stage, components in STAGES.items()
        for component in components
    )


def _carrying(report: ComponentReport) -> Iterator[Where]:
    """Yield the places that the rungs which hold rest on, the highest first."""
    held = [
        one
        for one in report.findings
        if isinstance(one.outcome, Confirmed) and one.rung <= report.reach.shown
    ]
    for finding in sorted(held, key=lambda one: -one.rung):
        yield from finding.outcome.because
