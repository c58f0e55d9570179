"""Shards: files hashed in parts of one size, each part with a digest of its own."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import BinaryIO

import attrs

from provenance.hashing import engine
from provenance.hashing.algorithms import start
from provenance.hashing.engine import BUFFER, Open, usable_processors
from provenance.ports.progress import Progress
from provenance.values.digest import Algorithm, Digest
from provenance.values.path import RelPath

# The rule about what changes while it is read is the engine's, and stays there.
_identity = engine._identity  # noqa: SLF001 - the same room
_changed = engine._changed  # noqa: SLF001 - the same room


@attrs.frozen
class Shard:
    """The bytes of a file from ``start`` up to but not including ``end``, and their digest."""

    path: RelPath
    start: int
    end: int
    digest: Digest


@attrs.frozen
class _Plan:
    open_file: Open
    algorithm: Algorithm
    size: int
    progress: Progress

    def hash(self, job: tuple[RelPath, int]) -> list[Shard]:
        path, size = job
        with self.open_file(path) as file:
            before = _identity(file.fileno())
            if before[2] != size:
                raise _changed(path, f"has {before[2]} bytes, and was listed with {size}")
            shards = list(self._shards(path, size, file))
            if _identity(file.fileno()) != before:
                raise _changed(path, "was written to while it was read")
            return shards

    def _shards(self, path: RelPath, size: int, file: BinaryIO) -> Iterator[Shard]:
        for begin in range(0, size, self.size):
            end = min(begin + self.size, size)
            state = start(self.algorithm, end - begin)
            left = end - begin
            while left:
                part = file.read(min(left, BUFFER))
                if not part:
                    raise _changed(path, f"ended {size - end + left} bytes early")
                state.update(memoryview(part))
                left -= len(part)
            self.progress.advance(end - begin)
            yield Shard(path, begin, end, Digest(self.algorithm, state.digest()))


def digest_shards(  # noqa: PLR0913 - what it takes to read files in parts
    files: Sequence[tuple[RelPath, int]],
    open_file: Open,
    *,
    algorithm: Algorithm,
    size: int,
    threads: int = 0,
    progress: Progress,
) -> tuple[Shard, ...]:
    """Hash files in parts of ``size`` bytes; empty files have none.

    ``files`` are paths with their listed sizes in bytes. Shards come in the order of ``files``,
    then of their offsets; ``threads`` is 0 for as many as there are usable processors.

    Raises:
        ReleaseError: FS_CHANGED for a file that is not of its listed size, or is touched while it
            is read; whatever ``open_file`` raises.
    """
    progress.expect(sum(length for _, length in files))
    plan = _Plan(open_file, algorithm, size, progress)
    with ThreadPoolExecutor(threads or usable_processors(), "shards") as pool:
        return tuple(shard for shards in pool.map(plan.hash, files) for shard in shards)
