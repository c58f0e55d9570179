"""Looking at a base model: its list, its configuration, its terms; its weights are not read."""

from collections.abc import Callable
from typing import TypeVar

import attrs

from provenance.checks.model_card import CARD_FILE
from provenance.errors import Code, SourceError, TextError
from provenance.flows.auditing.desk import Desk, Document
from provenance.flows.auditing.followed import look_at_link
from provenance.flows.auditing.follower import Follower
from provenance.flows.auditing.license_files import license_behind
from provenance.flows.auditing.own_config import CONFIG_FILE
from provenance.flows.auditing.walk import Arrived, Stop
from provenance.flows.resolving.hub_links import linked_source
from provenance.recipe.documents.config import read_config
from provenance.recipe.licenses.license_link import license_file
from provenance.recipe.licenses.license_text import read_license
from provenance.recipe.links.locators import hub_model
from provenance.recipe.prose.card import Subject, read_card
from provenance.values.facts import Ancestor, CardFacts, ConfigFacts, LicenseText, ModelFacts
from provenance.values.hazard import Hazard
from provenance.values.inventory import Inventory
from provenance.values.locator import Locator
from provenance.values.look import Look, Missing, Seen, Unseen
from provenance.values.observation import Observation
from provenance.weights.table import ENDINGS

#: Larger than any card, configuration or licence that people wrote by hand.
LARGEST = 2**20
T = TypeVar("T")


def visit_model(stop: Stop, follower: Follower) -> Arrived:
    """Look at a base model; it leads to the models that it is made from in turn."""
    look, hazards = look_at_link(stop.locator, follower, read_model)
    found = look.value.card if isinstance(look, Seen) else None
    quotes = found.value.base_models if isinstance(found, Seen) else ()
    named = ((hub_model(one.text), one.where) for one in quotes)
    steps = stop.steps + 1
    further = tuple(Stop(one, named=(where,), steps=steps) for one, where in named if one)
    return Arrived(Ancestor(stop.locator, stop.steps, stop.named, look), hazards, further)


def read_model(locator: Locator, follower: Follower) -> tuple[ModelFacts, tuple[Hazard, ...]]:
    """Look at a model on the Hub that another is said to be made from.

    Three small files of it are read, each only where it is listed and small.

    Raises:
        SourceError: when the Hub cannot be asked or knows no such model.
        ReleaseError: for a listing that cannot be read, or bytes that are not as claimed.
    """
    source = linked_source(
        locator, settings=follower.settings, store=follower.store, clock=follower.clock
    )
    listing = source.listing()
    follower.store.keep(listing.capture)
    seen = Observation(listing.inventory)
    desk = Desk(source, follower.store, follower.clock, source.address, seen)
    documents = _Documents(listing.inventory, desk)
    card = documents.look(CARD_FILE, _card)
    paths = {entry.path.text for entry in listing.inventory}
    licence = license_file(card, paths, source.address, of_model=True) or "LICENSE"
    facts = ModelFacts(
        listing.capture.where,
        listing.inventory,
        tuple(entry for entry in listing.inventory if entry.path.suffix in ENDINGS),
        documents.look(CONFIG_FILE, _config),
        card,
        license_behind(documents.look(licence, _license), card, (), source.address),
    )
    return facts, listing.hazards


@attrs.frozen
class _Documents:
    """The small files of a base model; what is wrong with one says nothing of the others."""

    inventory: Inventory
    desk: Desk

    def look(self, path: str, read: Callable[[Document], Look[T]]) -> Look[T]:
        entry = self.inventory.get(path)
        if entry is None:
            missing = Missing(f"there is no {path}")
            return missing if self.inventory.complete else Unseen("the listing is not complete")
        if entry.size > LARGEST:
            return Unseen(f"{path} has {entry.size:,} bytes", Code.RESOURCE)
        try:
            return read(self.desk.read(path))
        except (SourceError, TextError) as error:
            return Unseen(error.what, error.code)


def _config(document: Document) -> Look[ConfigFacts]:
    look, _ = read_config(document.data, address=document.where.address, path=document.path)
    return look


def _card(document: Document) -> Look[CardFacts]:
    # Of a stranger's card no claim is taken.
    read = read_card(
        document.data, address=document.where.address, path=document.path, subject=Subject.DATASET
    )
    return Seen(read.facts)


def _license(document: Document) -> Look[LicenseText]:
    return Seen(read_license(document.data, address=document.where.address))
