"""The work of hashing, in pieces that any thread, process or machine can do alone."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import cycle, groupby, repeat
from operator import itemgetter
from typing import NamedTuple, Protocol

from provenance.doors.clock import settle
from provenance.doors.descriptor import (
    CTIME,
    SIZE,
    Stamp,
    close,
    read,
    read_if_in_memory,
    read_into,
    stamp,
    stamp_of,
    status_of,
)
from provenance.doors.trail import refusal, refused
from provenance.errors import Code, ProvenanceError, ReleaseError
from provenance.hashing.algorithms import once, start
from provenance.values.digest import Algorithm
from provenance.values.tree_hash import TreeHash

# What is read at once: it stays in the processor's cache while every hash goes over it.
BUFFER = 256 * 2**10
# Below this size a file is read at once, and starting a thread for it would cost more than that.
SMALL = 64 * 2**10
BATCH = 256

# An open file of the caller's, and what it is at that moment.
Opened = tuple[int, Stamp]
# The digests of a file, in the order in which they were wanted; or why there are none.
Outcome = tuple[bytes, ...] | ProvenanceError


class Files(Protocol):
    """Where files are opened: regular ones only, and nothing outside of what was listed."""

    def within(self, folder: str) -> AbstractContextManager[Callable[[str], int]]:
        """Yield what opens a folder's files by name; ``folder`` is empty or ends with a slash.

        Each comes as a descriptor that is the caller's to close, and to hold against its stamp.
        """
        ...


class Want(NamedTuple):
    """A file to hash: where it is, its listed size in bytes, and the digests wanted of it.

    ``stamp`` is what it was when it was listed, where that was looked at.
    """

    folder: str
    name: str
    size: int
    stamp: Stamp | None
    algorithms: tuple[Algorithm, ...]

    @property
    def path(self) -> str:
        """Return the path of the file."""
        return self.folder + self.name


class Columns(NamedTuple):
    """Listed files in columns: their folders, names and stamps, in one order."""

    folders: list[str]
    names: list[str]
    stamps: list[Stamp]

    @property
    def sizes(self) -> list[int]:
        """Return the listed sizes, in bytes."""
        return [stamp[SIZE] for stamp in self.stamps]

    def chosen(self, places: Sequence[int]) -> "Columns":
        """Return some of the files, in the order of their places."""
        return Columns(
            [self.folders[at] for at in places],
            [self.names[at] for at in places],
            [self.stamps[at] for at in places],
        )

    def wants(self, algorithms: tuple[Algorithm, ...]) -> list[Want]:
        """Return what is to be hashed of them."""
        columns = (self.folders, self.names, self.sizes, self.stamps, repeat(algorithms))
        rows = zip(*columns, strict=False)
        return list(map(Want._make, rows))


class Interrupted(Exception):  # noqa: N818 - nothing went wrong
    """The caller gave up; never leaves the engine."""


class Watch(Protocol):
    """Whoever wants to know how far the work is, and may stop it."""

    def advance(self, size: int) -> None:
        """Take note of bytes that are done.

        Raises:
            Interrupted: when there is no point in going on.
        """
        ...

    def cold(self) -> None:
        """Take note that a file's bytes are not in memory: more threads would help."""
        ...


class Unwatched:
    """Nobody: for work that is done where nobody can look."""

    def advance(self, size: int) -> None:
        """Do nothing."""

    def cold(self) -> None:
        """Do nothing."""


def hash_batch(
    files: Files, wants: Sequence[Want], watch: Watch, *, probe: bool = False
) -> list[Outcome]:
    """Hash small files, folder by folder; outcomes come in order, and one failure stops no other.

    Four system calls for a file that has a stamp: open, read, fstat, close. With ``probe`` the work
    ends early where many files must be waited for: then there are fewer outcomes than wants, and
    more threads should do the others.

    Raises:
        Interrupted: when the watch says so.
    """
    outcomes: list[Outcome] = []
    probed = _Probe()
    readers = (probed.read, *(15 * (read,))) if probe else (read,)
    for folder, group in _groups(wants):
        digests = once(group[0].algorithms)
        settle(max([want.stamp[CTIME] for want in group if want.stamp], default=0))
        try:
            with files.within(folder) as open_file:
                pairs = zip(group, cycle(readers), strict=False)
                outcomes += [_hash_small(want, open_file, it, digests) for want, it in pairs]
        except (OSError, ProvenanceError) as cause:
            outcomes += [trouble(want, cause) for want in group]
        watch.advance(sum([want.size for want in group]))
        if probed.misses * 2 > probed.reads:
            watch.cold()
            break
    return outcomes


def _groups(wants: Sequence[Want]) -> Iterator[tuple[str, list[Want]]]:
    """Yield neighbours of one folder and with the same algorithms, ``BATCH`` of them at most."""
    for (folder, _), group in groupby(wants, key=itemgetter(0, 4)):
        rest = list(group)
        for at in range(0, len(rest), BATCH):
            yield folder, rest[at : at + BATCH]


class _Probe:
    """Reads small files, and counts those that a disk had to be waited for."""

    def __init__(self) -> None:
        self.reads = 0
        self.misses = 0

    def read(self, descriptor: int, size: int) -> bytes:
        self.reads += 1
        self.misses += read_if_in_memory(descriptor, memoryview(bytearray(1)), 0) is None
        return read(descriptor, size)


def _hash_small(
    want: Want,
    open_file: Callable[[str], int],
    reader: Callable[[int, int], bytes],
    digests: Callable[[bytes], tuple[bytes, ...]],
) -> Outcome:
    _, name, size, expected, _ = want
    try:
        descriptor = open_file(name)
        try:
            if expected is None:
                expected = _listed(want, stamp_of(descriptor, want.path))
                settle(expected[CTIME])
            # One byte more than it has: a file that grew shows in the same read. Before its stamp
            # is seen these may be anything's bytes, and are nobody's digest.
            data = reader(descriptor, size + 1)
            after = stamp(status_of(descriptor))
        finally:
            close(descriptor)
        if after != expected or len(data) != size:
            raise _touched(want, after)
    except (OSError, ProvenanceError) as cause:
        return trouble(want, cause)
    return digests(data)


@contextmanager
def opened(files: Files, want: Want) -> Iterator[Opened]:
    """Open one file that is what was listed, and close it.

    Raises:
        ProvenanceError: when it cannot be opened, or is not what was listed.
    """
    with files.within(want.folder) as open_file:
        descriptor = open_file(want.name)
        try:
            before = _listed(want, stamp_of(descriptor, want.path))
            settle(before[CTIME])
            yield descriptor, before
        finally:
            close(descriptor)


Opener = Callable[[Want], AbstractContextManager[Opened]]


def hash_whole(files: Files, want: Want, watch: Watch) -> Outcome:
    """Hash a file from its beginning to its end: one read feeds all digests.

    Raises:
        Interrupted: when the watch says so.
    """
    try:
        with opened(files, want) as (descriptor, before):
            hashes = [start(one, before[SIZE]) for one in want.algorithms]
            for part in parts(want, descriptor, 0, before[SIZE], watch):
                for one in hashes:
                    one.update(part)
            require_untouched(want, before, descriptor)
    except (OSError, ProvenanceError) as cause:
        return trouble(want, cause)
    return tuple(one.digest() for one in hashes)


class Span(NamedTuple):
    """A part of a file: where it is, its subtrees in order, and the file's stamp."""

    begin: int
    size: int
    subtrees: tuple[bytes, ...]
    stamp: Stamp


def hash_span(
    opener: Opener, want: Want, begin: int, end: int, watch: Watch
) -> Span | ProvenanceError:
    """Hash the bytes from ``begin``, a multiple of ``SUBTREE``, to ``end`` for ``tree-sha256``.

    Raises:
        Interrupted: when the watch says so.
    """
    try:
        with opener(want) as (descriptor, before):
            hashed = TreeHash()
            for part in parts(want, descriptor, begin, end, watch):
                hashed.update(part)
            require_untouched(want, before, descriptor)
    except (OSError, ProvenanceError) as cause:
        return trouble(want, cause)
    return Span(begin, end - begin, hashed.leaves.subtrees, before)


def parts(want: Want, descriptor: int, begin: int, end: int, watch: Watch) -> Iterator[memoryview]:
    """Yield a file's bytes in order, each time in the same buffer.

    Raises:
        ReleaseError: FS_CHANGED when the file ends early.
    """
    buffer = memoryview(bytearray(min(BUFFER, end - begin)))
    known = read_if_in_memory(descriptor, buffer, begin) if buffer else 0
    if known is None:
        watch.cold()
    while begin < end:
        size = known or read_into(descriptor, (buffer[: end - begin],), begin)
        if not size:
            raise changed(want, f"ended {end - begin} bytes early")
        yield buffer[:size]
        begin += size
        known = None
        watch.advance(size)


def _listed(want: Want, found: Stamp) -> Stamp:
    """Return the stamp of a file that is what was listed."""
    if found[SIZE] != want.size or want.stamp not in {None, found}:
        raise _touched(want, found)
    return found


def _touched(want: Want, found: Stamp) -> ReleaseError:
    """Return the error for a file that is not what was listed, or changed since."""
    if found[SIZE] != want.size:
        return changed(want, f"has {found[SIZE]} bytes, and was listed with {want.size}")
    return changed(want, "was replaced or written to after it was listed")


def require_untouched(want: Want, before: Stamp, descriptor: int) -> None:
    """Raise FS_CHANGED for an open file whose stamp is another one than before."""
    if stamp_of(descriptor, want.path) != before:
        raise changed(want, "was written to while it was read")


def changed(want: Want, what: str) -> ReleaseError:
    """Return the error for a file that did not stay what it was."""
    return refused(want.path, Code.FS_CHANGED, what, "stop what writes here")


def trouble(want: Want, cause: OSError | ProvenanceError) -> ProvenanceError:
    """Return the error that a file's trouble is told as."""
    return refusal(want.path, cause) if isinstance(cause, OSError) else cause
