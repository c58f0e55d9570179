"""Bytes of a file in the caller's own memory, believed once they come to the digest they should.

What is hashed is what is handed over: the file is read into a buffer that nobody else can reach,
and the buffer is hashed. Nothing that happens to the file afterwards, or between two reads, can
change bytes that were found good.
"""

import hashlib
import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import takewhile
from queue import SimpleQueue
from threading import Event, local
from typing import BinaryIO

import attrs

from provenance.doors.processors import usable_processors
from provenance.doors.trail import translated
from provenance.errors import Code, VerificationError
from provenance.values.digest import Algorithm, Digest
from provenance.values.path import RelPath
from provenance.values.tree import LEAF, Leaves, leaf, leaf_count


@attrs.frozen
class Expected:
    """What a file has to be: its size in bytes, and its SHA-256 or the root of its hash tree."""

    path: RelPath
    size: int
    digest: Digest

    @property
    def by_leaves(self) -> bool:
        """Whether the digest is that of a tree, so that several threads can share the work."""
        return self.digest.algorithm is Algorithm.TREE_SHA256


class Interrupted(Exception):  # noqa: N818 - nothing went wrong
    """Another thread of the same work gave up; whoever set the event raises the reason."""


@attrs.frozen
class Pace:
    """How many threads share the leaves of one file (0: one per usable processor), and until when.

    Whoever sets ``stop`` ends the work within one leaf, with :class:`Interrupted`.
    """

    threads: int = 0
    stop: Event = attrs.field(factory=Event)


@attrs.frozen
class Reading:
    """One opened file that is read and verified.

    ``file`` has a descriptor; where it stands does not matter. Every method raises
    VerificationError (FILE_CHANGED) for any other bytes than the expected ones, and ReleaseError
    (FS_IO) when the disk fails; what is in a buffer then is worthless.
    """

    file: BinaryIO
    expected: Expected
    pace: Pace

    def whole(self, into: memoryview) -> Leaves | None:
        """Fill ``into``, which has the expected size, with all of the file; return its leaves.

        Where a plain SHA-256 is expected, leaves are not computed, and ``None`` is returned.
        """
        self._require_size()
        if not self.expected.by_leaves:
            with closing(self._ahead(into)) as parts:
                self._require_sha256(parts)
            return None
        return self._leaves(lambda at: into[at * LEAF : (at + 1) * LEAF])

    def learn(self) -> Leaves:
        """Read all of the file, with a mebibyte for each thread in memory; return its leaves."""
        self._require_size()
        if self.expected.by_leaves:
            own = local()
            return self._leaves(lambda at: self._spare(own, at))
        found = []

        def noted(part: memoryview) -> memoryview:
            found.append(leaf(part))
            return part

        buffer = memoryview(bytearray(LEAF))
        self._require_sha256(map(noted, self._in_order(lambda _: buffer)))
        return Leaves.of(self.expected.size, found)

    def part(self, leaves: Leaves, first: int, into: memoryview) -> None:
        """Fill ``into`` with whole leaves from number ``first`` on, of a file whose leaves we know.

        Only where the file ends may ``into`` end within a leaf. Nothing else is read.
        """
        self._require_size()

        def hashed(at: int) -> bytes:
            part = into[at * LEAF : (at + 1) * LEAF]
            start = (first + at) * LEAF
            self._fill(part, start)
            found = leaf(part)
            if found != leaves[first + at]:
                place = f"between byte {start} and {start + len(part)}"
                raise changed(self.expected.path, f"is not what is listed, {place}")
            return found

        _each_leaf(leaf_count(len(into)), hashed, self.pace)

    def _require_size(self) -> None:
        with translated(self.expected.path.text):
            size = os.fstat(self.file.fileno()).st_size
        if size != self.expected.size:
            what = f"has {size} bytes, and is listed with {self.expected.size}"
            raise changed(self.expected.path, what)

    def _spare(self, own: local, at: int) -> memoryview:
        """Return this thread's buffer, as long as leaf ``at`` is."""
        if not hasattr(own, "buffer"):
            own.buffer = memoryview(bytearray(LEAF))
        whole: memoryview = own.buffer
        return whole[: self.expected.size - at * LEAF]

    def _leaves(self, place: Callable[[int], memoryview]) -> Leaves:
        def hashed(at: int) -> bytes:
            part = place(at)
            self._fill(part, at * LEAF)
            return leaf(part)

        size = self.expected.size
        found = Leaves.of(size, _each_leaf(leaf_count(size), hashed, self.pace))
        self._require_digest(found.root)
        return found

    def _require_sha256(self, parts: Iterable[memoryview]) -> None:
        whole = hashlib.sha256()
        for part in parts:
            whole.update(part)
        self._require_digest(Digest(Algorithm.SHA256, whole.digest()))

    def _in_order(self, place: Callable[[int], memoryview]) -> Iterator[memoryview]:
        """Read the file from start to end, and yield each mebibyte where it was put."""
        for at in range(0, self.expected.size, LEAF):
            if self.pace.stop.is_set():
                raise Interrupted
            part = place(at)[: self.expected.size - at]
            self._fill(part, at)
            yield part

    def _ahead(self, into: memoryview) -> Generator[memoryview, None, None]:
        """Read the file into ``into``, where there are threads for it by one that goes ahead."""
        parts = self._in_order(lambda at: into[at : at + LEAF])
        if self.pace.threads == 1 or len(into) <= LEAF:
            yield from parts
            return
        filled: SimpleQueue[memoryview | None] = SimpleQueue()
        given_up = Event()

        def read() -> None:
            try:
                for part in takewhile(lambda _: not given_up.is_set(), parts):
                    filled.put(part)
            finally:
                filled.put(None)

        with ThreadPoolExecutor(1, "reading") as pool:
            reading = pool.submit(read)
            try:
                yield from iter(filled.get, None)
            finally:
                given_up.set()
            reading.result()

    def _fill(self, part: memoryview, at: int) -> None:
        """Read into all of ``part`` what stands in the file from byte ``at`` on."""
        with translated(self.expected.path.text):
            while part:
                size = os.preadv(self.file.fileno(), [part], at)
                if not size:
                    raise changed(self.expected.path, f"ends at byte {at}")
                part, at = part[size:], at + size

    def _require_digest(self, found: Digest) -> None:
        if found != self.expected.digest:
            what = f"has the digest {found}, and is listed with {self.expected.digest}"
            raise changed(self.expected.path, what)


def require_leaves(expected: Expected, leaves: Leaves) -> Leaves:
    """Return leaves that somebody gave us, if they are those of the expected file.

    Raises:
        VerificationError: FILE_CHANGED, also where no root says which leaves are right.
    """
    if not expected.by_leaves:
        raise changed(expected.path, "is listed without a tree-sha256: leaves cannot be believed")
    if leaves.size != expected.size or leaves.root != expected.digest:
        raise changed(expected.path, "has other leaves than those that were given")
    return leaves


def changed(path: RelPath, what: str) -> VerificationError:
    """Return the error for a file that is not the one that is listed."""
    return VerificationError(
        f"{path.text[:200]!a} {what}",
        hint="get the release again from its publisher, or do not use it",
        code=Code.FILE_CHANGED,
    )


def _each_leaf(count: int, hashed: Callable[[int], bytes], pace: Pace) -> list[bytes]:
    """Return what ``hashed`` gives for each number below ``count``, computed by several threads."""
    found = [b""] * count
    # Taken from the left by all threads: the file is read nearly in order, and none idles.
    left = deque(range(count))

    def work() -> None:
        while True:
            try:
                at = left.popleft()
            except IndexError:
                return
            if pace.stop.is_set():
                raise Interrupted
            found[at] = hashed(at)

    threads = min(pace.threads or usable_processors(), count)
    if threads <= 1:
        work()
        return found
    pool = ThreadPoolExecutor(threads, "verifying")
    try:
        for future in [pool.submit(work) for _ in range(threads)]:
            future.result()
    finally:
        # After a failure, the other threads end with the leaf that they are at.
        left.clear()
        pool.shutdown()
    return found
