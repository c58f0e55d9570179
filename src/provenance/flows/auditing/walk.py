"""The walk of links: one queue, several links at a time, and each place is looked at once.

What goes wrong behind a link never ends the audit: it ends as *missing* (we looked, it is not
there) or *unseen* (we could not look), and is said.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import attrs

from provenance.errors import Code
from provenance.flows.auditing.followed import pinned_first
from provenance.flows.auditing.follower import Follower
from provenance.sources.git_pin import Wanted
from provenance.values.claim import Claim
from provenance.values.evidence import Where
from provenance.values.facts import Ancestor, LinkedDataset, LinkedPage, LinkedSource
from provenance.values.hazard import Hazard, Limit
from provenance.values.locator import Locator, LocatorKind
from provenance.values.look import Unseen

#: So many links are looked at at a time.
THREADS: Final = 4
Linked = LinkedSource | LinkedDataset | LinkedPage | Ancestor


@attrs.frozen
class Stop:
    """A link to look at: what leads there, and what its locator does not tell.

    ``claims`` rest on it; ``named`` are the places that name it. ``steps`` is 1 for what the
    release itself names, one more for what was found there. ``wanted`` is how a repository is
    pinned.
    """

    locator: Locator
    claims: tuple[Claim, ...] = ()
    named: tuple[Where, ...] = ()
    steps: int = 1
    wanted: Wanted | None = None


@attrs.frozen
class Arrived:
    """What looking at a link came to, what of it is odd, and where it leads in turn."""

    linked: Linked
    hazards: tuple[Hazard, ...] = ()
    further: tuple[Stop, ...] = ()


Visit = Callable[[Stop, Follower], Arrived]


@attrs.frozen
class Bound:
    """How many links of some kinds are looked at in all, and how many steps away at most."""

    kinds: frozenset[LocatorKind]
    most: int
    steps: int
    why: str


@attrs.frozen
class Walked:
    """Everything that was looked at, in order, and what was not."""

    linked: tuple[Linked, ...]
    hazards: tuple[Hazard, ...]
    limits: tuple[Limit, ...]


def walk(
    stops: Sequence[Stop],
    visits: Mapping[LocatorKind, Visit],
    bounds: Sequence[Bound],
    follower: Follower,
) -> Walked:
    """Look at links, and then at those that they lead to, until none is left within the bounds.

    Raises:
        ReleaseError: FILE_CHANGED, when evidence that is replayed is not what was kept.
    """
    queue = _Queue(bounds)
    arrived: list[Arrived] = []
    with ThreadPoolExecutor(THREADS, thread_name_prefix="provenance-links") as pool:
        while chosen := queue.admit(stops):
            found = pool.map(lambda one: visits[one.locator.kind](one, follower), chosen)
            here = list(found)
            arrived += here
            stops = [stop for one in here for stop in one.further]
    return Walked(
        tuple(one.linked for one in arrived),
        tuple(hazard for one in arrived for hazard in one.hazards),
        (*_unseen(arrived), *queue.left),
    )


class _Queue:
    """Admits each place once, within bounds, and remembers what it did not admit."""

    def __init__(self, bounds: Sequence[Bound]) -> None:
        self._bounds = bounds
        self._known: set[tuple[LocatorKind, str]] = set()
        self._counts = [0] * len(bounds)
        self.left: list[Limit] = []

    def admit(self, stops: Iterable[Stop]) -> list[Stop]:
        """Return the stops to look at now, in their order."""
        fresh: dict[tuple[LocatorKind, str], Stop] = {}
        for one in stops:
            place = _place(one.locator)
            if place not in self._known:
                fresh[place] = _joined(fresh[place], one) if place in fresh else one
        self._known |= fresh.keys()
        return [one for one in fresh.values() if self._has_room(one)]

    def _has_room(self, stop: Stop) -> bool:
        which = next(at for at, it in enumerate(self._bounds) if stop.locator.kind in it.kinds)
        bound = self._bounds[which]
        if self._counts[which] >= bound.most or stop.steps > bound.steps:
            self.left.append(Limit(Code.RESOURCE, str(stop.locator), bound.why))
            return False
        self._counts[which] += 1
        return True


def _place(locator: Locator) -> tuple[LocatorKind, str]:
    """Return what makes two links one: of a repository, each revision is a place of its own."""
    by_revision = locator.kind is not LocatorKind.HUB_MODEL
    return locator.kind, str(locator) if by_revision else locator.uri


def _joined(one: Stop, other: Stop) -> Stop:
    """Return two links to one place as one, under the better of its names."""
    locator = min(one.locator, other.locator, key=pinned_first)
    named = tuple(dict.fromkeys((*one.named, *other.named)))
    return attrs.evolve(one, locator=locator, named=named)


def _unseen(arrived: Iterable[Arrived]) -> Iterable[Limit]:
    for one in arrived:
        look = one.linked.look
        if isinstance(look, Unseen):
            yield Limit(look.code, str(one.linked.locator), look.reason)
