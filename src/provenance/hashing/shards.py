"""Shards: files hashed in parts of one size, each part with a digest of its own."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import attrs

from provenance.doors.descriptor import read_into, stamp_of
from provenance.doors.processors import usable_processors
from provenance.doors.trail import refusal
from provenance.hashing.algorithms import start
from provenance.hashing.wants import Want
from provenance.hashing.work import BUFFER, Files, changed, opened
from provenance.ports.progress import Progress
from provenance.values.digest import Algorithm


class Shard(NamedTuple):
    """The bytes of a file from ``begin`` up to but not including ``end``, and their digest."""

    path: str
    begin: int
    end: int
    digest: bytes


@attrs.frozen
class _Cut:
    """How files are cut, and who is told."""

    files: Files
    size: int
    progress: Progress

    def hash(self, want: Want) -> list[Shard]:
        try:
            with opened(self.files, want) as (descriptor, before):
                shards = list(self._shards(want, descriptor))
                if stamp_of(descriptor, want.path) != before:
                    raise changed(want, "was written to while it was read")
        except OSError as cause:
            raise refusal(want.path, cause) from cause
        return shards

    def _shards(self, want: Want, descriptor: int) -> Iterator[Shard]:
        (algorithm,) = want.algorithms
        for begin in range(0, want.size, self.size):
            end = min(begin + self.size, want.size)
            yield Shard(want.path, begin, end, self._part(want, descriptor, begin, end, algorithm))

    def _part(
        self, want: Want, descriptor: int, begin: int, end: int, algorithm: Algorithm
    ) -> bytes:
        state = start(algorithm, end - begin)
        buffer = memoryview(bytearray(min(BUFFER, end - begin)))
        while begin < end:
            size = read_into(descriptor, (buffer[: end - begin],), begin)
            if not size:
                raise changed(want, f"ended {want.size - begin} bytes early")
            state.update(buffer[:size])
            begin += size
            self.progress.advance(size)
        return state.digest()


def digest_shards(
    wants: Sequence[Want], files: Files, *, size: int, threads: int = 0, progress: Progress
) -> tuple[Shard, ...]:
    """Hash files in parts of ``size`` bytes; empty files have none.

    Each wants one digest. Shards come in the order of ``wants``, then of their offsets; ``threads``
    is 0 for as many as there are usable processors, and each has a buffer of a quarter of a
    megabyte.

    Raises:
        ReleaseError: FS_CHANGED for a file that is not what was listed, or is touched while it is
            read; FS_IO; whatever else ``files`` raises.
    """
    progress.expect(sum(want.size for want in wants))
    cut = _Cut(files, size, progress)
    with ThreadPoolExecutor(threads or usable_processors(), "shards") as pool:
        return tuple(shard for shards in pool.map(cut.hash, wants) for shard in shards)
