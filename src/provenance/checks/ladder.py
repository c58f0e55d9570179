"""The ladder: from findings about one component to the rung it stands on.

Rule (the ladder of components): a rung counts only if all lower ones hold; what contradicts or is
absent ends the climb; what is unknown ends what is *shown* and leaves open what is *possible*; a
component with several facets stands no higher than its weakest.
"""

from collections.abc import Iterable
from enum import Enum, auto, unique

from provenance.values.finding import (
    Absent,
    Confirmed,
    Contradicted,
    Finding,
    Inapplicable,
    Outcome,
    Unknown,
)
from provenance.values.rung import Reach, Rung

_CLIMB = tuple(Rung)[1:]


@unique
class _Step(Enum):
    HOLDS = auto()
    OPEN = auto()
    BROKEN = auto()


def _step(outcomes: tuple[Outcome, ...]) -> _Step:
    """Return what all findings about one rung come to: one adverse finding outweighs the rest."""
    if any(isinstance(one, Contradicted | Absent | Inapplicable) for one in outcomes):
        return _Step.BROKEN
    if any(isinstance(one, Unknown) for one in outcomes):
        return _Step.OPEN
    if any(isinstance(one, Confirmed) for one in outcomes):
        return _Step.HOLDS
    return _Step.OPEN


def _climb(findings: tuple[Finding, ...]) -> Reach:
    steps = [_step(tuple(one.outcome for one in findings if one.rung is rung)) for rung in _CLIMB]
    shown = next((n for n, step in enumerate(steps) if step is not _Step.HOLDS), len(steps))
    at_most = next((n for n, step in enumerate(steps) if step is _Step.BROKEN), len(steps))
    return Reach(Rung(shown), Rung(at_most))


def reach(findings: Iterable[Finding]) -> Reach:
    """Return how far findings about one component carry it.

    Without any finding nothing is shown and nothing is excluded: the component is unknown.
    """
    found = tuple(reaches(findings).values()) or (_climb(()),)
    return Reach(min(one.shown for one in found), min(one.at_most for one in found))


def reaches(findings: Iterable[Finding]) -> dict[str, Reach]:
    """Return how far each facet of one component is carried, by its name."""
    facets: dict[str, list[Finding]] = {}
    for finding in findings:
        facets.setdefault(finding.facet, []).append(finding)
    return {facet: _climb(tuple(each)) for facet, each in facets.items()}
