"""Bringing files of one commit from the Hub to this disk: hashed as they come, and quarantined.

A file gets its name only when its bytes are what the Hub's list says; until then it lies apart, and
is continued from there.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Event

import attrs

from provenance.doors.disk import free_space
from provenance.doors.quarantine import Part
from provenance.errors import Code, ReleaseError, SourceError, ToolError
from provenance.ports.progress import Progress
from provenance.sources.hub_errors import translated
from provenance.sources.hub_stream import Line
from provenance.sources.hub_watch import watched
from provenance.sources.proven_part import ProvenPart, proven
from provenance.values.digest import Algorithm, Digest, DigestSet
from provenance.values.inventory import FileEntry
from provenance.values.path import RelPath
from provenance.values.stamp import Stamp

# More does not make the Hub faster, and meets its rate limit sooner.
THREADS = 4
# Room that a disk needs beside the files.
SPARE = 16 * 2**20
# Bytes a second: whoever sends less wants to keep us.
SLOWEST = 10_000
# How often a connection may be lost with nothing gained.
FRUITLESS = 2
# Of one release: where more files cannot be had, it is the Hub that cannot be.
MOST_LOST = 8
# What is said of a repository as a whole, whichever of its files is asked for.
_OF_ALL = frozenset({Code.HUB_GATED, Code.HUB_DISABLED, Code.OFFLINE})
# Seconds between two looks at a file that another process downloads.
PATIENCE = 0.2


_Part = Part | ProvenPart


@attrs.frozen
class Brought:
    """The digests of the files that came, and why the others did not."""

    came: Mapping[RelPath, DigestSet] = attrs.field(factory=dict)
    lost: Mapping[RelPath, SourceError] = attrs.field(factory=dict)


class _Hashes:
    """The digests of a file, taken while its bytes come."""

    def __init__(self, entry: FileEntry) -> None:
        self._sha256 = hashlib.sha256()
        # SHA-1 because git names blobs by it; SHA-256 is what we stand for.
        self._blob = hashlib.sha1(b"blob %d\0" % entry.size, usedforsecurity=False)
        self._in_git = entry.claimed.git_blob is not None

    def update(self, data: bytes) -> None:
        self._sha256.update(data)
        if self._in_git:
            self._blob.update(data)

    def taken(self) -> DigestSet:
        blob = (Digest(Algorithm.GIT_BLOB, self._blob.digest()),) if self._in_git else ()
        return DigestSet((Digest(Algorithm.SHA256, self._sha256.digest()), *blob))


@attrs.frozen(eq=False)
class Downloads:
    """The files of one commit, below ``folder``, and ``apart`` what is not whole yet.

    ``stall`` is seconds without a sign of life. In ``stamps`` is noted what each file was when it
    got its name, after it was hashed.
    """

    line: Line
    folder: Path
    apart: Path
    stall: float
    stamps: dict[RelPath, Stamp] = attrs.field(factory=dict)

    def bring(
        self, entries: Sequence[FileEntry], progress: Progress | None, *, most_lost: int = 0
    ) -> Brought:
        """Download the files that are not here yet in their listed size.

        Raises:
            ToolError: DISK_FULL, before anything is downloaded; FS_PERMISSION, FS_IO.
            SourceError: when the Hub gives none of the files, or loses more than ``most_lost``.
            ReleaseError: HUB_MISMATCH, for bytes that are not what the list says; HUB_ANSWER.
        """
        wanted = [entry for entry in entries if not self._here(entry)]
        if not wanted:
            return Brought()
        self._require_room(wanted)
        if progress:
            progress.expect(sum(entry.size for entry in wanted))
        pool = ThreadPoolExecutor(THREADS, thread_name_prefix="provenance-download")
        try:
            coming = {one.path: pool.submit(self._bring, one, progress) for one in wanted}
            return _brought(coming, most=min(most_lost, len(entries) - 1))
        finally:
            # Where one cannot be had, the others are not waited for in vain.
            pool.shutdown(cancel_futures=True)

    def _require_room(self, wanted: Iterable[FileEntry]) -> None:
        needed = sum(entry.size for entry in wanted) + SPARE
        if (free := free_space(self.folder)) < needed:
            raise ToolError(
                f"{needed} bytes are needed at {self.folder}, and {free} are free",
                hint="free some space, or name another cache folder",
                code=Code.DISK_FULL,
            )

    def _here(self, entry: FileEntry) -> bool:
        place = self._place(entry)
        with translated(self.line.repo_id):
            return place.is_file() and place.stat().st_size == entry.size

    def _place(self, entry: FileEntry) -> Path:
        return self.folder / entry.path.text

    def _bring(self, entry: FileEntry, progress: Progress | None) -> DigestSet:
        what = f"{self.line.repo_id}: {entry.path.text!a}"
        found: list[DigestSet] = []

        def work(alive: Callable[[int], None]) -> None:
            found.append(self._received(entry, alive))

        seconds = self.stall + entry.size / SLOWEST
        for size in watched(work, what=what, stall=self.stall, seconds=seconds):
            if progress:
                progress.advance(size)
        return found[0]

    def _received(self, entry: FileEntry, alive: Callable[[int], None]) -> DigestSet:
        def waiting() -> None:
            alive(0)
            Event().wait(PATIENCE)

        # Not the file's own name: it may be as long as a name can be, and lie below another's.
        name = hashlib.sha256(entry.path.text.encode()).hexdigest()
        with proven(self.apart / name, entry.size, waiting) as part:
            try:
                if part.size:
                    return self._continued(entry, part, alive)
                return self._released(entry, part, alive)
            except SourceError:
                if not part.size:
                    part.drop()
                raise
            except ReleaseError:
                part.drop()
                raise

    def _continued(self, entry: FileEntry, part: _Part, alive: Callable[[int], None]) -> DigestSet:
        """Continue what an earlier try left, which may be to blame: then all of it comes again."""
        try:
            return self._released(entry, part, alive)
        except ReleaseError:
            part.clear()
            return self._released(entry, part, alive)

    def _released(self, entry: FileEntry, part: _Part, alive: Callable[[int], None]) -> DigestSet:
        """Receive the file, and give it its name if it is what the list says."""
        digests = self._whole(entry, part, alive)
        if any(digests.get(one.algorithm) != one for one in entry.claimed):
            claimed = ", ".join(map(str, entry.claimed))
            raise _mismatch(entry, f"differs from what its server claims ({claimed})")
        self.stamps[entry.path] = part.release(self._place(entry))
        return digests

    def _whole(self, entry: FileEntry, part: _Part, alive: Callable[[int], None]) -> DigestSet:
        """Receive what is missing, over as many connections as it takes, and hash all of it."""
        hashes = _Hashes(entry)
        for data in part.pieces():
            hashes.update(data)
            alive(0)
        fruitless = 0
        while part.size != entry.size:
            before = part.size
            for piece in self.line.pieces(entry, part.size):
                if piece.offset != part.size:
                    part.clear()
                    hashes = _Hashes(entry)
                if part.size + len(piece.data) > entry.size:
                    raise _mismatch(entry, f"is listed with {entry.size} bytes, and has more")
                part.write(piece.data)
                hashes.update(piece.data)
                alive(len(piece.data))
            fruitless = 0 if part.size > before else fruitless + 1
            if fruitless > FRUITLESS:
                raise _lost(entry)
        return hashes.taken()


def _brought(coming: Mapping[RelPath, Future[DigestSet]], most: int) -> Brought:
    """Wait for the files; at most so many may be lost, and none for what is said of all."""
    came: dict[RelPath, DigestSet] = {}
    lost: dict[RelPath, SourceError] = {}
    for path, future in coming.items():
        try:
            came[path] = future.result()
        except SourceError as cause:
            error = lost[path] = _about_one(cause)
            if error.code in _OF_ALL or len(lost) > most:
                raise next(iter(lost.values())) from None
    return Brought(came, lost)


def _about_one(error: SourceError) -> SourceError:
    """Return what is said of a file that is listed: that one is unknown says nothing of all."""
    if error.code is not Code.HUB_UNKNOWN:
        return error
    return SourceError(error.what, hint=error.hint, code=Code.HUB_ANSWER)


def _mismatch(entry: FileEntry, what: str) -> ReleaseError:
    return ReleaseError(
        f"{entry.path.text[:200]!a} {what}",
        hint="try again; if it stays so, do not trust this server",
        code=Code.HUB_MISMATCH,
    )


def _lost(entry: FileEntry) -> SourceError:
    return SourceError(
        f"{entry.path.text[:200]!a}: the connection is lost again and again",
        hint="try again later: what came is kept",
        code=Code.NETWORK,
    )
