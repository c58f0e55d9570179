"""Looking at a linked dataset: its listing, its card and licence, and its files if they are few."""

from collections.abc import Callable
from datetime import datetime

import attrs

from provenance.checks.model_card import CARD_FILE
from provenance.errors import Code, SourceError
from provenance.flows.desk import Desk, Document
from provenance.flows.digest import Observation, observe
from provenance.flows.recorded import (
    RecordedSource,
    note_observation,
    note_source,
    recorded_source,
)
from provenance.flows.release_facts import look_at
from provenance.ports.progress import Progress
from provenance.recipe.card import Subject, read_card
from provenance.recipe.license_text import license_path, read_license
from provenance.sources.hub import HubSource
from provenance.stores.evidence import EvidenceStore
from provenance.values.access import Access
from provenance.values.dataset import Availability, DatasetRecord
from provenance.values.facts import CardFacts, DatasetFacts, LicenseText
from provenance.values.hazard import Hazard
from provenance.values.inventory import FileEntry, Inventory
from provenance.values.listing import Listing
from provenance.values.locator import Locator, LocatorKind
from provenance.values.look import Look, Seen
from provenance.values.ref import Ref, Scheme
from provenance.values.settings import Settings

# What every repository of the Hub holds besides data.
_HOUSEKEEPING = frozenset({CARD_FILE, ".gitattributes", ".gitignore"})
_GATES = frozenset({Access.AUTO_GATE, Access.MANUAL_GATE})
_REFUSED = frozenset({Code.HUB_GATED, Code.HUB_DENIED})


@attrs.frozen
class Follower:
    """What following links needs besides the links: settings, the evidence store, a clock."""

    settings: Settings
    store: EvidenceStore
    clock: Callable[[], datetime]
    progress: Progress


def read_dataset(locator: Locator, follower: Follower) -> tuple[DatasetFacts, tuple[Hazard, ...]]:
    """Look at a dataset on the Hub.

    Its files are read and hashed when they fit the budget; else they keep the Hub's digests.

    Raises:
        SourceError: when the Hub cannot be asked or knows no such dataset.
        ReleaseError: for a listing or card that cannot be read, or bytes that are not as claimed.

    """
    source = _reached(locator, follower)
    listing = source.listing()
    follower.store.keep(listing.capture)
    inventory = _observed(source, listing, follower)
    note_observation(follower.store, source.uri, Observation(inventory))
    desk = Desk(source, follower.store, follower.clock, prefix=source.uri)
    hazards: list[Hazard] = []

    def card(document: Document) -> Look[CardFacts]:
        read = read_card(
            document.data, uri=document.where.uri, path=desk.uri(CARD_FILE), subject=Subject.DATASET
        )
        hazards.extend(read.hazards)
        return Seen(read.facts)

    def license_text(document: Document) -> Look[LicenseText]:
        return Seen(read_license(document.data, uri=document.where.uri))

    licence = license_path(str(entry.path) for entry in inventory) or "LICENSE"
    facts = DatasetFacts(
        _record(source, locator, inventory),
        source.access,
        listing.capture.where,
        look_at(CARD_FILE, inventory, desk, card),
        look_at(licence, inventory, desk, license_text),
    )
    return facts, (*listing.hazards, *hazards)


def _reached(locator: Locator, follower: Follower) -> HubSource | RecordedSource:
    asked = f"{locator.kind} {locator}"
    if recorded := recorded_source(follower.store, asked):
        return recorded
    source = HubSource.resolve(
        Ref(Scheme.HF, locator.uri, locator.revision),
        kind=LocatorKind.HUB_DATASET,
        settings=follower.settings,
        clock=follower.clock,
    )
    note_source(follower.store, asked, source)
    return source


def _observed(
    source: HubSource | RecordedSource, listing: Listing, follower: Follower
) -> Inventory:
    """Read everything within the budget; over it the card and licence, without access nothing."""
    if isinstance(source, RecordedSource):
        return source.observation().inventory
    inventory = listing.inventory
    small = inventory.size <= follower.settings.budget.dataset
    wanted = inventory.entries if small else tuple(e for e in inventory if not _is_data(e))
    chosen = attrs.evolve(listing, inventory=Inventory(wanted, inventory.complete))
    settings = attrs.evolve(follower.settings, weights=True)
    try:
        seen = observe(source, chosen, settings=settings, progress=follower.progress)
    except SourceError as error:
        if error.code in _REFUSED:
            return inventory
        raise
    read = {entry.path: entry for entry in seen.inventory}
    entries = tuple(read.get(entry.path, entry) for entry in inventory)
    return Inventory(entries, inventory.complete)


def _is_data(entry: FileEntry) -> bool:
    path = str(entry.path)
    return path not in _HOUSEKEEPING and path != license_path([path])


def _record(
    source: HubSource | RecordedSource, locator: Locator, inventory: Inventory
) -> DatasetRecord:
    data = [entry for entry in inventory if _is_data(entry)]
    card = inventory.get(CARD_FILE)
    if source.access in _GATES and not any(entry.observed for entry in data):
        availability = Availability.GATED
    else:
        availability = Availability.PRESENT if data else Availability.CARD_ONLY
    return DatasetRecord(
        uri=locator.uri,
        availability=availability,
        revision=source.ref.commit,
        card=card.sha256 if card and card.observed else None,
        files=len(data),
        digested=sum(bool(entry.digests.digests) for entry in data),
        read=sum(entry.observed for entry in data),
        size=sum(entry.size for entry in data),
    )
