"""The weight files of a release: every header and index read, and taken together."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import assert_never

import attrs

from provenance.errors import Code
from provenance.flows.desk import Desk, Document
from provenance.flows.headers import read_headers
from provenance.flows.look_at import look_at
from provenance.values.evidence import Where
from provenance.values.facts import WeightFacts
from provenance.values.hazard import Hazard, Limit
from provenance.values.inventory import Inventory
from provenance.values.look import Look, Missing, Seen, Unseen
from provenance.values.path import RelPath
from provenance.values.weights import Header, Profile, ShardIndex, Tensor
from provenance.weights.copies import copies
from provenance.weights.index import parse as parse_index
from provenance.weights.table import weight_paths
from provenance.weights.unread import unread
from provenance.weights.whole import Whole, assemble, of_file

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

    Of a file that was not wanted only the header is read; without access it is unseen. Weights in
    other formats are listed: what is in them is unknown, and so is what only they could hold.

    Raises:
        ReleaseError: FS codes, for a file that cannot be read as it was listed; that of the first
            file that breaks its format's rules, where the desk is strict.

    """
    paths = weight_paths(inventory)
    entries = [entry for entry in inventory if entry.path in set(paths.safetensors)]
    read = read_headers(entries, desk)
    headers = {path: one.look for path, one in read.items()}
    where = tuple(one.where for one in read.values() if one.where)
    hazards = [*paths.hazards, *(hazard for one in read.values() for hazard in one.hazards)]
    indexes, broken = _indexes(paths.indexes, inventory, desk, hazards)
    whole = assemble(headers, indexes, paths.safetensors, complete=inventory.complete)
    hazards += whole.hazards
    look = whole.look if broken is None or isinstance(whole.look, Missing) else broken
    if not paths.safetensors or isinstance(look, Missing):
        look = unread(look, inventory, desk.pointers)
    files = (*paths.safetensors, *paths.pickles, *paths.others)
    limits = (*_limits(headers), *_other_copies(inventory, desk))
    odd = tuple(sorted({*hazards, *_empty(inventory, files)}))
    return WeightsRead(files, _facts(look, headers, where, whole), odd, limits)


def _facts(
    look: Look[Profile],
    headers: Mapping[RelPath, Look[Header]],
    where: tuple[Where, ...],
    whole: Whole,
) -> Look[WeightFacts]:
    match look:
        case Seen(profile):
            beside = _beside_configuration(headers)
            agrees = not any(one.code is Code.IX_TOTAL_SIZE for one in whole.hazards)
            return Seen(WeightFacts(profile, where, beside, whole.counts, agrees))
        case Missing() | Unseen():
            return look
        case _:
            assert_never(look)


def _beside_configuration(headers: Mapping[RelPath, Look[Header]]) -> tuple[Tensor, ...]:
    """Return the tensors in the top folder, which its configuration is about; all where none is."""
    seen = {path: look.value.tensors for path, look in headers.items() if isinstance(look, Seen)}
    chosen = [path for path in seen if not path.parent] or list(seen)
    return tuple(tensor for path in chosen for tensor in seen[path])


def _indexes(
    paths: Sequence[RelPath], inventory: Inventory, desk: Desk, hazards: list[Hazard]
) -> tuple[list[ShardIndex], Unseen | None]:
    """Return the indexes that can be read, and what is said of the first of the others."""
    found: list[ShardIndex] = []
    broken: Unseen | None = None
    for path in paths:
        entry = inventory.get(path.text)
        if entry is None or not entry.observed:
            continue  # The headers alone say what is there.
        read = partial(_index, path)
        match look_at(path.text, inventory, desk, read, hazards):
            case Seen(index):
                found.append(index)
            case Unseen(reason, code):
                broken = broken or Unseen(of_file(path, reason), code)
            case Missing():
                pass  # It is listed.
    return found, broken


def _index(path: RelPath, document: Document) -> Look[ShardIndex]:
    return Seen(parse_index(document.data, path))


def _empty(inventory: Inventory, files: Sequence[RelPath]) -> Iterator[Hazard]:
    for path in files:
        entry = inventory.get(path.text)
        if entry is not None and not entry.size:
            yield Hazard(Code.EMPTY, path.text, "has no bytes: no weights are in it")


def _limits(headers: Mapping[RelPath, Look[Header]]) -> tuple[Limit, ...]:
    return tuple(
        Limit(look.code, str(path), look.reason)
        for path, look in headers.items()
        if isinstance(look, Unseen)
    )


def _other_copies(inventory: Inventory, desk: Desk) -> Iterator[Limit]:
    """Yield the copies of the model that are hashed, and of which no tensor is read."""
    for copy in copies(one for one in inventory if one.path.text not in desk.pointers):
        if copy.format != FORMAT:
            why = f"weights in {copy.format}, {copy.files} files: listed, their tensors not read"
            yield Limit(Code.NOT_COVERED, copy.name, why)
