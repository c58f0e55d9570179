"""Any release at all, as findings: what checks may have said of each component."""

import random
from collections.abc import Mapping

import attrs

from provenance.checks.ladder import reach, reaches
from provenance.frameworks.labels import Decision, decide
from provenance.frameworks.scores import score
from provenance.values.access import Access
from provenance.values.component import Component
from provenance.values.component_report import ComponentReport
from provenance.values.composition import Composition, Part
from provenance.values.finding import Absent, Confirmed, Contradicted, Finding, Outcome, Unknown
from provenance.values.interval import Interval
from provenance.values.label import Stage
from provenance.values.license import License, Terms
from provenance.values.rung import Rung

CLIMB = tuple(Rung)[1:]
OUTCOMES: tuple[Outcome, ...] = (
    *(Confirmed("it holds"),) * 6,
    Contradicted("it differs"),
    Absent("it is not there"),
    Unknown("nobody could look"),
    Unknown("nobody could look"),
)
# The first weight is that of a dataset that nobody weighs.
MASSES = (None, 0, 1, 5, 20, 100)


@attrs.frozen
class Verdict:
    """What scores and gates make of a release."""

    scores: Mapping[Stage, Interval]
    decision: Decision


@attrs.frozen
class AnyRelease:
    """Findings and terms of every component, and what the data weighs."""

    findings: tuple[Finding, ...]
    terms: Mapping[Component, Terms]
    masses: Mapping[str, int | None]
    total: int | None

    def reports(self) -> dict[Component, ComponentReport]:
        """Return one report for every component."""
        return {one: self._report(one) for one in Component}

    def _report(self, component: Component) -> ComponentReport:
        own = tuple(one for one in self.findings if one.component is component)
        whole = self._composition(own) if component is Component.DATASETS else None
        terms = License(self.terms[component])
        return ComponentReport(
            component, reach(own), terms, Access.PUBLIC, findings=own, composition=whole
        )

    def _composition(self, own: tuple[Finding, ...]) -> Composition | None:
        parts = tuple(Part(name, one, self.masses[name]) for name, one in reaches(own).items())
        return Composition(parts, self.total) if parts else None

    def verdict(self) -> Verdict:
        """Judge it."""
        reports = self.reports()
        stages = {one.stage: one.score for one in score(reports).stages}
        return Verdict(stages, decide(reports, dangling=False))

    def facets(self) -> list[tuple[Component, str]]:
        """Return every facet that a finding is about, and one for each component without any."""
        found = {(one.component, one.facet): None for one in self.findings}
        silent = [(one, "") for one in Component if one not in {about for about, _ in found}]
        return [*found, *(each for each in silent if each[0] is not Component.DATASETS)]

    def adding(self, *findings: Finding) -> "AnyRelease":
        """Return the release with more findings."""
        return attrs.evolve(self, findings=(*self.findings, *findings))


def finding(component: Component, rung: Rung, outcome: Outcome, facet: str = "") -> Finding:
    """Return a finding."""
    return Finding("any", component, rung, outcome, facet)


def climb(choose: random.Random, component: Component, facet: str) -> list[Finding]:
    """Return findings about one facet, from the lowest rung up to any."""
    rungs = CLIMB[: choose.choice((0, 1, 2, 3, 4, 5, 6, 6))]
    sure = choose.random() < 0.5
    outcomes = OUTCOMES[:1] if sure else OUTCOMES
    return [finding(component, rung, choose.choice(outcomes), facet) for rung in rungs]


def any_release(choose: random.Random) -> AnyRelease:
    """Return a release at random."""
    findings: list[Finding] = []
    for component in Component:
        several = choose.randint(0, 3) if component is Component.DATASETS else 1
        for place in range(several):
            findings += climb(choose, component, f"part {place}" if several > 1 else "")
    terms = {one: choose.choice((Terms.OPEN, Terms.OPEN, *Terms)) for one in Component}
    masses = {name: choose.choice(MASSES) for name in ("", "part 0", "part 1", "part 2")}
    return AnyRelease(tuple(findings), terms, masses, choose.choice((None, 1, 30, 200)))
