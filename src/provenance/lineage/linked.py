"""How the lists of datasets and of source repositories moved."""

from collections.abc import Iterator, Mapping

from provenance.lineage.turns import turn_of_order
from provenance.values.component import Component
from provenance.values.dataset import Availability, DatasetRecord
from provenance.values.manifest import Manifest
from provenance.values.movement import Aspect, Movement, Turn

# How much of a dataset can be had; what nobody could look at has no place among them.
_OPEN: Mapping[Availability, int] = {
    Availability.UNNAMED: 0,
    Availability.IN_PROSE: 0,
    Availability.WITHDRAWN: 0,
    Availability.EMPTY: 0,
    Availability.CARD_ONLY: 0,
    Availability.GATED: 1,
    Availability.PRESENT: 2,
    Availability.RENAMED: 2,
}


def datasets(before: Manifest, after: Manifest) -> Iterator[Movement]:
    """Yield what became of each dataset that either release names, by id."""
    old = {one.uri: one for one in before.datasets}
    new = {one.uri: one for one in after.datasets}
    for uri in sorted({*old, *new}):
        first, last = old.get(uri), new.get(uri)
        said = (_described(first), _described(last))
        if said[0] != said[1]:
            turn = turn_of_order(_open(first, before), _open(last, after))
            yield Movement(Aspect.DATASET, turn, uri, *said)


def _open(record: DatasetRecord | None, manifest: Manifest) -> int | None:
    """Return how much can be had; of what is not named nothing, if the card could be read."""
    if record is None:
        return None if unread(manifest) else 0
    return _OPEN.get(record.availability)


def unread(manifest: Manifest) -> bool:
    """Tell whether the card could not be read, so that nobody knows what the release names."""
    return any(
        one.component is Component.MODEL_CARD and one.reach.unknown for one in manifest.components
    )


def _described(record: DatasetRecord | None) -> str:
    if record is None:
        return ""
    at = f" at {record.revision}" if record.revision else ""
    return f"{record.availability}{at}, {record.files} files, {record.size:,} bytes"


def sources(before: Manifest, after: Manifest) -> Iterator[Movement]:
    """Yield what became of each source repository that was fetched for either, by address."""
    old = {one.uri: f"at {one.commit} ({one.how_pinned})" for one in before.sources}
    new = {one.uri: f"at {one.commit} ({one.how_pinned})" for one in after.sources}
    for uri in sorted({*old, *new}):
        was, now = old.get(uri, ""), new.get(uri, "")
        if was and now and was != now:
            yield Movement(Aspect.SOURCE, Turn.CHANGED, uri, was, now)
        elif was != now:
            ends = (_fetched(uri, was, before), _fetched(uri, now, after))
            yield Movement(Aspect.SOURCE, turn_of_order(*ends), uri, was, now)


def _fetched(uri: str, how: str, manifest: Manifest) -> int | None:
    """Return whether a repository was fetched; what is named and was not, nobody knows of."""
    if how:
        return 1
    claims = (claim for one in manifest.components for claim in one.claims)
    named = any(claim.target and claim.target.uri == uri for claim in claims)
    return None if named or unread(manifest) else 0
