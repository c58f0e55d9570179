"""The digest engine: each file is read once, and what changes meanwhile is noticed."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import BinaryIO

import attrs

from provenance.errors import Code, ProvenanceError, ReleaseError
from provenance.hashing.algorithms import start
from provenance.hashing.plan import Job
from provenance.ports.progress import Progress
from provenance.values.digest import Algorithm, Digest, DigestSet
from provenance.values.path import RelPath

BUFFER = 2**20
# Below this size starting a thread costs more than hashing: such files share one.
SMALL = 64 * 2**10
BATCH = 256

Open = Callable[[RelPath], BinaryIO]


@attrs.frozen
class Hashed:
    """A file whose bytes were all read, and their digests."""

    path: RelPath
    digests: DigestSet


@attrs.frozen
class Failed:
    """A file that could not be hashed, and the error that says why."""

    path: RelPath
    error: ProvenanceError


# What must stay the same from before the first byte is read until after the last.
_Identity = tuple[int, int, int, int, int]


@attrs.frozen
class _Group:
    """Jobs that are thought to name one file; the first is read, the others are compared."""

    jobs: tuple[Job, ...]

    @property
    def size(self) -> int:
        return self.jobs[0].size


class _Interrupted(Exception):  # noqa: N818 - nothing went wrong
    """The caller gave up; never leaves this module."""


def digest_files(
    jobs: Sequence[Job], open_file: Open, *, threads: int = 0, progress: Progress
) -> tuple[Hashed | Failed, ...]:
    """Hash files; results come in the order of ``jobs``, and one failure stops no other file.

    ``open_file`` gives regular files, unbuffered, with a descriptor; it is called from several
    threads. ``threads`` is 0 for as many as there are usable processors. Memory is one megabyte
    for each thread, whatever the sizes. An interrupt ends all threads within one read.

    A file fails with FS_CHANGED when it is not of its listed size or is touched while it is read,
    with FS_IO when its disk fails, and with whatever ``open_file`` raises of this package's errors.
    """
    progress.expect(sum(group.size for group in _groups(jobs)))
    stop = Event()
    found: dict[RelPath, Hashed | Failed] = {}
    lanes = [_Lane(groups, open_file, progress, stop) for groups in _lanes(jobs)]
    pool = ThreadPoolExecutor(threads or usable_processors(), "hashing")
    try:
        for future in [pool.submit(lane.run) for lane in lanes]:
            found.update((result.path, result) for result in future.result())
    finally:
        stop.set()
        pool.shutdown(cancel_futures=True)
    return tuple(found[job.path] for job in jobs)


def usable_processors() -> int:
    """Return the number of processors that this process may run on."""
    return len(os.sched_getaffinity(0))


def _groups(jobs: Iterable[Job]) -> list[_Group]:
    """Return the jobs by key, largest first, so that no large file is left for the end."""
    by_key: dict[object, list[Job]] = {}
    for job in jobs:
        by_key.setdefault(job.path if job.key is None else (job.key,), []).append(job)
    groups = [_Group(tuple(group)) for group in by_key.values()]
    return sorted(groups, key=lambda group: (-group.size, group.jobs[0].path))


def _lanes(jobs: Iterable[Job]) -> list[list[_Group]]:
    """Return what each thread takes at once: one large file, or all of the small ones."""
    groups = _groups(jobs)
    small = [group for group in groups if group.size < SMALL]
    lanes = [[group] for group in groups if group.size >= SMALL]
    return [*lanes, small] if small else lanes


class _Lane:
    """What one thread does: its groups, one after the other, through one buffer."""

    def __init__(
        self, groups: list[_Group], open_file: Open, progress: Progress, stop: Event
    ) -> None:
        self._groups = groups
        self._open = open_file
        self._progress = progress
        self._stop = stop
        self._buffer = memoryview(b"")

    def run(self) -> list[Hashed | Failed]:
        """Hash all groups, or what can be done until the caller gives up."""
        self._buffer = memoryview(bytearray(max(min(BUFFER, self._groups[0].size), 1)))
        results: list[Hashed | Failed] = []
        try:
            for start in range(0, len(self._groups), BATCH):
                batch = self._groups[start : start + BATCH]
                for group in batch:
                    results.extend(self._group(group))
                self._progress.advance(sum(group.size for group in batch if group.size < SMALL))
        except _Interrupted:
            pass
        finally:
            self._buffer = memoryview(b"")
        return results

    def _group(self, group: _Group) -> Iterator[Hashed | Failed]:
        wanted = tuple({one: None for job in group.jobs for one in job.algorithms})
        known: tuple[_Identity, DigestSet] | None = None
        for job in group.jobs:
            try:
                known = self._hash(job, wanted, known)
            except ProvenanceError as error:
                yield Failed(job.path, error)
            except OSError as cause:
                yield Failed(job.path, _unreadable(job.path, cause))
            else:
                yield Hashed(
                    job.path, DigestSet(tuple(d for d in known[1] if d.algorithm in job.algorithms))
                )

    def _hash(
        self, job: Job, wanted: tuple[Algorithm, ...], known: tuple[_Identity, DigestSet] | None
    ) -> tuple[_Identity, DigestSet]:
        with self._open(job.path) as file:
            before = _identity(file.fileno())
            if before[2] != job.size:
                raise _changed(job.path, f"has {before[2]} bytes, and was listed with {job.size}")
            # The same untouched file under another name: its bytes were read a moment ago.
            if known and known[0] == before:
                return known
            digests = self._read(file.fileno(), job, wanted)
            if _identity(file.fileno()) != before:
                raise _changed(job.path, "was written to while it was read")
            return before, digests

    def _read(self, file: int, job: Job, wanted: tuple[Algorithm, ...]) -> DigestSet:
        hashes = [start(algorithm, job.size) for algorithm in wanted]
        left = job.size
        while left:
            if self._stop.is_set():
                raise _Interrupted
            size = os.readv(file, [self._buffer[: min(left, len(self._buffer))]])
            if not size:
                raise _changed(job.path, f"ended {left} bytes early")
            for one in hashes:
                one.update(self._buffer[:size])
            left -= size
            if job.size >= SMALL:
                self._progress.advance(size)
        pairs = zip(wanted, hashes, strict=True)
        return DigestSet(tuple(Digest(name, one.digest()) for name, one in pairs))


def _identity(file: int) -> _Identity:
    status = os.fstat(file)
    return (
        status.st_dev,
        status.st_ino,
        status.st_size,
        # A writer can put the time of modification back, but not the time of change.
        status.st_mtime_ns,
        status.st_ctime_ns,
    )


def _changed(path: RelPath, what: str) -> ReleaseError:
    return ReleaseError(
        f"{path.text[:200]!a} {what}", hint="stop what writes here", code=Code.FS_CHANGED
    )


def _unreadable(path: RelPath, cause: OSError) -> ReleaseError:
    error = ReleaseError(
        f"{path.text[:200]!a} cannot be read: {cause.strerror}",
        hint="check the disk, then try again",
        code=Code.FS_IO,
    )
    error.__cause__ = cause
    return error
