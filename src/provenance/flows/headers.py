"""The headers of weight files: from bytes that are here, or asked for without the rest."""

from collections.abc import Iterator, Mapping, Sequence
from typing import assert_never

import attrs

from provenance.doors.disk import read_start
from provenance.errors import Code, ReleaseError, TextError, WeightsError
from provenance.flows.as_hashed import still
from provenance.flows.desk import Desk
from provenance.flows.in_file import in_file
from provenance.flows.look_at import one_bad_file
from provenance.flows.recorded import note_unseen
from provenance.ports.starts import Start, Starts, Wanted
from provenance.text.lfs_pointer import LONGEST_POINTER, pointer_in
from provenance.values.evidence import Capture, EvidenceKind, Where
from provenance.values.hazard import Hazard
from provenance.values.inventory import FileEntry
from provenance.values.look import Look, Seen, Unseen
from provenance.values.path import RelPath
from provenance.values.weights import Header
from provenance.weights.safetensors import PREFIX, header_length, parse, too_large

# The headers of the largest models' shards are known to be about half of this.
GUESS = 128 * 2**10
# What is held in memory at once, in bytes, of headers that are asked for together.
TOGETHER = 16 * 2**20
_REFUSED = frozenset({Code.HUB_GATED, Code.HUB_DENIED})


@attrs.frozen
class HeaderRead:
    """One file's header, where it stands, and what is wrong with it."""

    look: Look[Header]
    where: Where | None = None
    hazards: tuple[Hazard, ...] = ()


def read_headers(entries: Sequence[FileEntry], desk: Desk) -> Mapping[RelPath, HeaderRead]:
    """Read the headers of safetensors files, and keep their bytes as evidence.

    Of a file that was not read, only the header is asked for: its place is then in that capture,
    which nothing binds to the file's digest.

    A header that breaks its format's rules is unseen, and a hazard says which; so is a pointer.

    Raises:
        ReleaseError: FS codes, for a file that cannot be read as it was listed, or is not what was
            hashed; a WeightsError, where the desk is strict.
    """
    found: dict[RelPath, HeaderRead] = {}
    remote: list[FileEntry] = []
    for entry in entries:
        if entry.observed:
            found[entry.path] = _read(entry, _from_disk(entry, desk), desk)
        else:
            remote.append(entry)
    if isinstance(desk.source, Starts):
        found |= _asked(remote, desk.source, desk)
    else:
        found |= {entry.path: HeaderRead(Unseen("its bytes were not read")) for entry in remote}
    return found


def _from_disk(entry: FileEntry, desk: Desk) -> Start:
    with (
        in_file(entry.path.text),
        desk.source.open(entry.path) as file,
        still(file, desk.seen.stamps.get(entry.path), entry.path),
    ):
        start = read_start(file, PREFIX)
        return Seen(start + read_start(file, _needed(start, entry) - PREFIX))


def _needed(start: bytes, entry: FileEntry) -> int:
    """Return how many of a file's first bytes are looked at; a broken length is evidence, too."""
    try:
        length = header_length(start[:PREFIX], entry.size, entry.path)
    except WeightsError:
        # Whatever it is instead: a pointer is one as a whole.
        return LONGEST_POINTER if entry.size <= LONGEST_POINTER else PREFIX
    return PREFIX if isinstance(length, Unseen) else PREFIX + length


def _asked(
    entries: Sequence[FileEntry], source: Starts, desk: Desk
) -> Mapping[RelPath, HeaderRead]:
    found: dict[RelPath, HeaderRead] = {}
    refused: Unseen | None = None
    for group in _groups([(entry, GUESS) for entry in entries]):
        if refused:
            found |= {entry.path: HeaderRead(refused) for entry, _ in group}
            continue
        starts = _complete(group, source)
        for entry, _ in group:
            look = starts[entry.path]
            found[entry.path] = _read(entry, look, desk)
            if isinstance(look, Unseen) and look.code in _REFUSED:
                # One is refused as all are: a gate is not to be rattled.
                refused = look
    return found


def _complete(group: Sequence[tuple[FileEntry, int]], source: Starts) -> Mapping[RelPath, Start]:
    """Return the whole headers: most are within the guess, and the others are asked for again."""
    starts = dict(source.starts([Wanted(entry.path, size) for entry, size in group]))
    longer: list[tuple[FileEntry, int]] = []
    for entry, _ in group:
        look = starts[entry.path]
        if not isinstance(look, Seen):
            continue
        size = min(_needed(look.value, entry), max(entry.size, PREFIX))
        if size > len(look.value) >= PREFIX:
            longer.append((entry, size))
        else:
            starts[entry.path] = Seen(look.value[:size])
    for part in _groups(longer):
        wanted = [Wanted(it.path, size, _value(starts[it.path])) for it, size in part]
        starts |= source.starts(wanted)
    return starts


def _value(look: Start) -> bytes:
    return look.value if isinstance(look, Seen) else b""


def _groups(
    pairs: Sequence[tuple[FileEntry, int]],
) -> Iterator[Sequence[tuple[FileEntry, int]]]:
    """Yield the pairs in groups of which the sizes fit into memory together."""
    group: list[tuple[FileEntry, int]] = []
    for pair in pairs:
        if group and sum(size for _, size in group) + pair[1] > TOGETHER:
            yield group
            group = []
        group.append(pair)
    if group:
        yield group


def _read(entry: FileEntry, look: Start, desk: Desk) -> HeaderRead:
    match look:
        case Seen(data):
            place = _place(entry, data, desk)
            if pointer := pointer_in(data):
                error = TextError(str(pointer), code=Code.GIT_LFS)
                return _unreadable(error, entry, desk)
            try:
                return _parsed(data, place, entry)
            except WeightsError as error:
                return _unreadable(error, entry, desk)
        case Unseen(why, code):
            note_unseen(desk.store, desk.at(entry.path.text), why, code)
            return HeaderRead(look)
        case _:
            assert_never(look)


def _parsed(data: bytes, place: Where, entry: FileEntry) -> HeaderRead:
    length = header_length(data[:PREFIX], entry.size, entry.path)
    if isinstance(length, Unseen):
        return HeaderRead(length, None, (too_large(entry.path, length),))
    header, hazards = parse(data[PREFIX : PREFIX + length], entry.size, entry.path)
    return HeaderRead(header, place, hazards)


def _unreadable(error: ReleaseError, entry: FileEntry, desk: Desk) -> HeaderRead:
    error.path = entry.path.text
    unseen, hazard = one_bad_file(error, desk)
    return HeaderRead(unseen, None, (hazard,))


def _place(entry: FileEntry, data: bytes, desk: Desk) -> Where:
    address = desk.at(entry.path.text)
    capture = Capture(
        EvidenceKind.HEADER,
        address.first(len(data)),
        "application/octet-stream",
        desk.clock(),
        data,
    )
    desk.store.keep(capture)
    if entry.observed and entry.sha256:
        return Where(address, entry.sha256, 0, len(data))
    return capture.where
