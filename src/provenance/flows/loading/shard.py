"""One weight file whose tensors are handed out verified, whole or one by one."""

import weakref
from collections.abc import Callable
from threading import RLock
from typing import TYPE_CHECKING, BinaryIO, TypeAlias, assert_never

from provenance.doors.disk import read_start
from provenance.errors import Code, ProvenanceError, ReleaseError, VerificationError, WeightsError
from provenance.flows.loading.arrays import Room, apart
from provenance.hashing.checked import Expected, Pace, Reading
from provenance.values.look import Missing, Seen, Unseen
from provenance.values.path import RelPath
from provenance.values.tree import LEAF, Leaves, leaf_count
from provenance.values.weights import Header, Tensor
from provenance.weights.placed import START, Placed, data_begins, placed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bytes: TypeAlias = NDArray[np.uint8]

# Of parts up to this size, in bytes, the last one stays in memory.
NEAR = 2 * LEAF


class Shard:
    """A safetensors file, its expected digest, and what of it was verified so far.

    Its methods may be called from several threads; they take turns. They raise VerificationError
    for a file that is gone (FILE_REMOVED) or another (FILE_CHANGED), WeightsError for one that is
    the expected one and breaks its format's rules, ReleaseError for what keeps a file from being
    read, and ToolError (RESOURCE) where memory ends.
    """

    def __init__(
        self,
        expected: Expected,
        open_file: Callable[[RelPath], BinaryIO],
        leaves: Leaves | None,
        *,
        most: int,
    ) -> None:
        """Begin with nothing read; ``leaves``, if any, were found to be those of the file.

        A file of up to ``most`` bytes is read whole where its leaves are not known.
        """
        self.path = expected.path
        self._expected = expected
        self._open_file = open_file
        self._leaves = leaves
        self._most = most
        self._placed: Placed | None = None
        self._block: tuple[int, Bytes] = 0, Room(0, 0).sealed()
        self._held: Bytes | None = None
        self._alive: weakref.ref[Bytes] | None = None
        self._lock = RLock()

    @property
    def by_leaves(self) -> bool:
        """Whether all threads can share the work of reading it whole."""
        return self._expected.by_leaves

    def hinted(self) -> Header | None:
        """Return what the file's header says, unverified: good for guessing where a tensor is.

        ``None`` stands for a header that cannot be read: verification says why, when it comes.
        """
        try:
            with self._open() as file:
                return _placed(
                    self._expected, lambda start, end: read_start(file, end - start)
                ).header
        except ProvenanceError:
            return None

    def header(self, pace: Pace) -> Header:
        """Return the verified header."""
        with self._lock:
            return (self._placed or self._place(self._known(pace), pace)).header

    def whole(self, pace: Pace) -> tuple[Placed, "Bytes"]:
        """Return the verified header and all verified bytes of the file."""
        with self._lock:
            whole = self._in_memory()
            if whole is None:
                whole = self._read(pace)
            return self._placed or self._place(whole, pace), whole

    def bytes_of(self, tensor: Tensor, pace: Pace) -> "Bytes":
        """Return a tensor's verified bytes: a view of all, where they are in memory."""
        with self._lock:
            known = self._known(pace)
            placed = self._placed or self._place(known, pace)
            return self._part(known, placed.data + tensor.start, placed.data + tensor.end, pace)

    def let_go(self) -> None:
        """Keep the file's bytes in memory no longer than arrays over them are."""
        self._held = None
        self._block = 0, Room(0, 0).sealed()

    def _in_memory(self) -> "Bytes | None":
        return self._alive() if self._alive else None

    def _known(self, pace: Pace) -> "Leaves | Bytes":
        """Return what parts are verified by: all bytes in memory, or the leaves."""
        whole = self._in_memory()
        if whole is not None:
            return whole
        if self._leaves is None:
            # What was in memory before, and is wanted again, is worth the cost of its leaves.
            if self._expected.size <= self._most and self._alive is None:
                return self._read(pace)
            with self._open() as file:
                self._leaves = Reading(file, self._expected, pace).learn()
        return self._leaves

    def _read(self, pace: Pace) -> "Bytes":
        with self._open() as file:
            # Not verified yet: where the data begins decides only how the memory is aligned.
            room = Room(self._expected.size, data_begins(read_start(file, START)))
            self._leaves = Reading(file, self._expected, pace).whole(room.view) or self._leaves
        self._held = room.sealed()
        self._alive = weakref.ref(self._held)
        return self._held

    def _part(self, known: "Leaves | Bytes", start: int, end: int, pace: Pace) -> "Bytes":
        """Return the bytes from ``start`` to ``end``, read with what else is in their leaves."""
        if not isinstance(known, Leaves):
            return known[start:end]
        begin, block = self._block
        if not begin <= start <= end <= begin + len(block):
            begin, block = self._read_part(known, start, end, pace)
        part = block[start - begin : end - begin]
        return part if 2 * len(part) > len(block) else apart(part)

    def _read_part(self, leaves: Leaves, start: int, end: int, pace: Pace) -> tuple[int, "Bytes"]:
        """Return verified bytes around a part, and where in the file they begin."""
        begin = start // LEAF * LEAF
        stop = min(leaf_count(end) * LEAF, self._expected.size) if start < end else begin
        room = Room(stop - begin, start - begin)
        with self._open() as file:
            Reading(file, self._expected, pace).part(leaves, begin // LEAF, room.view)
        block = room.sealed()
        if len(block) <= NEAR:
            # Small tensors lie side by side: the next one is probably in here.
            self._block = begin, block
        return begin, block

    def _place(self, known: "Leaves | Bytes", pace: Pace) -> Placed:
        def part(start: int, end: int) -> bytes:
            return self._part(known, start, end, pace).tobytes()

        self._placed = _placed(self._expected, part)
        return self._placed

    def _open(self) -> BinaryIO:
        try:
            return self._open_file(self.path)
        except ReleaseError as cause:
            if cause.code is not Code.FS_CHANGED:
                raise
            raise VerificationError(
                f"{self.path.text[:200]!a} is listed, and is not there",
                hint="get the release again from its publisher",
                code=Code.FILE_REMOVED,
            ) from cause


def _placed(expected: Expected, part: Callable[[int, int], bytes]) -> Placed:
    """Read the header through ``part``, which returns the bytes between two places of the file."""
    path = expected.path
    look = placed(path, expected.size, part)
    match look:
        case Seen(found):
            return found
        case Unseen() | Missing():
            raise _too_large(path, look)
        case _:
            assert_never(look)


def _too_large(path: RelPath, look: Unseen | Missing) -> WeightsError:
    return WeightsError(
        f"{path.text[:200]!a} has a header that is not read: {look.reason}",
        hint="split the file into shards",
        code=Code.RESOURCE,
    )
