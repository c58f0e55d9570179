"""Following the publisher's links: source repositories and datasets, each looked at on its own.

What goes wrong behind a link never ends the audit: it ends as *missing* (we looked, it is not there)
or *unseen* (we could not look), and is said.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

import attrs
from provenance.flows.digest import observe
from provenance.recipe.card import Subject, read_card
from provenance.recipe.license_text import license_path, read_license
from provenance.recipe.source_tree import interesting, read_source
from provenance.sources.hub import HubSource

from provenance.doors.workspace import workspace
from provenance.errors import Code, ReleaseError, SourceError
from provenance.flows.desk import Desk
from provenance.ports.progress import Progress
from provenance.sources.git import GitSource
from provenance.stores.evidence import EvidenceStore
from provenance.values.access import Access
from provenance.values.claim import Claim
from provenance.values.dataset import Availability, DatasetRecord
from provenance.values.evidence import Where
from provenance.values.facts import (
    CardFacts,
    DatasetFacts,
    LicenseText,
    LinkedDataset,
    LinkedSource,
    SourceFacts,
)
from provenance.values.hazard import Hazard, Limit
from provenance.values.inventory import FileEntry, How, Inventory
from provenance.values.locator import Locator, LocatorKind
from provenance.values.look import Look, Missing, Seen, Unseen
from provenance.values.path import RelPath
from provenance.values.ref import Ref, Scheme
from provenance.values.revision import Commit
from provenance.values.settings import Settings

# Trouble that means "we looked, and nothing is there", and not "we could not look".
_NOT_THERE = frozenset({Code.LINK_DEAD, Code.GIT_REF, Code.HUB_UNKNOWN})


@attrs.frozen
class Follower:
    """What following links needs besides the links: settings, the evidence store, a clock."""

    settings: Settings
    store: EvidenceStore
    clock: Callable[[], datetime]
    progress: Progress


@attrs.frozen
class Followed:
    """Everything that the links led to."""

    sources: tuple[LinkedSource, ...]
    datasets: tuple[LinkedDataset, ...]
    hazards: tuple[Hazard, ...]
    limits: tuple[Limit, ...]


def follow(claims: Iterable[Claim], follower: Follower) -> Followed:
    """Look at every repository and dataset that the claims lead to, each once."""
    grouped = _grouped(claims)
    budget = follower.settings.budget.links
    hazards: list[Hazard] = []
    limits: list[Limit] = []
    sources: list[LinkedSource] = []
    datasets: list[LinkedDataset] = []
    for locator, about in grouped[:budget]:
        if locator.kind is LocatorKind.GIT:
            source, troubles = _source(locator, about, follower)
            sources.append(source)
        else:
            dataset, troubles = _dataset(locator, about, follower)
            datasets.append(dataset)
        hazards += troubles
    for linked in (*sources, *datasets):
        if isinstance(linked.look, Unseen):
            limits.append(Limit(linked.look.code, str(linked.locator), linked.look.reason))
    for locator, _ in grouped[budget:]:
        limits.append(Limit(Code.RESOURCE, str(locator), f"more than {budget} links"))
    return Followed(tuple(sources), tuple(datasets), tuple(hazards), tuple(limits))


def _grouped(claims: Iterable[Claim]) -> list[tuple[Locator, tuple[Claim, ...]]]:
    """Return each linked thing once, under the locator that pins it best, with all its claims."""
    groups: dict[tuple[LocatorKind, str], list[Claim]] = {}
    for claim in claims:
        if claim.target and claim.target.kind in {LocatorKind.GIT, LocatorKind.HUB_DATASET}:
            groups.setdefault((claim.target.kind, claim.target.uri), []).append(claim)
    return [(_best(group), tuple(group)) for _, group in sorted(groups.items())]


def _best(claims: list[Claim]) -> Locator:
    locators = [claim.target for claim in claims if claim.target]
    return min(
        locators,
        key=lambda one: (not isinstance(one.revision, Commit), one.revision is None, str(one)),
    )


def _unseen(error: SourceError) -> Missing | Unseen:
    return Missing(error.what) if error.code in _NOT_THERE else Unseen(error.what, error.code)


def _source(
    locator: Locator, claims: tuple[Claim, ...], follower: Follower
) -> tuple[LinkedSource, tuple[Hazard, ...]]:
    follower.progress.step(f"fetching {locator.uri}")
    try:
        facts, hazards = _read_source(locator, follower)
    except SourceError as error:
        return LinkedSource(locator, claims, _unseen(error)), ()
    except ReleaseError as error:
        look = Unseen(f"what is there cannot be read: {error.what}", error.code)
        return LinkedSource(locator, claims, look), (Hazard(error.code, str(locator), error.what),)
    return LinkedSource(locator, claims, Seen(facts)), hazards


def _read_source(locator: Locator, follower: Follower) -> tuple[SourceFacts, tuple[Hazard, ...]]:
    settings = follower.settings
    with workspace(settings.cache) as folder:
        source = GitSource.fetch(locator, settings=settings, into=folder, clock=follower.clock)
        follower.store.keep(source.listing)
        wanted = interesting(tuple(file.path for file in source.files))
        files = {path: source.read(path) for path in wanted}
        hazards = source.hazards
        for capture in source.captures(files):
            follower.store.keep(capture)
        facts, found = read_source(
            source.pin, source.listing.where, files, truncated=source.truncated
        )
    return facts, (*hazards, *found)
