"""Following links to pages and papers: each is looked at once, and kept as it was answered."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import assert_never

import attrs

from provenance.errors import Code, SourceError
from provenance.flows.datasets import Follower
from provenance.recipe.document import page_title
from provenance.recipe.license_text import LONGEST_TEXT, read_license
from provenance.recipe.stated_document import stated_in_document
from provenance.sources.https import HttpsSource
from provenance.text.html_text import html_lines
from provenance.text.shape import Reader
from provenance.values.evidence import Capture, EvidenceKind
from provenance.values.facts import LicenseText, LinkedPage, PageFacts
from provenance.values.fetched import Fetched
from provenance.values.hazard import Limit
from provenance.values.locator import Locator, LocatorKind
from provenance.values.look import Look, Missing, Seen, Unseen
from provenance.wire.evidence_json import encode_evidence, parse_evidence
from provenance.wire.hazards_json import encode_limit, parse_limit

# Where papers are looked at: their identifiers name no place.
_PAPERS = {
    LocatorKind.ARXIV: "https://arxiv.org/abs/",
    LocatorKind.DOI: "https://doi.org/",
}
THREADS = 4


def is_page(locator: Locator) -> bool:
    """Whether a link leads to something that is looked at as a page."""
    return locator.kind is LocatorKind.HTTP or locator.kind in _PAPERS


def follow_pages(locators: Sequence[Locator], follower: Follower) -> tuple[LinkedPage, ...]:
    """Look at pages, and keep what was answered.

    Raises:
        ReleaseError: FILE_CHANGED, when evidence that is replayed is not what was kept.
    """
    if not locators:
        return ()
    follower.progress.step(f"looking at {len(locators)} linked pages")
    source = HttpsSource.of(follower.settings, follower.clock)
    with ThreadPoolExecutor(THREADS, thread_name_prefix="provenance-pages") as pool:
        looks = pool.map(lambda one: _followed(one, source, follower), locators)
        return tuple(map(LinkedPage, locators, looks))


def page_limits(pages: Sequence[LinkedPage]) -> tuple[Limit, ...]:
    """Return the pages that were not seen, and why."""
    limits = (_limit(one.locator, one.look) for one in pages)
    return tuple(limit for limit in limits if limit)


def _followed(locator: Locator, source: HttpsSource, follower: Follower) -> Look[PageFacts]:
    store = follower.store
    found = store.noted(f"page {locator}")
    if found is not None:
        reader = Reader.of(found, "page")
        captures = [store.recall(parse_evidence(one)) for one in reader.objects("captures")]
        limits = [parse_limit(one) for one in reader.objects("limits")]
        _note(locator, captures, limits, follower)
        return _look(captures, limits)
    answered, look = _asked(locator, source, follower)
    limit = _limit(locator, look)
    limits = [limit] if limit else []
    _note(locator, answered, limits, follower)
    return _look(answered, limits)


def _asked(
    locator: Locator, source: HttpsSource, follower: Follower
) -> tuple[tuple[Capture, ...], Look[Fetched]]:
    try:
        follower.seconds_left()
    except SourceError as error:
        return (), Unseen(error.what, error.code)
    page = source.look(_address(locator))
    return page.captures, page.look


def _note(
    locator: Locator, captures: Sequence[Capture], limits: Sequence[Limit], follower: Follower
) -> None:
    kept = [follower.store.keep(one) for one in captures]
    follower.store.note(
        f"page {locator}",
        {
            "captures": [encode_evidence(one) for one in kept],
            "limits": [encode_limit(one) for one in limits],
        },
    )


def _look(captures: Sequence[Capture], limits: Sequence[Limit]) -> Look[PageFacts]:
    """Return what the captures of a page come to: the same, whether it was asked or replayed."""
    for one in captures:
        if one.kind is EvidenceKind.FILE:
            stated = stated_in_document(one.payload, path=one.uri, where=one.where)
            licence = _license(one)
            return Seen(PageFacts(page_title(one.payload), one.where, stated, licence))
    because = tuple(one.where for one in captures)
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
