"""The headers of weight files: from bytes that are here, or asked for without the rest."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias, assert_never

import attrs

from provenance.doors.disk import read_range
from provenance.errors import Code, ReleaseError, TextError, WeightsError
from provenance.flows.auditing.as_hashed import still
from provenance.flows.auditing.desk import Desk
from provenance.flows.auditing.look_at import one_bad_file
from provenance.flows.digesting.in_file import in_file
from provenance.ports.starts import Start, Starts, Wanted
from provenance.ports.weight_format import WeightFormat
from provenance.text.lfs_pointer import LONGEST_POINTER, pointer_in
from provenance.values.access import REFUSED
from provenance.values.byte_range import ByteRange
from provenance.values.evidence import Capture, EvidenceKind, Where
from provenance.values.file_parts import FilePart, FileParts
from provenance.values.hazard import Hazard
from provenance.values.inventory import FileEntry
from provenance.values.look import Look, Seen, Unseen
from provenance.values.path import RelPath
from provenance.values.weights import Header
from provenance.weights.ranges import MOST_RANGES, lacking, require_whole
from provenance.weights.table import reader_of
from provenance.wire.notes_json import UNSEEN

# The headers of the largest models' shards are known to be about half of this.
GUESS = 128 * 2**10
# What is held in memory at once, in bytes, of headers that are asked for together.
TOGETHER = 16 * 2**20
_NOTHING: tuple[FilePart, ...] = (FilePart(0, b""),)

# What came of a file, or why nothing did.
_Begun: TypeAlias = Seen[FileParts] | Unseen


@attrs.frozen
class HeaderRead:
    """One file's header, where it stands, and what is wrong with it."""

    look: Look[Header]
    where: tuple[Where, ...] = ()
    hazards: tuple[Hazard, ...] = ()


@attrs.frozen
class _File:
    """A weight file, and the format as which it is read."""

    entry: FileEntry
    form: WeightFormat

    @property
    def path(self) -> RelPath:
        return self.entry.path

    @property
    def unread(self) -> FileParts:
        return FileParts(self.entry.path, self.entry.size)

    def next(self, parts: FileParts) -> ByteRange | None:
        """Return what is to be read next; of a broken file, what it is instead."""
        try:
            return next(iter(lacking(self.form, parts)), None)
        except WeightsError:
            # A pointer is one as a whole.
            whole = ByteRange(0, parts.size if parts.size <= LONGEST_POINTER else 0)
            return None if parts.holds(whole) else whole

    def gathered(self, read: Callable[[ByteRange], bytes]) -> FileParts:
        """Return what the format wants to see of the file, and nothing else."""
        parts = self.unread
        for _ in range(MOST_RANGES):
            wanted = self.next(parts)
            if wanted is None:
                break
            parts = parts.with_part(wanted.start, read(wanted))
        return parts


_Asked: TypeAlias = tuple[_File, ByteRange]


def read_headers(
    entries: Sequence[FileEntry],
    desk: Desk,
    reader: Callable[[RelPath], WeightFormat | None] = reader_of,
) -> Mapping[RelPath, HeaderRead]:
    """Read the headers of the files among these that have a reader, and keep their bytes.

    Of a file that was not read, only the header is asked for: its place is then in that capture,
    which nothing binds to the file's digest.

    A header that breaks its format's rules is unseen, and a hazard says which; so is a pointer.

    Raises:
        ReleaseError: FS codes, for a file that cannot be read as it was listed, or is not what was
            hashed; a WeightsError, where the desk is strict.
    """
    found: dict[RelPath, HeaderRead] = {}
    remote: list[_File] = []
    for entry in entries:
        form = reader(entry.path)
        if form is None:
            continue
        file = _File(entry, form)
        if entry.observed:
            found[entry.path] = _read(file, Seen(_from_disk(file, desk)), desk)
        else:
            remote.append(file)
    if isinstance(desk.source, Starts):
        found |= _asked(remote, desk.source, desk)
    else:
        found |= {one.path: HeaderRead(Unseen("its bytes were not read")) for one in remote}
    return found


def _from_disk(file: _File, desk: Desk) -> FileParts:
    path = file.path
    with (
        in_file(path.text),
        desk.source.open(path) as opened,
        still(opened, desk.seen.stamps.get(path), path),
    ):
        return file.gathered(lambda one: read_range(opened, one.start, one.size))


def _asked(files: Sequence[_File], source: Starts, desk: Desk) -> Mapping[RelPath, HeaderRead]:
    found: dict[RelPath, HeaderRead] = {}
    refused: Unseen | None = None
    for group in _groups([(file, ByteRange(0, GUESS)) for file in files]):
        if refused:
            found |= {file.path: HeaderRead(refused) for file, _ in group}
            continue
        begun = _complete(group, source)
        for file, _ in group:
            look = begun[file.path]
            found[file.path] = _read(file, look, desk)
            if isinstance(look, Unseen) and look.code in REFUSED:
                # One is refused as all are: a gate is not to be rattled.
                refused = look
    return found


def _complete(guesses: Sequence[_Asked], source: Starts) -> Mapping[RelPath, _Begun]:
    """Return what is wanted of each file: most is within the guess, the rest is asked for."""
    batch = _Batch(source, {file.path: file.unread for file, _ in guesses})
    asked = list(guesses)
    for _ in range(MOST_RANGES):
        nexts = [(file, file.next(batch.parts[file.path])) for file in batch.ask(asked)]
        asked = [(file, wanted) for file, wanted in nexts if wanted]
        if not asked:
            break
    return {file.path: batch.begun(file) for file, _ in guesses}


@attrs.define
class _Batch:
    """What came of files that are asked for together, and why nothing came of others."""

    source: Starts
    parts: dict[RelPath, FileParts]
    unseen: dict[RelPath, Unseen] = attrs.Factory(dict)

    def ask(self, asked: Sequence[_Asked]) -> list[_File]:
        """Ask for one range of each file, and return the files of which anything new came."""
        more: list[_File] = []
        for group in _groups(asked):
            wanted = {file.path: self._wanted(file, one) for file, one in group}
            starts = self.source.starts(list(wanted.values()))
            for file, _ in group:
                before = self.parts[file.path]
                self._take(wanted[file.path], starts[file.path])
                if self.parts[file.path] != before:
                    more.append(file)
        return more

    def begun(self, file: _File) -> _Begun:
        """Return what the format wants of all that came."""
        if file.path in self.unseen:
            return self.unseen[file.path]
        here = self.parts[file.path]
        return Seen(file.gathered(lambda one: here.take(one) if here.holds(one) else b""))

    def _wanted(self, file: _File, one: ByteRange) -> Wanted:
        """Return what to ask for: a range that goes on where the beginning ends makes it longer."""
        start = next(iter(self.parts[file.path].parts), None)
        if start and not start.start and one.start <= start.range.end:
            return Wanted(file.path, one.end, start.data)
        return Wanted(file.path, one.size, start=one.start)

    def _take(self, wanted: Wanted, start: Start) -> None:
        match start:
            case Seen(data):
                here = self.parts[wanted.path]
                self.parts[wanted.path] = here.with_part(wanted.start, data)
            case Unseen():
                self.unseen[wanted.path] = start
            case _:
                assert_never(start)


def _groups(asked: Sequence[_Asked]) -> Iterator[Sequence[_Asked]]:
    """Yield what is asked for in groups of which the sizes fit into memory together."""
    group: list[_Asked] = []
    for file, one in asked:
        if group and sum(it.size for _, it in group) + one.size > TOGETHER:
            yield group
            group = []
        group.append((file, one))
    if group:
        yield group


def _read(file: _File, look: _Begun, desk: Desk) -> HeaderRead:
    entry = file.entry
    match look:
        case Seen(parts):
            where = tuple(_place(entry, one, desk) for one in parts.parts or _NOTHING)
            if pointer := pointer_in(parts.start):
                error = TextError(str(pointer), code=Code.GIT_LFS)
                return _unreadable(error, entry, desk)
            try:
                require_whole(file.form, parts)
                header, hazards = file.form.parse(parts)
            except WeightsError as error:
                return _unreadable(error, entry, desk)
            return HeaderRead(header, where, hazards)
        case Unseen():
            desk.store.note(f"unseen {desk.at(entry.path.text)}", UNSEEN, look)
            return HeaderRead(look)
        case _:
            assert_never(look)


def _unreadable(error: ReleaseError, entry: FileEntry, desk: Desk) -> HeaderRead:
    error.path = entry.path.text
    unseen, hazard = one_bad_file(error, desk)
    return HeaderRead(unseen, (), (hazard,))


def _place(entry: FileEntry, part: FilePart, desk: Desk) -> Where:
    address = desk.at(entry.path.text)
    capture = Capture(
        EvidenceKind.HEADER,
        address.part(part.start, part.range.end),
        "application/octet-stream",
        desk.clock(),
        part.data,
    )
    desk.store.keep(capture)
    if entry.observed and entry.sha256:
        return Where(address, entry.sha256, part.start, part.range.end)
    return capture.where
