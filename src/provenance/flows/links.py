"""Following the publisher's links: source repositories and datasets, each looked at on its own.

What goes wrong behind a link never ends the audit: it ends as *missing* (we looked, it is not
there) or *unseen* (we could not look), and is said.
"""

from collections.abc import Iterable, Iterator
from typing import TypeVar

import attrs

from provenance.errors import Code
from provenance.flows.datasets import Follower, read_dataset
from provenance.flows.followed import look_at_link, pinned_first
from provenance.flows.pages import follow_pages, is_page, page_limits
from provenance.flows.repositories import read_repository
from provenance.recipe.locators import same
from provenance.sources.git_pin import Wanted
from provenance.values.claim import Claim
from provenance.values.component import Component
from provenance.values.facts import (
    LinkedDataset,
    LinkedPage,
    LinkedSource,
    SourceFacts,
)
from provenance.values.hazard import Hazard, Limit
from provenance.values.locator import Locator, LocatorKind
from provenance.values.look import Seen, Unseen
from provenance.values.revision import Commit
from provenance.values.source import Gitlink

T = TypeVar("T")
_FOLLOWED = frozenset({LocatorKind.GIT, LocatorKind.HUB_DATASET})


@attrs.frozen
class Followed:
    """Everything that the links led to."""

    sources: tuple[LinkedSource, ...]
    datasets: tuple[LinkedDataset, ...]
    pages: tuple[LinkedPage, ...]
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
    walk = _Walk(follower)
    for locator, about in grouped[:budget]:
        walk.visit(locator, about)
    walk.visit_submodules(budget - len(grouped))
    over = [
        Limit(Code.RESOURCE, str(locator), f"more than {budget} links")
        for locator in (*(one for one, _ in grouped[budget:]), *(one for one, _ in walk.inside))
    ]
    return walk.result(over)


class _Walk:
    """Looks at one link after the other, and remembers what was found."""

    def __init__(self, follower: Follower) -> None:
        self._follower = follower
        self._hazards: list[Hazard] = []
        self._sources: list[LinkedSource] = []
        self._datasets: list[LinkedDataset] = []
        self._pages: list[Locator] = []
        # Repositories inside those that were seen, which are looked at after all links.
        self.inside: list[tuple[Locator, Wanted]] = []

    def visit(self, locator: Locator, about: tuple[Claim, ...]) -> None:
        if is_page(locator):
            self._pages.append(locator)
        elif locator.kind is LocatorKind.GIT:
            dated = None if isinstance(locator.revision, Commit) else self._follower.released()
            self._visit_source(locator, about, Wanted.of(locator, released=dated))
        else:
            look, hazards = look_at_link(locator, self._reader_of(about), read_dataset)
            self._datasets.append(LinkedDataset(locator, about, look))
            self._hazards += hazards

    def _reader_of(self, about: tuple[Claim, ...]) -> Follower:
        """Return who looks at a dataset: of one that the model was only measured on, no data."""
        if {one.component for one in about} != {Component.EVALUATION_DATA}:
            return self._follower
        settings = self._follower.settings
        budget = attrs.evolve(settings.budget, dataset=0)
        return attrs.evolve(self._follower, settings=attrs.evolve(settings, budget=budget))

    def visit_submodules(self, most: int) -> None:
        """Look at repositories inside repositories, at most so many; the others stay inside."""
        known = {str(one.locator) for one in self._sources}
        while self.inside and most > 0:
            locator, wanted = self.inside.pop(0)
            if str(locator) not in known:
                known.add(str(locator))
                most -= 1
                self._visit_source(locator, (), wanted)

    def _visit_source(self, locator: Locator, about: tuple[Claim, ...], wanted: Wanted) -> None:
        def read(_: Locator, follower: Follower) -> tuple[SourceFacts, tuple[Hazard, ...]]:
            return read_repository(str(locator), wanted, follower)

        look, hazards = look_at_link(locator, self._follower, read)
        self._sources.append(LinkedSource(locator, about, look))
        self._hazards += hazards
        if isinstance(look, Seen):
            for one in look.value.submodules:
                child = Locator(LocatorKind.GIT, one.uri, one.commit)
                link = Gitlink(one.path, one.commit)
                self.inside.append((child, Wanted.submodule(link, one.uri, look.value.pin)))

    def result(self, over: list[Limit]) -> Followed:
        """Look at the pages, all at once, and return everything."""
        every: tuple[LinkedSource | LinkedDataset, ...] = (*self._sources, *self._datasets)
        pages = follow_pages(self._pages, self._follower)
        unseen = [
            Limit(linked.look.code, str(linked.locator), linked.look.reason)
            for linked in every
            if isinstance(linked.look, Unseen)
        ]
        return Followed(
            tuple(self._sources),
            tuple(self._datasets),
            pages,
            tuple(self._hazards),
            (*unseen, *self._inside_sources(), *page_limits(pages), *over),
        )

    def _inside_sources(self) -> Iterator[Limit]:
        """Yield what was left out of the repositories that were seen."""
        for one in self._sources:
            if isinstance(one.look, Seen):
                yield from one.look.value.limits


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
    return [(min(group, key=pinned_first), ()) for _, group in sorted(groups.items())]


def _place(one: Locator) -> tuple[LocatorKind, str]:
    return one.kind, same(one).uri


def _best(claims: list[Claim]) -> Locator:
    return min((claim.target for claim in claims if claim.target), key=pinned_first)
