"""The weight files of a release: every header and index read, and taken together."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import assert_never

import attrs

from provenance.errors import Code
from provenance.flows.auditing.desk import Desk, Document
from provenance.flows.auditing.headers import HeaderRead, read_headers
from provenance.flows.auditing.look_at import look_at
from provenance.ports.weight_format import WeightFormat
from provenance.values.facts import WeightFacts
from provenance.values.hazard import TENSORS_NOT_READ, Hazard, Limit
from provenance.values.inventory import Inventory
from provenance.values.look import Look, Missing, Seen, Unseen
from provenance.values.path import RelPath
from provenance.values.weights import Header, Profile, ShardIndex, Tensor
from provenance.weights.copies import copies
from provenance.weights.index import INDEXED
from provenance.weights.index import parse as parse_index
from provenance.weights.table import READ, reader_of, weight_paths
from provenance.weights.unread import unread
from provenance.weights.whole import Whole, assemble, of_file

#: Of one format that is not read, each told by its name; the others are told together.
MOST_COPIES = 32


@attrs.frozen
class WeightsRead:
    """What the weight files say, and what was wrong with them."""

    files: tuple[RelPath, ...]
    look: Look[WeightFacts]
    hazards: tuple[Hazard, ...]
    limits: tuple[Limit, ...]


@attrs.frozen
class _Copy:
    """What the files of one format come to; ``broken`` is said of an index that cannot be read."""

    form: WeightFormat
    files: tuple[RelPath, ...]
    whole: Whole
    broken: Unseen | None = None

    @property
    def look(self) -> Look[Profile]:
        if self.broken is None or isinstance(self.whole.look, Missing):
            return self.whole.look
        return self.broken


def read_weights(inventory: Inventory, desk: Desk) -> WeightsRead:
    """Read the headers of all files of formats that are read, and every index: do they fit?

    Of a file that was not wanted only the header is read; without access it is unseen. Weights in
    other formats are listed: what is in them is unknown, and so is what only they could hold.

    Raises:
        ReleaseError: FS codes, for a file that cannot be read as it was listed; that of the first
            file that breaks its format's rules, where the desk is strict.

    """
    paths = weight_paths(inventory)
    entries = [entry for entry in inventory if entry.path in set(paths.read)]
    read = read_headers(entries, desk)
    hazards = [*paths.hazards, *(hazard for one in read.values() for hazard in one.hazards)]
    indexes, broken = _indexes(paths.indexes, inventory, desk, hazards)
    headers = {path: one.look for path, one in read.items()}
    found = _copies(paths.read, headers, (indexes, broken), complete=inventory.complete)
    hazards += (hazard for one in found for hazard in one.whole.hazards)
    chosen = _chosen(found)
    look = chosen.look
    if not paths.read or isinstance(look, Missing):
        look = unread(look, inventory, desk.pointers)
    files = (*paths.read, *paths.pickles, *paths.others)
    limits = (*_limits(headers), *_other_copies(inventory, desk, chosen))
    odd = tuple(sorted({*hazards, *_empty(inventory, files)}))
    return WeightsRead(files, _facts(look, read, chosen), odd, limits)


def _copies(
    paths: Sequence[RelPath],
    headers: Mapping[RelPath, Look[Header]],
    indexes: tuple[list[ShardIndex], Unseen | None],
    *,
    complete: bool,
) -> list[_Copy]:
    """Return what the files of each format come to; of the first even where none is there."""
    found: list[_Copy] = []
    for form in READ:
        name = form.kind.name
        files = tuple(path for path in paths if reader_of(path) is form)
        if files or form is READ[0]:
            listed, broken = indexes if name == INDEXED else ([], None)
            own = {path: headers[path] for path in files}
            whole = assemble(own, listed, files, form=name, complete=complete)
            found.append(_Copy(form, files, whole, broken))
    return found


def _chosen(found: Sequence[_Copy]) -> _Copy:
    """Return the copy that counts: the first that was seen whole, or else the first with files."""
    seen = (one for one in found if isinstance(one.look, Seen))
    there = (one for one in found if one.files)
    return next(seen, None) or next(there, found[0])


def _facts(
    look: Look[Profile], read: Mapping[RelPath, HeaderRead], chosen: _Copy
) -> Look[WeightFacts]:
    match look:
        case Seen(profile):
            own = {path: read[path] for path in read if path in chosen.files}
            where = tuple(place for one in own.values() for place in one.where)
            beside = _beside_configuration({path: one.look for path, one in own.items()})
            agrees = not any(one.code is Code.IX_TOTAL_SIZE for one in chosen.whole.hazards)
            return Seen(WeightFacts(profile, where, beside, chosen.whole.counts, agrees))
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


def _other_copies(inventory: Inventory, desk: Desk, chosen: _Copy) -> Iterator[Limit]:
    """Yield the copies of the model that are hashed, and of which no tensor counts."""
    by_format = attrgetter("format")
    found = copies(one for one in inventory if one.path.text not in desk.pointers)
    for kind, each in groupby(sorted(found, key=by_format), key=by_format):
        if kind == chosen.form.kind.name:
            continue
        group = list(each)
        for copy in group[:MOST_COPIES]:
            why = f"weights in {kind}, {copy.files} files: {TENSORS_NOT_READ}"
            yield Limit(Code.NOT_COVERED, copy.name, why)
        if rest := sum(copy.files for copy in group[MOST_COPIES:]):
            why = f"weights in {kind}, {rest} more files: listed, their tensors not read"
            yield Limit(Code.NOT_COVERED, f"other files in {kind}", why)
