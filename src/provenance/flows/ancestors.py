"""Looking at what a release was made from: the terms of base models, and of theirs in turn."""

from collections.abc import Iterable, Iterator

import attrs

from provenance.checks.model_card import CARD_FILE
from provenance.errors import Code, ReleaseError, SourceError, TextError
from provenance.flows.datasets import Follower
from provenance.flows.desk import Desk
from provenance.flows.license_files import license_behind
from provenance.flows.recorded import (
    RecordedSource,
    note_source,
    note_trouble,
    recorded_source,
    recorded_trouble,
)
from provenance.recipe.card import Subject, read_card
from provenance.recipe.license_link import license_file
from provenance.recipe.license_text import read_license
from provenance.recipe.locators import hub_model
from provenance.sources.hub import HubSource
from provenance.values.claim import Claim
from provenance.values.component import Component
from provenance.values.evidence import Where
from provenance.values.facts import Ancestor, AncestorFacts, CardFacts, LicenseText
from provenance.values.hazard import Limit
from provenance.values.locator import Locator, LocatorKind
from provenance.values.look import Look, Missing, Seen, Unseen
from provenance.values.ref import Ref, Scheme

#: A base model's base model's base model; and so many in all.
GENERATIONS = 3
MOST = 12
#: Larger than any card or licence that people wrote by hand.
LARGEST = 2**20
_NOT_THERE = frozenset({Code.HUB_UNKNOWN, Code.HUB_DISABLED})


@attrs.frozen
class AncestorsRead:
    """The base models, the release's own first, and what of them was not looked at."""

    found: tuple[Ancestor, ...] = ()
    limits: tuple[Limit, ...] = ()


def read_ancestors(claims: Iterable[Claim], follower: Follower) -> AncestorsRead:
    """Look at every base model that claims name, and at theirs, each once."""
    named = _named(claims)
    found: list[Ancestor] = []
    limits: list[Limit] = []
    for generation in range(1, GENERATIONS + 1):
        known = {one.locator.uri for one in found}
        fresh = {at: where for at, where in named.items() if at.uri not in known}
        limits += _over(list(fresh)[max(0, MOST - len(found)) :])
        read = [
            Ancestor(locator, generation, where, _look(locator, follower))
            for locator, where in list(fresh.items())[: max(0, MOST - len(found))]
        ]
        found += read
        named = _next(read)
    limits += [*_over(named), *_unseen(found)]
    return AncestorsRead(tuple(found), tuple(limits))


def _named(claims: Iterable[Claim]) -> dict[Locator, tuple[Where, ...]]:
    named: dict[Locator, tuple[Where, ...]] = {}
    for claim in claims:
        is_base = claim.component is Component.BASE_MODELS and not claim.denied
        if is_base and claim.target and claim.target.kind is LocatorKind.HUB_MODEL:
            named[claim.target] = (*named.get(claim.target, ()), claim.where)
    return named


def _next(read: Iterable[Ancestor]) -> dict[Locator, tuple[Where, ...]]:
    """Return the base models that those which were seen name."""
    cards = (one.look.value.card for one in read if isinstance(one.look, Seen))
    quotes = (quote for card in cards if isinstance(card, Seen) for quote in card.value.base_models)
    named = ((hub_model(quote.text), quote.where) for quote in quotes)
    return {locator: (where,) for locator, where in named if locator}


def _over(locators: Iterable[Locator]) -> Iterator[Limit]:
    for locator in locators:
        why = f"more than {MOST} base models, or {GENERATIONS} generations of them"
        yield Limit(Code.RESOURCE, str(locator), why)


def _unseen(found: Iterable[Ancestor]) -> Iterator[Limit]:
    for one in found:
        if isinstance(one.look, Unseen):
            yield Limit(one.look.code, str(one.locator), one.look.reason)


def _look(locator: Locator, follower: Follower) -> Look[AncestorFacts]:
    """Look at one base model; trouble with it is an answer, and never ends the audit."""
    follower.progress.step(f"fetching the terms of {locator.uri}")
    asked = f"terms of {locator.kind} {locator}"
    try:
        if trouble := recorded_trouble(follower.store, asked):
            raise trouble
        return Seen(_read(_reached(locator, asked, follower), follower))
    except SourceError as error:
        note_trouble(follower.store, asked, error)
        gone = error.code in _NOT_THERE
        return Missing(error.what) if gone else Unseen(error.what, error.code)
    except ReleaseError as error:
        if error.code is Code.FILE_CHANGED:
            raise  # Not of the base model: somebody changed the evidence that is replayed.
        note_trouble(follower.store, asked, error)
        return Unseen(f"what is there cannot be read: {error.what}", error.code)


def _reached(locator: Locator, asked: str, follower: Follower) -> HubSource | RecordedSource:
    if recorded := recorded_source(follower.store, asked):
        return recorded
    source = HubSource.resolve(
        Ref(Scheme.HF, locator.uri, locator.revision),
        kind=LocatorKind.HUB_MODEL,
        settings=follower.settings,
        clock=follower.clock,
    )
    note_source(follower.store, asked, source)
    return source


@attrs.frozen(eq=False)
class _Documents:
    """The small files of a base model, each read only where it is listed and small."""

    source: HubSource | RecordedSource
    follower: Follower

    def bytes_of(self, path: str) -> tuple[bytes, str] | Missing | Unseen:
        """Return a file's bytes and its name."""
        inventory = self.source.listing().inventory
        entry = inventory.get(path)
        if entry is None:
            missing = Missing(f"there is no {path}")
            return missing if inventory.complete else Unseen("the listing is not complete")
        if entry.size > LARGEST:
            return Unseen(f"{path} has {entry.size:,} bytes", Code.RESOURCE)
        desk = Desk(self.source, self.follower.store, self.follower.clock, self.source.uri)
        try:
            document = desk.read(path)
        except SourceError as error:
            return Unseen(error.what, error.code)
        return document.data, document.where.uri


def _read(source: HubSource | RecordedSource, follower: Follower) -> AncestorFacts:
    listing = source.listing()
    follower.store.keep(listing.capture)
    documents = _Documents(source, follower)
    paths = {str(entry.path) for entry in listing.inventory}
    card = _card(documents.bytes_of(CARD_FILE))
    licence = license_file(card, paths, source.uri, of_model=True) or "LICENSE"
    text = _license(documents.bytes_of(licence))
    return AncestorFacts(listing.capture.where, card, license_behind(text, card, (), source.uri))


def _card(found: tuple[bytes, str] | Missing | Unseen) -> Look[CardFacts]:
    if not isinstance(found, tuple):
        return found
    data, uri = found
    try:
        return Seen(read_card(data, uri=uri, path=CARD_FILE, subject=Subject.DATASET).facts)
    except TextError as error:
        return Unseen(error.what, error.code)


def _license(found: tuple[bytes, str] | Missing | Unseen) -> Look[LicenseText]:
    return Seen(read_license(found[0], uri=found[1])) if isinstance(found, tuple) else found
