"""Following links to pages and papers: each is looked at once, and kept as it was answered."""

from functools import partial
from typing import assert_never

import attrs

from provenance.errors import Code, SourceError
from provenance.flows.auditing.follower import Follower
from provenance.flows.auditing.walk import Arrived, Stop
from provenance.recipe.documents.document import page_title
from provenance.recipe.documents.stated_document import stated_in_document
from provenance.recipe.licenses.license_text import LONGEST_TEXT, read_license
from provenance.sources.https import HttpsSource
from provenance.text.html_text import html_lines
from provenance.values.answers import PageAnswer
from provenance.values.evidence import Capture, EvidenceKind
from provenance.values.facts import LicenseText, LinkedPage, PageFacts
from provenance.values.fetched import Fetched
from provenance.values.hazard import Limit
from provenance.values.locator import Locator, LocatorKind
from provenance.values.look import Look, Missing, Seen, Unseen
from provenance.wire.notes_json import PAGE

# Where papers are looked at: their identifiers name no place.
_PAPERS = {
    LocatorKind.ARXIV: "https://arxiv.org/abs/",
    LocatorKind.DOI: "https://doi.org/",
}


def is_page(locator: Locator) -> bool:
    """Whether a link leads to something that is looked at as a page."""
    return locator.kind is LocatorKind.HTTP or locator.kind in _PAPERS


def visit_page(stop: Stop, follower: Follower) -> Arrived:
    """Look at a page, and keep what was answered.

    Raises:
        ReleaseError: FILE_CHANGED, when evidence that is replayed is not what was kept.
    """
    follower.progress.step(f"looking at {stop.locator.uri}")
    ask = partial(_asked, stop.locator, follower)
    look = _look(follower.store.answer(f"page {stop.locator}", PAGE, ask))
    return Arrived(LinkedPage(stop.locator, look))


def _asked(locator: Locator, follower: Follower) -> PageAnswer:
    try:
        follower.seconds_left()
    except SourceError as error:
        return PageAnswer((), (Limit(error.code, str(locator), error.what),))
    page = HttpsSource.of(follower.settings, follower.clock).look(_address(locator))
    limit = _limit(locator, page.look)
    return PageAnswer(page.captures, (limit,) if limit else ())


def _look(page: PageAnswer) -> Look[PageFacts]:
    """Return what a page comes to: the same, whether it was asked or replayed."""
    limits = page.limits
    for one in page.captures:
        if one.kind is EvidenceKind.FILE:
            stated = stated_in_document(one.payload, path=one.uri, where=one.where)
            licence = _license(one)
            return Seen(PageFacts(page_title(one.payload), one.where, stated, licence))
    because = tuple(one.where for one in page.captures)
    why = limits[0].why if limits else "nothing was answered"
    code = limits[0].code if limits else Code.NETWORK
    # Gone is what a server said, and its answer was kept.
    gone = because and code is Code.LINK_DEAD
    return Missing(why, because) if gone else Unseen(why, code)


def _license(page: Capture) -> LicenseText | None:
    """Return the licence that a page is, or tells of; ``None`` where it tells of none."""
    data = page.payload
    if b"licen" not in data[:LONGEST_TEXT].lower():
        return None
    if page_title(data):
        # Of a page of the web the words that a reader sees.
        data = "\n".join(html_lines(data)).encode()
    return attrs.evolve(read_license(data, address=page.address), where=page.where)


def _address(locator: Locator) -> Locator:
    """Return the page that stands for a link."""
    prefix = _PAPERS.get(locator.kind)
    if prefix is None:
        return locator
    version = str(locator.revision) if locator.revision else ""
    return attrs.evolve(
        locator, kind=LocatorKind.HTTP, uri=f"{prefix}{locator.uri}{version}", revision=None
    )


def _limit(locator: Locator, look: Look[Fetched] | Look[PageFacts]) -> Limit | None:
    match look:
        case Unseen(why, code):
            return Limit(code, str(locator), why)
        case Missing(why):
            return Limit(Code.LINK_DEAD, str(locator), why)
        case Seen():
            return None
        case _:
            assert_never(look)
