"""Following links to pages and papers: each is looked at once, and kept as it was answered."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import assert_never

import attrs

from provenance.errors import Code
from provenance.flows.datasets import Follower
from provenance.sources.https import HttpsSource
from provenance.text.shape import Reader
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


def follow_pages(locators: Sequence[Locator], follower: Follower) -> tuple[Limit, ...]:
    """Look at pages and keep what was answered; what was not is returned, and why.

    Raises:
        ReleaseError: FILE_CHANGED, when evidence that is replayed is not what was kept.
    """
    if not locators:
        return ()
    follower.progress.step(f"looking at {len(locators)} linked pages")
    source = HttpsSource.of(follower.settings, follower.clock)
    with ThreadPoolExecutor(THREADS, thread_name_prefix="provenance-pages") as pool:
        limits = pool.map(lambda one: _followed(one, source, follower), locators)
        return tuple(limit for limit in limits if limit)


def _followed(locator: Locator, source: HttpsSource, follower: Follower) -> Limit | None:
    store = follower.store
    found = store.noted(f"page {locator}")
    if found is not None:
        reader = Reader.of(found, "page")
        for one in reader.objects("captures"):
            store.keep(store.recall(parse_evidence(one)))
        limits = reader.objects("limits")
        store.note(f"page {locator}", found)
        return parse_limit(limits[0]) if limits else None
    page = source.look(_address(locator))
    kept = [store.keep(one) for one in page.captures]
    limit = _limit(locator, page.look)
    store.note(
        f"page {locator}",
        {
            "captures": [encode_evidence(one) for one in kept],
            "limits": [encode_limit(limit)] if limit else [],
        },
    )
    return limit


def _address(locator: Locator) -> Locator:
    """Return the page that stands for a link."""
    prefix = _PAPERS.get(locator.kind)
    if prefix is None:
        return locator
    version = str(locator.revision) if locator.revision else ""
    return attrs.evolve(
        locator, kind=LocatorKind.HTTP, uri=f"{prefix}{locator.uri}{version}", revision=None
    )


def _limit(locator: Locator, look: Look[Fetched]) -> Limit | None:
    match look:
        case Unseen(why, code):
            return Limit(code, str(locator), why)
        case Missing(why):
            return Limit(Code.LINK_DEAD, str(locator), why)
        case Seen():
            return None
        case _:
            assert_never(look)
