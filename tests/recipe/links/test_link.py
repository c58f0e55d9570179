from provenance.recipe.links.link import Candidate, Link, Links, Refused, links_of
from provenance.recipe.links.locators import Forbidden
from provenance.text.markdown_links import Context
from provenance.text.span import Span
from provenance.values.locator import Locator, LocatorKind

PLACE = Span(0, 1)
LOCATOR = Locator(LocatorKind.DOI, "10.1234/a")


def test_candidates_become_links_refusals_or_nothing() -> None:
    reads = (LOCATOR, Forbidden("why"), None)

    found = links_of(Candidate("t", one, PLACE, Context.BADGE) for one in reads)

    assert found.found == (Link(LOCATOR, PLACE, Context.BADGE),)
    assert found.refused == (Refused("t", "why", PLACE, Context.BADGE),)
    assert not found.found[0].is_evidence
    assert Link(LOCATOR, PLACE, Context.PROSE).is_evidence


def test_two_readings_are_complete_only_if_both_are() -> None:
    one = links_of([Candidate("t", LOCATOR, PLACE, Context.PROSE)])

    assert one + one == Links(one.found * 2)
    assert not (one + Links(complete=False)).complete
