"""Following the publisher's links: source repositories and datasets, each looked at on its own.

What goes wrong behind a link never ends the audit: it ends as *missing* (we looked, it is not
there) or *unseen* (we could not look), and is said.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar

import attrs

from provenance.doors.workspace import workspace
from provenance.errors import Code, ReleaseError, SourceError
from provenance.flows.datasets import Follower, read_dataset
from provenance.flows.pages import follow_pages, is_page
from provenance.flows.recorded import note_trouble, recorded_trouble
from provenance.flows.recorded_code import FetchedCode, note_code, recorded_code
from provenance.recipe.locators import same
from provenance.recipe.source_tree import interesting, read_source
from provenance.sources.git import GitSource
from provenance.values.claim import Claim
from provenance.values.facts import LinkedDataset, LinkedSource, SourceFacts
from provenance.values.hazard import Hazard, Limit
from provenance.values.locator import Locator, LocatorKind
from provenance.values.look import Look, Missing, Seen, Unseen
from provenance.values.revision import Commit

T = TypeVar("T")
_FOLLOWED = frozenset({LocatorKind.GIT, LocatorKind.HUB_DATASET})
# Trouble that means "we looked, and nothing is there", and not "we could not look".
_NOT_THERE = frozenset({Code.LINK_DEAD, Code.GIT_REF, Code.HUB_UNKNOWN, Code.HUB_DISABLED})


@attrs.frozen
class Followed:
    """Everything that the links led to."""

    sources: tuple[LinkedSource, ...]
    datasets: tuple[LinkedDataset, ...]
    hazards: tuple[Hazard, ...]
    limits: tuple[Limit, ...]


def follow(
    claims: Iterable[Claim], follower: Follower, *, said: Iterable[Locator] = ()
) -> Followed:
    """Look at everything that claims lead to, and then at what else is ``said``, each once.

    What no claim leads to says nothing about a component: it is pinned, kept and reported.
    """
    grouped = _grouped(claims)
    grouped += _unclaimed(said, grouped)
    budget = follower.settings.budget.links
    hazards: list[Hazard] = []
    sources: list[LinkedSource] = []
    datasets: list[LinkedDataset] = []
    pages: list[Locator] = []
    for locator, about in grouped[:budget]:
        if is_page(locator):
            pages.append(locator)
            troubles: tuple[Hazard, ...] = ()
        elif locator.kind is LocatorKind.GIT:
            source, troubles = _source(locator, about, follower)
            sources.append(source)
        else:
            dataset, troubles = _dataset(locator, about, follower)
            datasets.append(dataset)
        hazards += troubles
    every: tuple[LinkedSource | LinkedDataset, ...] = (*sources, *datasets)
    limits = [
        Limit(linked.look.code, str(linked.locator), linked.look.reason)
        for linked in every
        if isinstance(linked.look, Unseen)
    ]
    limits += follow_pages(pages, follower)
    limits += [
        Limit(Code.RESOURCE, str(locator), f"more than {budget} links")
        for locator, _ in grouped[budget:]
    ]
    return Followed(tuple(sources), tuple(datasets), tuple(hazards), tuple(limits))


def _grouped(claims: Iterable[Claim]) -> list[tuple[Locator, tuple[Claim, ...]]]:
    """Return each linked thing once, under the locator that pins it best, with all its claims."""
    groups: dict[tuple[LocatorKind, str], list[Claim]] = {}
    for claim in claims:
        if claim.target and claim.target.kind in _FOLLOWED:
            groups.setdefault((claim.target.kind, claim.target.uri), []).append(claim)
    return [(_best(group), tuple(group)) for _, group in sorted(groups.items())]


def _unclaimed(
    said: Iterable[Locator], claimed: list[tuple[Locator, tuple[Claim, ...]]]
) -> list[tuple[Locator, tuple[Claim, ...]]]:
    """Return the links that no claim leads to, each once, and only what can be followed."""
    known = {_place(one) for one, _ in claimed}
    groups: dict[tuple[LocatorKind, str], list[Locator]] = {}
    for one in said:
        place = _place(one)
        if place not in known and (one.kind in _FOLLOWED or is_page(one)):
            groups.setdefault(place, []).append(one)
    return [(min(group, key=_pinned_first), ()) for _, group in sorted(groups.items())]


def _place(one: Locator) -> tuple[LocatorKind, str]:
    return one.kind, same(one).uri


def _best(claims: list[Claim]) -> Locator:
    return min((claim.target for claim in claims if claim.target), key=_pinned_first)


def _pinned_first(one: Locator) -> tuple[bool, bool, str]:
    return not isinstance(one.revision, Commit), one.revision is None, str(one)


def _source(
    locator: Locator, claims: tuple[Claim, ...], follower: Follower
) -> tuple[LinkedSource, tuple[Hazard, ...]]:
    look, hazards = _look(locator, follower, _read_source)
    return LinkedSource(locator, claims, look), hazards


def _dataset(
    locator: Locator, claims: tuple[Claim, ...], follower: Follower
) -> tuple[LinkedDataset, tuple[Hazard, ...]]:
    look, hazards = _look(locator, follower, read_dataset)
    return LinkedDataset(locator, claims, look), hazards


def _look(
    locator: Locator,
    follower: Follower,
    read: Callable[[Locator, Follower], tuple[T, tuple[Hazard, ...]]],
) -> tuple[Look[T], tuple[Hazard, ...]]:
    """Follow one link; trouble behind it is an answer, and never ends the audit."""
    follower.progress.step(f"fetching {locator.uri}")
    asked = f"{locator.kind} {locator}"
    try:
        if trouble := recorded_trouble(follower.store, asked):
            raise trouble
        facts, hazards = read(locator, follower)
    except SourceError as error:
        note_trouble(follower.store, asked, error)
        gone = error.code in _NOT_THERE
        return (Missing(error.what) if gone else Unseen(error.what, error.code)), ()
    except ReleaseError as error:
        if error.code is Code.FILE_CHANGED:
            raise  # Not of the link: somebody changed the evidence that is replayed.
        note_trouble(follower.store, asked, error)
        look = Unseen(f"what is there cannot be read: {error.what}", error.code)
        return look, (Hazard(error.code, str(locator), error.what),)
    return Seen(facts), hazards


def _read_source(locator: Locator, follower: Follower) -> tuple[SourceFacts, tuple[Hazard, ...]]:
    store = follower.store
    code = recorded_code(store, str(locator)) or _fetched(locator, follower)
    note_code(store, str(locator), code)
    facts = read_source(code.pin, code.listing.where, code.paths, code.files, whole=code.whole)
    return facts, code.hazards


def _fetched(locator: Locator, follower: Follower) -> FetchedCode:
    settings = follower.settings
    with (
        workspace(settings.cache) as folder,
        GitSource.fetch(locator, settings=settings, into=folder, clock=follower.clock) as source,
    ):
        here = {file.path for file in source.files if file.size is not None}
        wanted = interesting(file.path for file in source.files)
        files = {path: source.read(path) for path in wanted if path in here}
        return FetchedCode(
            source.pin,
            source.listing,
            tuple(file.path for file in source.files),
            files,
            (*source.captures(files), *([source.refs] if source.refs else [])),
            source.hazards,
            whole=len(files) == len(wanted) and not source.truncated,
        )
