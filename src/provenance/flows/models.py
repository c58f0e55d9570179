"""Looking at a base model: its list, and its configuration; its weights are not read."""

import attrs

from provenance.errors import SourceError
from provenance.flows.datasets import REFUSED, Follower
from provenance.flows.desk import Desk, Document
from provenance.flows.look_at import look_at
from provenance.flows.observe import Observation, observe
from provenance.flows.recorded import (
    RecordedSource,
    note_observation,
    note_source,
    recorded_source,
)
from provenance.flows.release_facts import CONFIG_FILE
from provenance.recipe.config import read_config
from provenance.sources.hub import HubSource
from provenance.values.facts import ConfigFacts, ModelFacts
from provenance.values.hazard import Hazard, Limit
from provenance.values.inventory import Inventory
from provenance.values.listing import Listing
from provenance.values.locator import Locator, LocatorKind
from provenance.values.look import Look, Missing, Seen
from provenance.values.ref import Ref, Scheme


def read_model(locator: Locator, follower: Follower) -> tuple[ModelFacts, tuple[Hazard, ...]]:
    """Look at a model on the Hub that this one is said to be made from.

    Raises:
        SourceError: when the Hub cannot be asked or knows no such model.
        ReleaseError: for a listing that cannot be read, or bytes that are not as claimed.
    """
    source = _reached(locator, follower)
    listing = source.listing()
    follower.store.keep(listing.capture)
    seen = _observed(source, listing, follower)
    note_observation(follower.store, source.uri, seen)
    desk = Desk(source, follower.store, follower.clock, source.uri)

    def config(document: Document) -> Look[ConfigFacts]:
        facts, _ = read_config(document.data, uri=document.where.uri, path=document.path)
        return Seen(facts) if facts else Missing("config.json is no configuration")

    facts = ModelFacts(
        listing.capture.where,
        seen.inventory,
        look_at(CONFIG_FILE, seen.inventory, desk, config),
    )
    return facts, listing.hazards


def _reached(locator: Locator, follower: Follower) -> HubSource | RecordedSource:
    asked = f"{locator.kind} {locator}"
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


def _observed(
    source: HubSource | RecordedSource, listing: Listing, follower: Follower
) -> Observation:
    """Read the configuration alone; what was refused is a limit."""
    if isinstance(source, RecordedSource):
        return source.observation()
    inventory = listing.inventory
    config = inventory.get(CONFIG_FILE)
    wanted = Inventory((config,) if config else (), inventory.complete)
    chosen = attrs.evolve(listing, inventory=wanted)
    try:
        seen = observe(source, chosen, settings=follower.settings, progress=follower.progress)
    except SourceError as error:
        if error.code in REFUSED:
            return Observation(inventory, (), (Limit(error.code, source.uri, error.what),))
        raise
    read = {entry.path: entry for entry in seen.inventory}
    entries = tuple(read.get(entry.path, entry) for entry in inventory)
    return Observation(Inventory(entries, inventory.complete))
