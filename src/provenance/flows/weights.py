"""The weight files of a release: every header and index read, and taken together."""

from collections.abc import Iterator
from typing import assert_never

import attrs

from provenance.errors import Code
from provenance.flows.desk import Desk
from provenance.flows.headers import read_headers
from provenance.flows.in_file import in_file
from provenance.values.facts import WeightFacts
from provenance.values.hazard import TENSORS_NOT_READ, Hazard, Limit
from provenance.values.inventory import Inventory
from provenance.values.look import Look, Missing, Seen, Unseen
from provenance.values.path import RelPath
from provenance.values.weights import Header, ShardIndex
from provenance.weights.copies import copies
from provenance.weights.index import parse as parse_index
from provenance.weights.table import weight_paths
from provenance.weights.whole import assemble

FORMAT = "safetensors"


@attrs.frozen
class WeightsRead:
    """What the weight files say, and what was wrong with them."""

    files: tuple[RelPath, ...]
    look: Look[WeightFacts]
    hazards: tuple[Hazard, ...]
    limits: tuple[Limit, ...]


def read_weights(inventory: Inventory, desk: Desk) -> WeightsRead:
    """Read the headers of all safetensors files and every index, and see whether they fit.

    Of a file that was not wanted only the header is read; without access it is unseen.

    Raises:
        ReleaseError: for a header or an index that breaks its format's rules.

    """
    paths = weight_paths(inventory)
    entries = [entry for entry in inventory if entry.path in set(paths.safetensors)]
    read = read_headers(entries, desk)
    headers = {path: one.look for path, one in read.items()}
    where = tuple(one.where for one in read.values() if one.where)
    hazards = [*paths.hazards, *(hazard for one in read.values() for hazard in one.hazards)]
    indexes = [_index(path, desk) for path in paths.indexes if _readable(inventory, path)]
    whole, found = assemble(headers, indexes, paths.safetensors)
    hazards += found
    files = (*paths.safetensors, *paths.pickles)
    match whole:
        case Seen(profile):
            tensors = (
                t for one in headers.values() if isinstance(one, Seen) for t in one.value.tensors
            )
            look: Look[WeightFacts] = Seen(WeightFacts(profile, where, tuple(tensors)))
        case Missing() | Unseen():
            look = whole
        case _:
            assert_never(whole)
    if not paths.safetensors and paths.pickles:
        look = Unseen("the weights are in a format that this version lists and does not read")
    limits = (*_limits(headers), *_other_copies(inventory))
    return WeightsRead(files, look, tuple(sorted(hazards)), limits)


def _index(path: RelPath, desk: Desk) -> ShardIndex:
    with in_file(path.text):
        return parse_index(desk.read(path.text).data, path)


def _readable(inventory: Inventory, path: RelPath) -> bool:
    entry = inventory.get(str(path))
    return entry is not None and entry.observed


def _limits(headers: dict[RelPath, Look[Header]]) -> tuple[Limit, ...]:
    return tuple(
        Limit(look.code, str(path), look.reason)
        for path, look in headers.items()
        if isinstance(look, Unseen)
    )


def _other_copies(inventory: Inventory) -> Iterator[Limit]:
    """Yield the copies of the model that are hashed, and of which no tensor is read."""
    for copy in copies(inventory):
        if copy.format != FORMAT:
            why = f"weights in {copy.format}, {copy.files} files: {TENSORS_NOT_READ}"
            yield Limit(Code.NOT_COVERED, copy.name, why)
