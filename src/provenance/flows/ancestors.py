"""Looking at what a release was made from: its base models, and theirs in turn, each once."""

from collections.abc import Iterable, Iterator

import attrs

from provenance.errors import Code
from provenance.flows.datasets import Follower
from provenance.flows.followed import look_at_link, pinned_first
from provenance.flows.models import read_model
from provenance.recipe.locators import hub_model
from provenance.values.claim import Claim
from provenance.values.component import Component
from provenance.values.evidence import Where
from provenance.values.facts import Ancestor
from provenance.values.hazard import Hazard, Limit
from provenance.values.locator import Locator, LocatorKind
from provenance.values.look import Seen, Unseen

#: A base model's base model's base model; and so many in all.
GENERATIONS = 3
MOST = 12


@attrs.frozen
class AncestorsRead:
    """The base models, the release's own first, and what of them was odd, or not looked at."""

    found: tuple[Ancestor, ...] = ()
    limits: tuple[Limit, ...] = ()
    hazards: tuple[Hazard, ...] = ()

    @property
    def told(self) -> tuple[Hazard | Limit, ...]:
        """Return everything that a reader of the audit has to be told."""
        return (*self.limits, *self.hazards)


@attrs.frozen
class _Named:
    """A base model by its best pinned name, and every place that names it."""

    locator: Locator
    where: tuple[Where, ...]


def read_ancestors(claims: Iterable[Claim], follower: Follower) -> AncestorsRead:
    """Look at every base model that claims name, and at theirs, each once."""
    named = _claimed(claims)
    found: list[Ancestor] = []
    limits: list[Limit] = []
    hazards: list[Hazard] = []
    for generation in range(1, GENERATIONS + 1):
        known = {one.locator.uri for one in found}
        fresh = [one for one in named if one.locator.uri not in known]
        room = max(0, MOST - len(found))
        limits += _over(fresh[room:])
        read = []
        for one in fresh[:room]:
            look, odd = look_at_link(one.locator, follower, read_model)
            read.append(Ancestor(one.locator, generation, one.where, look))
            hazards += odd
        found += read
        named = _next(read)
    limits += [*_over(named), *_unseen(found)]
    return AncestorsRead(tuple(found), tuple(limits), tuple(hazards))


def _claimed(claims: Iterable[Claim]) -> list[_Named]:
    targets = (
        (claim.target, claim.where)
        for claim in claims
        if claim.component is Component.BASE_MODELS and claim.target and not claim.denied
    )
    return _grouped(pair for pair in targets if pair[0].kind is LocatorKind.HUB_MODEL)


def _grouped(pairs: Iterable[tuple[Locator, Where]]) -> list[_Named]:
    """Return each model once, in the order of its first name."""
    groups: dict[str, list[tuple[Locator, Where]]] = {}
    for locator, where in pairs:
        groups.setdefault(locator.uri, []).append((locator, where))
    return [
        _Named(
            min((locator for locator, _ in group), key=pinned_first),
            tuple(dict.fromkeys(where for _, where in group)),
        )
        for group in groups.values()
    ]


def _next(read: Iterable[Ancestor]) -> list[_Named]:
    """Return the base models that those which were seen name."""
    cards = (one.look.value.card for one in read if isinstance(one.look, Seen))
    quotes = (quote for card in cards if isinstance(card, Seen) for quote in card.value.base_models)
    named = ((hub_model(quote.text), quote.where) for quote in quotes)
    return _grouped((locator, where) for locator, where in named if locator)


def _over(named: Iterable[_Named]) -> Iterator[Limit]:
    for one in named:
        why = f"more than {MOST} base models, or {GENERATIONS} generations of them"
        yield Limit(Code.RESOURCE, str(one.locator), why)


def _unseen(found: Iterable[Ancestor]) -> Iterator[Limit]:
    for one in found:
        if isinstance(one.look, Unseen):
            yield Limit(one.look.code, str(one.locator), one.look.reason)
