"""The weight files of a release: every header and index read, and taken together."""

from typing import assert_never

import attrs

from provenance.doors.disk import read_start
from provenance.flows.desk import Desk
from provenance.values.evidence import Where
from provenance.values.facts import WeightFacts
from provenance.values.hazard import Hazard, Limit
from provenance.values.inventory import FileEntry, Inventory
from provenance.values.look import Look, Missing, Seen, Unseen
from provenance.values.path import RelPath
from provenance.values.weights import Header
from provenance.weights.index import parse as parse_index
from provenance.weights.safetensors import PREFIX, header_length, too_large
from provenance.weights.safetensors import parse as parse_header
from provenance.weights.table import weight_paths
from provenance.weights.whole import assemble


@attrs.frozen
class WeightsRead:
    """What the weight files say, and what was wrong with them."""

    files: tuple[RelPath, ...]
    look: Look[WeightFacts]
    hazards: tuple[Hazard, ...]
    limits: tuple[Limit, ...]


def read_weights(inventory: Inventory, desk: Desk) -> WeightsRead:
    """Read the headers of all safetensors files and every index, and see whether they fit.

    A file whose bytes were not read (no access, not wanted) keeps its header unseen.

    Raises:
        ReleaseError: for a header or an index that breaks its format's rules.

    """
    paths = weight_paths(inventory)
    entries = [entry for entry in inventory if entry.path in set(paths.safetensors)]
    headers: dict[RelPath, Look[Header]] = {}
    hazards = list(paths.hazards)
    where: list[Where] = []
    for entry in entries:
        headers[entry.path], place, found = _header(entry, desk)
        where += [place] if place else []
        hazards += found
    indexes = [
        parse_index(desk.read(str(path)).data, path)
        for path in paths.indexes
        if _readable(inventory, path)
    ]
    whole, found = assemble(headers, indexes, paths.safetensors)
    hazards += found
    files = (*paths.safetensors, *paths.pickles)
    match whole:
        case Seen(profile):
            look: Look[WeightFacts] = Seen(WeightFacts(profile, tuple(where)))
        case Missing() | Unseen():
            look = whole
        case _:
            assert_never(whole)
    if not paths.safetensors and paths.pickles:
        look = Unseen("the weights are in a format that this version lists and does not read")
    limits = _limits(headers)
    return WeightsRead(files, look, tuple(sorted(hazards)), limits)


def _readable(inventory: Inventory, path: RelPath) -> bool:
    entry = inventory.get(str(path))
    return entry is not None and entry.observed


def _header(entry: FileEntry, desk: Desk) -> tuple[Look[Header], Where | None, tuple[Hazard, ...]]:
    if not entry.observed or entry.sha256 is None:
        return Unseen("its bytes were not read"), None, ()
    with desk.source.open(entry.path) as file:
        length = header_length(read_start(file, PREFIX), entry.size, entry.path)
        if isinstance(length, Unseen):
            return length, None, (too_large(entry.path, length),)
        look, hazards = parse_header(read_start(file, length), entry.size, entry.path)
    place = Where(desk.uri(str(entry.path)), entry.sha256, 0, PREFIX + length)
    return look, place, hazards


def _limits(headers: dict[RelPath, Look[Header]]) -> tuple[Limit, ...]:
    return tuple(
        Limit(look.code, str(path), look.reason)
        for path, look in headers.items()
        if isinstance(look, Unseen)
    )
