"""Files to hash in tests: on a real disk, opened through the production door."""

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path

import attrs

from provenance.doors.disk import Root
from provenance.errors import Code, ProvenanceError
from provenance.hashing.engine import digest_files
from provenance.hashing.wants import Want
from provenance.hashing.work import Files, Interrupted
from provenance.values.digest import Algorithm
from provenance.values.stamp import SIZE
from provenance.values.tree import LEAF, leaf, root

BOTH = (Algorithm.SHA256, Algorithm.GIT_BLOB)
ALL = (*BOTH, Algorithm.TREE_SHA256)
TREE = (Algorithm.TREE_SHA256,)


@attrs.define
class Heard:
    """A progress that remembers what it was told."""

    expected: int = 0
    advanced: int = 0
    on_advance: Callable[[int], None] = lambda _: None

    def step(self, what: str) -> None:
        raise AssertionError(what)

    def expect(self, size: int) -> None:
        self.expected += size

    def advance(self, size: int) -> None:
        self.advanced += size
        self.on_advance(size)


class Noting:
    """A watch that remembers, and stops the work after some bytes."""

    def __init__(self, enough: int = 2**60) -> None:
        self.done = 0
        self.waited = False
        self._enough = enough

    def advance(self, size: int) -> None:
        self.done += size
        if self.done >= self._enough:
            raise Interrupted

    def cold(self) -> None:
        self.waited = True


@attrs.frozen
class Opening:
    """Opens files in a way of the test's own, and remembers the descriptors."""

    open: Callable[[str], int]
    opened: list[int] = attrs.Factory(list)

    @contextmanager
    def within(self, folder: str) -> Iterator[Callable[[str], int]]:
        def open_file(name: str) -> int:
            self.opened.append(self.open(folder + name))
            return self.opened[-1]

        yield open_file


def stamped(folder: Path, path: str, algorithms: Sequence[Algorithm] = BOTH) -> Want:
    """Return what a listing wants of a file that is there now."""
    above, slash, name = path.rpartition("/")
    with Root(folder) as here:
        stamp = here.stamp(path)
    return Want(above + slash, name, stamp[SIZE], stamp, tuple(algorithms))


def sized(path: str, size: int, algorithms: Sequence[Algorithm] = BOTH) -> Want:
    """Return what a listing wants that knows of no stamps."""
    above, slash, name = path.rpartition("/")
    return Want(above + slash, name, size, None, tuple(algorithms))


def expected(data: bytes, algorithms: Sequence[Algorithm] = BOTH) -> tuple[bytes, ...]:
    """Return the digests of some bytes, computed at once."""
    blob = b"blob %d\0" % len(data) + data
    leaves = [leaf(data[at : at + LEAF]) for at in range(0, len(data), LEAF)]
    known = {
        Algorithm.SHA256: hashlib.sha256(data).digest(),
        Algorithm.GIT_BLOB: hashlib.sha1(blob, usedforsecurity=False).digest(),
        Algorithm.TREE_SHA256: root(len(data), leaves).value,
    }
    return tuple(known[one] for one in algorithms)


def hashed(
    wants: Sequence[Want], files: Files, threads: int = 0, executor: Executor | None = None
) -> list[tuple[bytes, ...] | Code]:
    """Return the digests of files, or the code of what went wrong."""
    outcomes = digest_files(wants, files, threads=threads, executor=executor, progress=Heard())
    return [one.code if isinstance(one, ProvenanceError) else one for one in outcomes]


def is_open(descriptor: int) -> bool:
    """Tell whether a descriptor is one of an open file."""
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True
