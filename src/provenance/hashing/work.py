"""The work of hashing, in pieces that any thread, process or machine can do alone."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import NamedTuple, Protocol

from provenance.doors.clock import settle
from provenance.doors.descriptor import close, read_if_in_memory, read_into, stamp_of
from provenance.doors.trail import refusal, refused
from provenance.errors import Code, ProvenanceError, ReleaseError
from provenance.hashing.algorithms import start
from provenance.hashing.wants import Want
from provenance.values.stamp import CTIME, SIZE, Stamp
from provenance.values.tree_hash import TreeHash

# What is read at once: it stays in the processor's cache while every hash goes over it.
BUFFER = 256 * 2**10

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


@contextmanager
def opened(files: Files, want: Want) -> Iterator[Opened]:
    """Open one file that is what was listed, and close it.

    Raises:
        ProvenanceError: when it cannot be opened, or is not what was listed.
    """
    with files.within(want.folder) as open_file:
        descriptor = open_file(want.name)
        try:
            before = listed(want, stamp_of(descriptor, want.path))
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


def listed(want: Want, found: Stamp) -> Stamp:
    """Return the stamp of a file that is what was listed."""
    if found[SIZE] != want.size or want.stamp not in {None, found}:
        raise touched(want, found)
    return found


def touched(want: Want, found: Stamp) -> ReleaseError:
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
