"""Looking at a linked dataset: its listing, what it says of itself, and its files if few."""

from collections.abc import Callable
from typing import TypeVar, assert_never

import attrs

from provenance.checks.model_card import CARD_FILE
from provenance.errors import Code, SourceError
from provenance.flows.auditing.desk import LARGEST_DOCUMENT, Desk, Document
from provenance.flows.auditing.followed import look_at_link
from provenance.flows.auditing.follower import Follower
from provenance.flows.auditing.license_files import license_behind, read_own_license
from provenance.flows.auditing.look_at import look_at
from provenance.flows.auditing.walk import Arrived, Stop
from provenance.flows.digesting.observe import observe
from provenance.flows.resolving.hub_links import linked_source
from provenance.ports.repository import Repository
from provenance.recipe.data.croissant import BUDGET as CROISSANT_BUDGET
from provenance.recipe.data.croissant import read_croissant
from provenance.recipe.data.dataset_card import read_dataset_card
from provenance.recipe.data.dataset_files import Role, role_of
from provenance.recipe.prose.card import Subject, read_card
from provenance.stores.replay import answer_about
from provenance.values.access import REFUSED, Access
from provenance.values.component import Component
from provenance.values.dataset import (
    Answer,
    DatasetRecord,
    Declared,
    Sighting,
    availability_of,
)
from provenance.values.dataset_card import CroissantFacts, DatasetCard
from provenance.values.facts import CardFacts, DatasetFacts, LicenseText, LinkedDataset
from provenance.values.hazard import Hazard, Limit
from provenance.values.inventory import FileEntry, Inventory
from provenance.values.listing import Listing
from provenance.values.locator import Locator
from provenance.values.look import Look, Missing, Seen, Unseen
from provenance.values.observation import Observation
from provenance.wire.notes_json import OBSERVATION

T = TypeVar("T")
_DOCUMENTS = frozenset({Role.CARD, Role.LICENSE, Role.CROISSANT})
_GATES = frozenset({Access.AUTO_GATE, Access.MANUAL_GATE})
# What is not read because nobody wanted it.
_CHOSEN = frozenset({Code.NOT_COVERED, Code.RESOURCE})
# What trouble on the way to a dataset says of it; any other says nothing.
_ANSWERS = {Code.OFFLINE: Answer.NOT_ASKED, Code.HUB_GATED: Answer.REFUSED}


def visit_dataset(stop: Stop, follower: Follower) -> Arrived:
    """Look at a linked dataset; of one that the model was only measured on, no data is read."""
    if {one.component for one in stop.claims} == {Component.EVALUATION_DATA}:
        budget = attrs.evolve(follower.settings.budget, dataset=0)
        follower = attrs.evolve(follower, settings=attrs.evolve(follower.settings, budget=budget))
    look, hazards = look_at_link(stop.locator, follower, read_dataset)
    return Arrived(LinkedDataset(stop.locator, stop.claims, look), hazards)


def read_dataset(locator: Locator, follower: Follower) -> tuple[DatasetFacts, tuple[Hazard, ...]]:
    """Look at a dataset on the Hub.

    Its files are read and hashed when they fit the budget; else they keep the Hub's digests. What
    it declares is read from its card, and from a Croissant description that is listed beside it.

    Raises:
        SourceError: when the Hub cannot be asked or knows no such dataset.
        ReleaseError: for a listing that cannot be read, or bytes that are not as claimed.

    """
    source = linked_source(
        locator, settings=follower.settings, store=follower.store, clock=follower.clock
    )
    listing = source.listing()
    follower.store.keep(listing.capture)
    seen = answer_about(
        source,
        f"read {source.address}",
        OBSERVATION,
        lambda: _observed(source, listing, follower),
        follower.store,
    )
    inventory = seen.inventory
    refused = any(one.what == str(source.address) for one in seen.limits)
    lost = (one for one in seen.limits if inventory.get(one.what))
    not_given = (Hazard(one.code, str(source.address.file(one.what)), one.why) for one in lost)
    documents = _Documents(
        inventory, Desk(source, follower.store, follower.clock, source.address, seen)
    )
    card, said = documents.card()
    croissant = documents.croissant()
    facts = DatasetFacts(
        _record(source, locator, inventory, refused=refused, declared=_declared(said, croissant)),
        source.access,
        listing.capture.where,
        card,
        documents.license(card),
        said,
        croissant,
        inventory,
    )
    return facts, (*listing.hazards, *documents.hazards, *not_given)


def record_of(linked: LinkedDataset) -> DatasetRecord:
    """Return the record of a dataset that a claim names, however looking at it ended."""
    match linked.look:
        case Seen(dataset):
            return dataset.record
        case Missing():
            answer = Answer.GONE
        case Unseen(_, code):
            answer = _ANSWERS.get(code, Answer.NONE)
        case _:
            assert_never(linked.look)
    return DatasetRecord(linked.locator.uri, availability_of(Sighting(answer=answer)))


@attrs.frozen(eq=False)
class _Documents:
    """Reads the documents beside the data; what is wrong with them is remembered."""

    inventory: Inventory
    desk: Desk
    hazards: list[Hazard] = attrs.field(factory=list)

    def card(self) -> tuple[Look[CardFacts], Look[DatasetCard]]:
        """Read the card once, as prose and as declaration."""
        look = self._look(CARD_FILE, self._card)
        if isinstance(look, Seen):
            return Seen(look.value[0]), Seen(look.value[1])
        return look, look

    def _card(self, document: Document) -> Look[tuple[CardFacts, DatasetCard]]:
        address, path = document.where.address, str(self.desk.at(CARD_FILE))
        said = read_dataset_card(document.data, address=address, path=path)
        self.hazards.extend(said.hazards)
        if said.card is None:
            return _unreadable(said.hazards)
        # Whatever of a card cannot be read at all was told above.
        read = read_card(document.data, address=address, path=path, subject=Subject.DATASET)
        self.hazards.extend(read.hazards)
        return Seen((read.facts, said.card))

    def license(self, card: Look[CardFacts]) -> Look[LicenseText]:
        """Recognise the licence's text."""
        look, odd = read_own_license(card, self.inventory, self.desk, of_model=False)
        self.hazards.extend(attrs.evolve(one, path=str(self.desk.at(one.path))) for one in odd)
        return license_behind(look, card, (), self.desk.home)

    def croissant(self) -> Look[CroissantFacts]:
        """Read the Croissant description, the first by name if there are several."""
        found = (entry for entry in self.inventory if _role(entry) is Role.CROISSANT)
        entry = min(found, key=lambda one: str(one.path), default=None)
        if entry and entry.size > CROISSANT_BUDGET.bytes:
            return Unseen(f"{entry.path} has {entry.size:,} bytes", Code.RESOURCE)
        path = str(entry.path) if entry else "croissant.json"
        return self._look(path, self._croissant)

    def _look(self, path: str, read: Callable[[Document], Look[T]]) -> Look[T]:
        """Look at one file; what is wrong with it is told under the dataset's name."""
        odd: list[Hazard] = []
        look = look_at(path, self.inventory, self.desk, read, odd)
        self.hazards.extend(attrs.evolve(one, path=str(self.desk.at(path))) for one in odd)
        return look

    def _croissant(self, document: Document) -> Look[CroissantFacts]:
        path = str(self.desk.at(document.path))
        read = read_croissant(document.data, address=document.where.address, path=path)
        self.hazards.extend(read.hazards)
        return Seen(read.facts) if read.facts else _unreadable(read.hazards)


def _unreadable(hazards: tuple[Hazard, ...]) -> Unseen:
    return Unseen(f"it cannot be read: {hazards[0].detail}", hazards[0].code)


def _declared(said: Look[DatasetCard], croissant: Look[CroissantFacts]) -> Declared | None:
    """Return what the card declares, or else what the Croissant description does."""
    if isinstance(said, Seen) and said.value.declared:
        return said.value.declared
    return croissant.value.declared if isinstance(croissant, Seen) else None


def _observed(source: Repository, listing: Listing, follower: Follower) -> Observation:
    """Read everything within the budget, over it the documents; what was refused is a limit."""
    inventory = listing.inventory
    small = inventory.size <= follower.settings.budget.dataset
    wanted = inventory.entries if small else tuple(e for e in inventory if _is_document(e))
    chosen = attrs.evolve(listing, inventory=Inventory(wanted, inventory.complete))
    settings = attrs.evolve(follower.settings, weights=True)
    try:
        seen = observe(source, chosen, settings=settings, progress=follower.progress, most=True)
    except SourceError as error:
        if error.code in REFUSED:
            return Observation(inventory, (), (Limit(error.code, str(source.address), error.what),))
        raise
    read = {entry.path: entry for entry in seen.inventory}
    entries = tuple(read.get(entry.path, entry) for entry in inventory)
    not_given = tuple(one for one in seen.limits if one.code not in _CHOSEN)
    return Observation(Inventory(entries, inventory.complete), (), not_given)


def _role(entry: FileEntry) -> Role:
    return role_of(str(entry.path))


def _is_document(entry: FileEntry) -> bool:
    return _role(entry) in _DOCUMENTS and entry.size <= LARGEST_DOCUMENT


def _record(
    source: Repository,
    locator: Locator,
    inventory: Inventory,
    *,
    refused: bool,
    declared: Declared | None,
) -> DatasetRecord:
    data = [entry for entry in inventory if _role(entry) is Role.DATA]
    card = inventory.get(CARD_FILE)
    closed = source.access in _GATES and not any(entry.observed for entry in data)
    sighting = Sighting(
        refused=bool(data) and (refused or closed),
        renamed=source.answered_as is not None,
        card=card is not None,
        scripts=sum(_role(entry) is Role.SCRIPT for entry in inventory),
        files=len(data),
        size=sum(entry.size for entry in data),
        complete=inventory.complete,
    )
    return DatasetRecord(
        uri=locator.uri,
        availability=availability_of(sighting),
        revision=source.ref.commit,
        card=card.sha256 if card and card.observed else None,
        files=sighting.files,
        digested=sum(bool(entry.digests.digests) for entry in data),
        read=sum(entry.observed for entry in data),
        size=sighting.size,
        complete=sighting.complete,
        answered_as=source.answered_as,
        declared=declared,
    )
