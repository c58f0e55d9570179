"""Papers and reports: a PDF in the release, or a page that resolves and names the model."""

from collections.abc import Iterator

from provenance.checks.document_values import agrees_with_files
from provenance.checks.searching.carrier import Carrier, best
from provenance.checks.searching.claimed import claimed, claims_about, denial
from provenance.checks.searching.listed import ListedFiles
from provenance.checks.searching.looked import looked
from provenance.checks.searching.searched import doubt, given, nowhere
from provenance.values.artefact import Artefact
from provenance.values.claim import Claim
from provenance.values.component import Component
from provenance.values.facts import Facts, LinkedPage, PageFacts
from provenance.values.finding import Absent, Confirmed, Finding, Outcome, Unknown
from provenance.values.look import Seen
from provenance.values.model_name import is_named_in
from provenance.values.rung import Rung


def judge_document(
    check: str, component: Component, sought: str, facts: Facts
) -> tuple[Finding, ...]:
    """Return findings for rungs 1 to 5 about a paper or a report."""
    claims = claims_about(facts, component)
    if refused := denial(claims):
        return (Finding(check, component, Rung.CLAIMED, refused),)
    carriers = (*_files(check, component, facts), *_pages(given(claims), component, facts))
    carrier = best(carriers, doubt(facts, component))
    if carrier:
        return carrier.findings(check, component)
    return (Finding(check, component, Rung.CLAIMED, nowhere(facts, component, sought)),)


def _files(check: str, component: Component, facts: Facts) -> Iterator[Carrier]:
    for one in facts.artefacts:
        entry = facts.inventory.get(one.path)
        if one.component is component and entry:
            files = ListedFiles(check, component, (entry,), "document")
            said = files.listed(facts)[0].outcome
            typed = _named(one, facts)
            ours = (value for value in facts.written if value.path == one.path)
            agrees = agrees_with_files(ours, facts)
            yield Carrier(said, said, typed, files.bound(facts).outcome, agrees)


def _named(document: Artefact, facts: Facts) -> Outcome:
    title = document.names[0] if document.names else document.path
    if is_named_in(facts.ref.name, title):
        return Confirmed(
            f"{document.path} is {document.what}, and names the model", (document.where,)
        )
    return Unknown(f"{document.path} is {document.what}: whose it is, a person must judge")


def _pages(claims: tuple[Claim, ...], component: Component, facts: Facts) -> Iterator[Carrier]:
    pages = {(one.locator.kind, one.locator.uri): one for one in facts.pages}
    for claim in claims:
        said = claimed((claim,))
        if claim.target is None:
            why = Absent("the claim leads nowhere", (claim.where,))
            yield Carrier(said, why, why, why)
            continue
        if component is Component.TECHNICAL_REPORT and _is_a_paper(claim, facts):
            why = Absent(
                "what it leads to is the research paper, and counts as that", (claim.where,)
            )
            yield Carrier(said, said, why, why, facet=claim.target.uri)
            continue
        page = pages.get((claim.target.kind, claim.target.uri))
        typed = _page(page, facts) if page else Unknown("nobody looked at what it leads to")
        loose = Absent("a link to a page fixes no bytes", (claim.where,))
        agrees = _agrees(page, facts) if page else None
        yield Carrier(said, said, typed, loose, agrees, claim.target.uri)


def _agrees(page: LinkedPage, facts: Facts) -> Outcome | None:
    return agrees_with_files(page.look.value.stated, facts) if isinstance(page.look, Seen) else None


def _is_a_paper(claim: Claim, facts: Facts) -> bool:
    papers = given(claims_about(facts, Component.RESEARCH_PAPER))
    uris = {one.target.uri for one in papers if one.target}
    return claim.target is not None and claim.target.uri in uris


def _page(page: LinkedPage, facts: Facts) -> Outcome:
    return looked(page.look, lambda seen: _titled(seen, facts))


def _titled(page: PageFacts, facts: Facts) -> Outcome:
    if page.title and is_named_in(facts.ref.name, page.title):
        return Confirmed(f"it is there, with the title {page.title!r}", (page.where,))
    title = f"the title {page.title!r}" if page.title else "no title"
    return Unknown(f"it is there, with {title}: whose it is, a person must judge")
