"""Following a release's links: repositories, datasets, pages, and the models it is made from."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

import attrs

from provenance.errors import Code
from provenance.flows.auditing.datasets import visit_dataset
from provenance.flows.auditing.followed import pinned_first
from provenance.flows.auditing.follower import Follower
from provenance.flows.auditing.models import visit_model
from provenance.flows.auditing.pages import is_page, visit_page
from provenance.flows.auditing.repositories import visit_repository
from provenance.flows.auditing.walk import Bound, Stop, Visit, walk
from provenance.recipe.links.locators import same
from provenance.sources.git_pin import Wanted
from provenance.values.claim import Claim
from provenance.values.component import Component
from provenance.values.facts import Ancestor, LinkedDataset, LinkedPage, LinkedSource
from provenance.values.hazard import Hazard, Limit
from provenance.values.locator import Locator, LocatorKind
from provenance.values.look import Missing
from provenance.values.revision import Commit

#: What looks at a link of each kind.
VISITS: Final[Mapping[LocatorKind, Visit]] = MappingProxyType(
    {
        LocatorKind.GIT: visit_repository,
        LocatorKind.HUB_DATASET: visit_dataset,
        LocatorKind.HUB_MODEL: visit_model,
        LocatorKind.HTTP: visit_page,
        LocatorKind.ARXIV: visit_page,
        LocatorKind.DOI: visit_page,
    }
)
#: A base model's base model's base model; and so many in all.
GENERATIONS: Final = 3
MOST: Final = 12
_FOLLOWED = frozenset({LocatorKind.GIT, LocatorKind.HUB_DATASET})


@attrs.frozen
class Followed:
    """Everything that the links led to; of the base models, the release's own first."""

    sources: tuple[LinkedSource, ...]
    datasets: tuple[LinkedDataset, ...]
    pages: tuple[LinkedPage, ...]
    ancestors: tuple[Ancestor, ...]
    hazards: tuple[Hazard, ...]
    limits: tuple[Limit, ...]


def follow(
    claims: Iterable[Claim], follower: Follower, *, said: Iterable[Locator] = ()
) -> Followed:
    """Look at everything that claims lead to, and then at what else is ``said``, each once.

    What no claim leads to says nothing about a component: it is pinned, kept and reported.

    Raises:
        ReleaseError: FILE_CHANGED, when evidence that is replayed is not what was kept.
    """
    claims = tuple(claims)
    grouped = _grouped(claims)
    grouped += _unclaimed(said, grouped)
    stops = [_pinned(Stop(locator, about), follower) for locator, about in grouped]
    walked = walk([*stops, *_made_from(claims)], VISITS, _bounds(follower), follower)
    pages = tuple(one for one in walked.linked if isinstance(one, LinkedPage))
    gone = ((one.locator, one.look) for one in pages if isinstance(one.look, Missing))
    dead = (Limit(Code.LINK_DEAD, str(locator), look.reason) for locator, look in gone)
    return Followed(
        tuple(one for one in walked.linked if isinstance(one, LinkedSource)),
        tuple(one for one in walked.linked if isinstance(one, LinkedDataset)),
        pages,
        tuple(one for one in walked.linked if isinstance(one, Ancestor)),
        walked.hazards,
        (*walked.limits, *dead),
    )


def _bounds(follower: Follower) -> tuple[Bound, Bound]:
    links = follower.settings.budget.links
    models = frozenset({LocatorKind.HUB_MODEL})
    why = f"more than {MOST} base models, or {GENERATIONS} generations of them"
    others = frozenset(VISITS) - models
    return (
        Bound(models, MOST, GENERATIONS, why),
        Bound(others, links, links, f"more than {links} links"),
    )


def _pinned(stop: Stop, follower: Follower) -> Stop:
    """Return the stop with how a repository is pinned; the Hub is asked for that here, once."""
    one = stop.locator
    if one.kind is not LocatorKind.GIT:
        return stop
    dated = None if isinstance(one.revision, Commit) else follower.released()
    return attrs.evolve(stop, wanted=Wanted.of(one, released=dated))


def _made_from(claims: Iterable[Claim]) -> Iterator[Stop]:
    """Yield the base models that claims name, each as often as it is named."""
    for claim in claims:
        one = claim.target
        named = claim.component is Component.BASE_MODELS and not claim.denied
        if named and one and one.kind is LocatorKind.HUB_MODEL:
            yield Stop(one, named=(claim.where,))


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
