"""Following the publisher's links: source repositories and datasets, each looked at on its own.

What goes wrong behind a link never ends the audit: it ends as *missing* (we looked, it is not
there) or *unseen* (we could not look), and is said.
"""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import cast

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
    DatasetFacts,
    LinkedDataset,
    LinkedPage,
    LinkedSource,
    SourceFacts,
)
from provenance.values.hazard import Hazard, Limit
from provenance.values.locator import Locator, LocatorKind
from provenance.values.look import Look, Seen, Unseen
from provenance.values.revision import Commit
from provenance.values.source import Gitlink

#: So many links are looked at at a time.
THREADS = 4
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
    walk.visit([_Asked(locator, about) for locator, about in grouped[:budget]])
    walk.visit_submodules(budget - len(grouped))
    over = [
        Limit(Code.RESOURCE, str(locator), f"more than {budget} links")
        for locator in (
            *(one for one, _ in grouped[budget:]),
            *(one.locator for one in walk.inside),
        )
    ]
    return walk.result(over)


@attrs.frozen
class _Asked:
    """What is looked at, the claims that lead to it, and how, where its locator does not tell."""

    locator: Locator
    about: tuple[Claim, ...] = ()
    wanted: Wanted | None = None


_Answer = tuple[Look[SourceFacts] | Look[DatasetFacts], tuple[Hazard, ...]]


class _Walk:
    """Looks at several links at a time, and remembers what was found, in the order of the links."""

    def __init__(self, follower: Follower) -> None:
        self._follower = follower
        self._hazards: list[Hazard] = []
        self._sources: list[LinkedSource] = []
        self._datasets: list[LinkedDataset] = []
        self._pages: list[Locator] = []
        # Repositories inside those that were seen, which are looked at after all links.
        self.inside: list[_Asked] = []

    def visit(self, asked: Sequence[_Asked]) -> None:
        """Look at links; pages are only noted, and looked at in the end."""
        self._pages += [one.locator for one in asked if is_page(one.locator)]
        others = [self._pinned(one) for one in asked if not is_page(one.locator)]
        with ThreadPoolExecutor(THREADS, thread_name_prefix="provenance-links") as pool:
            for one, (look, hazards) in zip(others, pool.map(self._look, others), strict=True):
                self._take(one, look)
                self._hazards += hazards

    def _pinned(self, asked: _Asked) -> _Asked:
        """Return what is asked with how it is pinned; the Hub is asked for that here, once."""
        one = asked.locator
        if one.kind is not LocatorKind.GIT or asked.wanted:
            return asked
        dated = None if isinstance(one.revision, Commit) else self._follower.released()
        return attrs.evolve(asked, wanted=Wanted.of(one, released=dated))

    def _look(self, asked: _Asked) -> _Answer:
        """Look at one link; called from any thread."""
        wanted = asked.wanted
        if wanted is None:
            return look_at_link(asked.locator, self._reader_of(asked.about), read_dataset)

        def read(one: Locator, follower: Follower) -> tuple[SourceFacts, tuple[Hazard, ...]]:
            return read_repository(str(one), wanted, follower)

        return look_at_link(asked.locator, self._follower, read)

    def _take(self, asked: _Asked, look: Look[SourceFacts] | Look[DatasetFacts]) -> None:
        if isinstance(look, Seen) and isinstance(look.value, SourceFacts):
            for one in look.value.submodules:
                child = Locator(LocatorKind.GIT, one.uri, one.commit)
                link = Gitlink(one.path, one.commit)
                wanted = Wanted.submodule(link, one.uri, look.value.pin)
                self.inside.append(_Asked(child, wanted=wanted))
        if asked.wanted:
            source = cast("Look[SourceFacts]", look)
            self._sources.append(LinkedSource(asked.locator, asked.about, source))
        else:
            dataset = cast("Look[DatasetFacts]", look)
            self._datasets.append(LinkedDataset(asked.locator, asked.about, dataset))

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
            waiting, self.inside = self.inside, []
            fresh = {str(one.locator): one for one in waiting if str(one.locator) not in known}
            chosen = list(fresh.values())[:most]
            known |= {str(one.locator) for one in chosen}
            most -= len(chosen)
            self.visit(chosen)
            self.inside += list(fresh.values())[len(chosen) :]

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
            (*unseen, *page_limits(pages), *over),
        )


def _grouped(claims: Iterable[Claim]) -> list[tuple[Locator, tuple[Claim, ...]]]:
    """Return each linked thing with all its claims, under the locator that pins it best.

    A repository stands once for each revision that is named of it: branches may hold what no other
    does. What names none goes with the best of them.
    """
    groups: dict[tuple[LocatorKind, str], list[Claim]] = {}
    for claim in claims:
        if claim.target and claim.target.kind in _FOLLOWED:
            groups.setdefault((claim.target.kind, claim.target.uri), []).append(claim)
    return [
        (_best(one), tuple(one))
        for (kind, _), group in sorted(groups.items())
        for one in (_by_revision(group) if kind is LocatorKind.GIT else [group])
    ]


def _by_revision(group: list[Claim]) -> list[list[Claim]]:
    best, found = _best(group), dict[str, list[Claim]]()
    for claim in group:
        target = claim.target if claim.target and claim.target.revision else best
        found.setdefault(str(target), []).append(claim)
    return [found[name] for name in sorted(found)]


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
