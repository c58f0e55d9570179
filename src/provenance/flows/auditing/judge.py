"""From facts to findings, and from findings to what is said of every component."""

import attrs

from provenance.checks.datasets import dataset_coverage
from provenance.checks.ladder import reach, reaches
from provenance.checks.table import CHECKS
from provenance.frameworks import mof, osai, osaid
from provenance.frameworks.accessing import access_of
from provenance.frameworks.data_mass import composition_of_data
from provenance.frameworks.labels import Decision, decide
from provenance.frameworks.licensing import license_of
from provenance.frameworks.next_steps import next_steps
from provenance.frameworks.scores import score
from provenance.values.assessment import Assessment
from provenance.values.component import Component
from provenance.values.component_report import ComponentReport
from provenance.values.facts import Facts, LinkedDataset, LinkedSource
from provenance.values.finding import Finding
from provenance.values.locator import Locator, LocatorKind
from provenance.values.look import Missing, Seen, Unseen
from provenance.values.manifest import Dangling, End, Scores

# What a link has to lead to for somebody to follow it: a repository, or a dataset.
_FOLLOWED = frozenset({LocatorKind.GIT, LocatorKind.HUB_DATASET})


@attrs.frozen
class Judgement:
    """Everything that follows from the facts alone."""

    components: tuple[ComponentReport, ...]
    dangling: tuple[Dangling, ...]
    decision: Decision
    scores: Scores
    assessments: tuple[Assessment, ...]


def judge(facts: Facts) -> Judgement:
    """Return what the facts come to; the same facts always come to the same."""
    findings = [finding for check in CHECKS for finding in check.judge(facts)]
    judged = {component: _report(component, findings, facts) for component in Component}
    steps = next_steps(judged)
    reports = {one: attrs.evolve(report, next_step=steps[one]) for one, report in judged.items()}
    dangling = _dangling(facts)
    return Judgement(
        components=tuple(reports.values()),
        dangling=dangling,
        decision=decide(reports, dangling=bool(dangling)),
        scores=score(reports),
        assessments=(mof.assess(reports), osaid.assess(reports), osai.assess(reports, facts)),
    )


def _report(component: Component, findings: list[Finding], facts: Facts) -> ComponentReport:
    own = tuple(finding for finding in findings if finding.component is component)
    facets = {finding.facet for finding in own}
    is_data = component is Component.DATASETS
    return ComponentReport(
        component=component,
        reach=reach(own),
        license=license_of(component, facts, facets),
        access=access_of(component, facts, facets),
        coverage=dataset_coverage(facts) if is_data else None,
        claims=tuple(claim for claim in facts.claims if claim.component is component),
        findings=own,
        composition=composition_of_data(facts, reaches(own)) if is_data else None,
    )


def _dangling(facts: Facts) -> tuple[Dangling, ...]:
    """Return the links that lead nowhere, and apart from them those that nobody looked at."""
    links: tuple[LinkedSource | LinkedDataset, ...] = (*facts.sources, *facts.datasets)
    ends = [_end(str(one.locator), one.look) for one in links if not isinstance(one.look, Seen)]
    ends += [
        Dangling(claim.text, "the text names it, and no address", End.NAMED)
        for claim in facts.claims
        if claim.component in {Component.DATASETS, Component.TRAINING_CODE}
        and claim.target is None
        and not claim.denied
    ]
    ends += [Dangling(str(one), "nobody looked at it", End.UNSEEN) for one in _unvisited(facts)]
    by_name = {one.what: one for one in ends}
    return tuple(by_name[name] for name in sorted(by_name))


def _end(what: str, look: Missing | Unseen) -> Dangling:
    return Dangling(what, look.reason, End.NOWHERE if isinstance(look, Missing) else End.UNSEEN)


def _unvisited(facts: Facts) -> tuple[Locator, ...]:
    """Return what claims lead to and nobody came to look at, as where a budget was spent."""
    data = (*facts.datasets, *facts.evaluation_data)
    locators = (*(one.locator for one in facts.sources), *(one.locator for one in data))
    visited = {(one.kind, one.uri) for one in locators}
    targets = (claim.target for claim in facts.claims if not claim.denied)
    return tuple(
        one
        for one in targets
        if one and one.kind in _FOLLOWED and (one.kind, one.uri) not in visited
    )
