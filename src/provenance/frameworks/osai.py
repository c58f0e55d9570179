"""The European Open Source AI Index: twelve parameters, each open, partial or closed.

Source: the index's parameters; open is worth 1, partial 0.5, closed 0, and the score is the mean.
Gated means partial. What could not be looked at is unknown, and worth anything between.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

import attrs

from provenance.frameworks.telling import evidence_of, reason_of
from provenance.values.access import Access
from provenance.values.assessment import (
    Grade,
    OsaiAnswer,
    OsaiAssessment,
    OsaiParameter,
)
from provenance.values.citation import Citation
from provenance.values.claim import Claim
from provenance.values.component import Component
from provenance.values.component_report import ComponentReport
from provenance.values.facts import Facts
from provenance.values.license import Terms
from provenance.values.locator import Locator, LocatorKind
from provenance.values.look import Missing, Seen, Unseen
from provenance.values.model_name import is_named_in
from provenance.values.rubric import Rubric
from provenance.values.rung import Rung

VERSION = "1.0"
Reports: TypeAlias = Mapping[Component, ComponentReport]

# Who registers DOIs for preprints, data and archived software, and reviews none of them: arXiv,
# bioRxiv, SSRN, Zenodo, OSF and its preprints, Research Square, TechRxiv, Preprints.org, the Hub,
# ChemRxiv, figshare.
_UNREVIEWED = frozenset(
    {
        *("10.48550", "10.1101", "10.2139", "10.5281", "10.17605", "10.31219", "10.31234"),
        *("10.31235", "10.21203", "10.36227", "10.20944", "10.57967", "10.26434", "10.6084"),
    }
)
_GATED = frozenset({Access.AUTO_GATE, Access.MANUAL_GATE, Access.PAID})
_PAPERS = (Component.RESEARCH_PAPER, Component.TECHNICAL_REPORT)
_LICENSES = {
    Terms.OPEN: Grade.OPEN,
    Terms.RESTRICTED: Grade.PARTIAL,
    Terms.NONE: Grade.CLOSED,
    Terms.UNKNOWN: Grade.UNKNOWN,
}

RUBRIC = Rubric(
    "osai",
    VERSION,
    (
        "open 1, partial 0.5, closed 0, unknown 0 to 1; the score is the mean of twelve",
        f"open: rung {Rung.RETRIEVED:d}; partial: gated, or paid for",
        "base-model-*: the base model that is named; the release itself where none is",
        "training-code: partial under terms that are not open",
        "code-documentation: open with pages beside the code, partial with a README alone",
        "hardware-architecture: partial where a text only mentions it",
        "preprint: an arXiv id or a report; paper: a DOI that no preprint server or archive gave",
        "both: in a claim, or in a citation whose title names the model; it has to resolve",
        "paper: a venue alone is unknown; closed only where card and files were read whole",
        f"licenses: of {Component.FINAL_PARAMETERS.id}; partial where restricted",
    ),
)


@attrs.frozen
class _Case:
    """What all twelve questions are put to."""

    reports: Reports
    facts: Facts

    def report(self, component: Component) -> ComponentReport:
        return self.reports[component]

    @property
    def derived(self) -> bool:
        """Whether a base model is named."""
        return any(not claim.denied for claim in self.report(Component.BASE_MODELS).claims)


def assess(reports: Reports, facts: Facts) -> OsaiAssessment:
    """Return how open each parameter is; ``facts`` are those that the reports rest on."""
    case = _Case(reports, facts)
    return OsaiAssessment(VERSION, RUBRIC.digest, tuple(ask(case) for ask in _QUESTIONS))


def _answer(
    parameter: OsaiParameter, grade: Grade, reason: str, report: ComponentReport
) -> OsaiAnswer:
    said = next(iter(report.claims), None)
    seen = evidence_of(report)
    because = (said.where, *(one for one in seen if one != said.where)) if said else seen
    return OsaiAnswer(parameter, grade, reason, said.text if said else "", because)


def _availability(report: ComponentReport) -> Grade:
    """Return how open something is by whether everybody can get it."""
    there = report.reach.shown >= Rung.RETRIEVED
    if report.access in _GATED and (there or report.reach.at_most >= Rung.RETRIEVED):
        return Grade.PARTIAL
    if there:
        return Grade.CLOSED if report.access is Access.PRIVATE else Grade.OPEN
    return Grade.UNKNOWN if report.reach.at_most >= Rung.RETRIEVED else Grade.CLOSED


def _of(parameter: OsaiParameter, component: Component) -> Callable[[_Case], OsaiAnswer]:
    def ask(case: _Case) -> OsaiAnswer:
        report = case.report(component)
        return _answer(parameter, _availability(report), reason_of(report), report)

    return ask


def _base_data(case: _Case) -> OsaiAnswer:
    parameter = OsaiParameter.BASE_DATA
    if not case.derived:
        return _of(parameter, Component.DATASETS)(case)
    report = case.report(Component.BASE_MODELS)
    reason = "the data of the base model that is named was not looked at"
    return _answer(parameter, Grade.UNKNOWN, reason, report)


def _base_weights(case: _Case) -> OsaiAnswer:
    component = Component.BASE_MODELS if case.derived else Component.FINAL_PARAMETERS
    return _of(OsaiParameter.BASE_WEIGHTS, component)(case)


def _training_code(case: _Case) -> OsaiAnswer:
    report = case.report(Component.TRAINING_CODE)
    grade = _availability(report)
    if grade is Grade.OPEN and report.license.terms in {Terms.RESTRICTED, Terms.NONE}:
        reason = f"{reason_of(report)}; its terms are {report.license.terms}"
        return _answer(OsaiParameter.TRAINING_CODE, Grade.PARTIAL, reason, report)
    return _answer(OsaiParameter.TRAINING_CODE, grade, reason_of(report), report)


def _code_documentation(case: _Case) -> OsaiAnswer:
    parameter, report = OsaiParameter.CODE_DOCUMENTATION, case.report(Component.TRAINING_CODE)
    if report.reach.at_most < Rung.RETRIEVED:
        return _answer(parameter, Grade.CLOSED, "there is no code to document", report)
    if report.reach.shown < Rung.RETRIEVED:
        return _answer(parameter, Grade.UNKNOWN, reason_of(report), report)
    pages = sorted(_pages(case.facts))
    inner = [path for path in pages if "/" in path or not path.lower().startswith("readme")]
    if inner:
        return _answer(parameter, Grade.OPEN, f"{len(pages)} pages, {inner[0]} one", report)
    if pages:
        return _answer(parameter, Grade.PARTIAL, f"{pages[0]} alone", report)
    return _answer(parameter, Grade.CLOSED, "no page stands beside the code", report)


def _pages(facts: Facts) -> Iterator[str]:
    """Yield the pages of documentation in the repositories that claims of training code name."""
    listed: list[str] = [] if not facts.loops else [str(one.path) for one in facts.inventory]
    for linked in facts.sources:
        about = any(claim.component is Component.TRAINING_CODE for claim in linked.claims)
        if about and isinstance(linked.look, Seen):
            listed += linked.look.value.files
    for path in listed:
        top, _, rest = path.lower().partition("/")
        page = path.lower().endswith((".md", ".rst", ".ipynb"))
        if page and (
            top.startswith("readme") or (rest and top in {"doc", "docs", "documentation"})
        ):
            yield path


def _hardware(case: _Case) -> OsaiAnswer:
    report = case.report(Component.HARDWARE)
    grade = _availability(report)
    mentioned = report.reach.shown in {Rung.CLAIMED, Rung.LOCATED}
    if mentioned and grade is not Grade.OPEN:
        grade = Grade.PARTIAL
    return _answer(OsaiParameter.HARDWARE, grade, reason_of(report), report)


def _preprint(case: _Case) -> OsaiAnswer:
    parameter = OsaiParameter.PREPRINT
    claimed = _paper_with(case, lambda it: it.target is not None and _on_arxiv(it.target))
    if claimed and claimed.reach.shown >= Rung.RETRIEVED:
        return _answer(parameter, _availability(claimed), reason_of(claimed), claimed)
    found = case.report(Component.TECHNICAL_REPORT)
    if _availability(found) in {Grade.OPEN, Grade.PARTIAL}:
        return _answer(parameter, _availability(found), reason_of(found), found)
    cited = _cited(case, parameter, lambda one: one.arxiv)
    if cited:
        return cited
    found = claimed or found
    return _answer(parameter, _as_far_as_seen(case, _availability(found)), reason_of(found), found)


def _paper(case: _Case) -> OsaiAnswer:
    parameter = OsaiParameter.PAPER
    report = _paper_with(case, lambda it: it.target is not None and _reviewed(it.target))
    if report and report.reach.shown >= Rung.RETRIEVED:
        return _answer(parameter, _availability(report), reason_of(report), report)
    cited = _cited(case, parameter, lambda one: one.doi if one.doi and _reviewed(one.doi) else None)
    if cited:
        return cited
    if report:
        return _answer(parameter, _availability(report), reason_of(report), report)
    for one in case.facts.citations:
        if one.venue and not (one.doi and not _reviewed(one.doi)):
            reason = f"it is said to have appeared in {one.venue!r}, with no identifier to look at"
            return OsaiAnswer(parameter, Grade.UNKNOWN, reason, one.quote, (one.where,))
    found = case.report(Component.RESEARCH_PAPER)
    if found.reach.unknown:
        return _answer(parameter, Grade.UNKNOWN, reason_of(found), found)
    reason = "no DOI or venue outside preprint servers is named"
    return _answer(parameter, _as_far_as_seen(case, Grade.CLOSED), reason, found)


def _cited(
    case: _Case, parameter: OsaiParameter, wanted: Callable[[Citation], Locator | None]
) -> OsaiAnswer | None:
    """Return the answer by an identifier that a citation of this model gives: it has to resolve."""
    pages = {one.locator.uri: one.look for one in case.facts.pages}
    doubtful: list[OsaiAnswer] = []
    for one in case.facts.citations:
        target = wanted(one)
        look = pages.get(target.uri) if target else None
        if target is None or isinstance(look, Missing):
            continue
        if not isinstance(look, Seen):
            reason = f"a citation names {target}, which was not looked at"
        elif is_named_in(case.facts.ref.name, look.value.title or ""):
            where = (one.where, look.value.where)
            return OsaiAnswer(parameter, Grade.OPEN, f"{target} resolves", one.quote, where)
        else:
            title = f"the title {look.value.title!r}" if look.value.title else "no title"
            reason = f"{target} resolves, with {title}: whose it is, a person must judge"
        doubtful.append(OsaiAnswer(parameter, Grade.UNKNOWN, reason, one.quote, (one.where,)))
    return doubtful[0] if doubtful else None


def _as_far_as_seen(case: _Case, grade: Grade) -> Grade:
    """Return that something is not there only where card and files were read whole."""
    card = case.facts.card
    unread = isinstance(card, Unseen) or (isinstance(card, Seen) and not card.value.complete)
    left = any(not one.about.isdisjoint(_PAPERS) for one in case.facts.unread)
    whole = case.facts.code_read and case.facts.inventory.complete
    doubtful = unread or left or not whole
    return Grade.UNKNOWN if grade is Grade.CLOSED and doubtful else grade


def _on_arxiv(target: Locator) -> bool:
    return target.kind is LocatorKind.ARXIV


def _reviewed(target: Locator) -> bool:
    """Tell whether an identifier is of a kind that is given where works are reviewed."""
    registrant = target.uri.partition("/")[0]
    return target.kind is LocatorKind.DOI and registrant not in _UNREVIEWED


def _paper_with(case: _Case, fits: Callable[[Claim], bool]) -> ComponentReport | None:
    """Return the report on a paper, with a claim that fits first, or ``None`` if none does."""
    for component in _PAPERS:
        report = case.report(component)
        fitting = [claim for claim in report.claims if not claim.denied and fits(claim)]
        if fitting:
            rest = [claim for claim in report.claims if claim not in fitting]
            return attrs.evolve(report, claims=(*fitting, *rest))
    return None


def _licenses(case: _Case) -> OsaiAnswer:
    report = case.report(Component.FINAL_PARAMETERS)
    found = report.license
    named = found.evident or found.claimed or "no licence"
    reason = f"{named}: terms {found.terms}"
    quote = found.claimed or ""
    grade = _LICENSES[found.terms]
    return OsaiAnswer(OsaiParameter.LICENSES, grade, reason, quote, found.because)


_QUESTIONS: tuple[Callable[[_Case], OsaiAnswer], ...] = (
    _base_data,
    _of(OsaiParameter.END_DATA, Component.DATASETS),
    _base_weights,
    _of(OsaiParameter.END_WEIGHTS, Component.FINAL_PARAMETERS),
    _training_code,
    _code_documentation,
    _hardware,
    _preprint,
    _paper,
    _of(OsaiParameter.MODEL_CARD, Component.MODEL_CARD),
    _of(OsaiParameter.DATASHEET, Component.DATA_CARD),
    _licenses,
)
