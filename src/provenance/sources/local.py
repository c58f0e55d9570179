"""A release in a local folder."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from provenance.doors.disk import Root, read_range
from provenance.doors.walk import Found, Walk
from provenance.errors import Code, ReleaseError
from provenance.ports.progress import Progress
from provenance.ports.starts import Start, Wanted
from provenance.sources.download_metadata import FOLDER, left_by_client
from provenance.sources.downloaded import (
    Notes,
    held_against,
    notes_of_folder,
    notes_of_snapshot,
    oddities,
)
from provenance.sources.snapshot import snapshot_of
from provenance.text.canonical_json import Encodable, encode
from provenance.values.access import Access
from provenance.values.address import Address
from provenance.values.digest import DigestSet
from provenance.values.evidence import Capture, EvidenceKind
from provenance.values.hazard import Limit
from provenance.values.inventory import FileEntry, Inventory
from provenance.values.listing import Here, Listing
from provenance.values.look import Seen
from provenance.values.path import RelPath
from provenance.values.ref import Ref, Scheme
from provenance.values.settings import Budget
from provenance.values.stamp import Stamp


class LocalSource:
    """A folder on this machine as a release: no server, no claims, every file to be hashed."""

    def __init__(
        self,
        path: Path,
        *,
        name: Ref | None = None,
        budget: Budget,
        clock: Callable[[], datetime],
    ) -> None:
        """Open the folder; it stays open as long as the source lives.

        Without a ``name`` the release is ``local:<name of the folder>``.

        Raises:
            UsageError: PATH_MISSING; REF when the folder's name is no name for a release.
            ReleaseError: FS_PERMISSION, FS_IO.
        """
        self._snapshot = snapshot_of(path)
        if self._snapshot:
            self._root = Root(self._snapshot.root, self._snapshot.below)
        else:
            self._root = Root(path)
        own = self._snapshot.name if self._snapshot else path.resolve().name
        self._ref = name or Ref(Scheme.LOCAL, own)
        self._budget = budget
        self._clock = clock
        self._stamps: dict[RelPath, Stamp] = {}
        self._commit: str | None = None

    @property
    def ref(self) -> Ref:
        """Return the reference; a folder has no commits."""
        return self._ref

    @property
    def commit(self) -> str | None:
        """Return the commit that a listed download claims to be, if it is of a single one."""
        return self._commit

    @property
    def repository(self) -> str | None:
        """Return the model whose commit this is, by the name of its folder in a client's cache."""
        return self._snapshot.model if self._snapshot else None

    def listing(self) -> Listing:
        """Walk the folder; what the Hub's client left of a download is a limit, not an entry.

        Raises:
            ReleaseError: for what no release may hold, and EMPTY when there is no file.
        """
        walk = self._root.walk(self._budget)
        left = left_by_client(walk.files, self.open)
        files = tuple(file for file in walk.files if file.path not in left)
        if not files and walk.complete:
            raise ReleaseError(
                "the release has no files but a download's metadata",
                hint="name the folder that holds the files",
                code=Code.EMPTY,
            )
        self._stamps = {file.path: file.stamp for file in files}
        entries = tuple(FileEntry(file.path, file.size, file.kind) for file in files)
        notes = self._notes(files, left)
        hazards, limits = oddities(entries, notes) if notes else ((), ())
        self._commit = next(iter(notes.commits)) if notes and len(notes.commits) == 1 else None
        shown = {path.text for path in left}
        return Listing(
            Inventory(held_against(entries, notes) if notes else entries, walk.complete),
            self._capture(files, walk, notes),
            Access.UNKNOWN,  # A folder says nothing of the gate that its files came through.
            (*(one for one in walk.hazards if one.path not in shown), *hazards),
            (*walk.limits, *_not_covered(left), *limits),
            notes.here(entries) if notes else Here.WHOLE,
        )

    def _notes(self, files: Sequence[Found], left: frozenset[RelPath]) -> Notes | None:
        """Return what the Hub's client noted of these files, if it downloaded them."""
        if self._snapshot:
            return notes_of_snapshot(self._snapshot, files, self._root)
        return notes_of_folder(files, left, self._root)

    def prepare(
        self, paths: Sequence[RelPath], progress: Progress | None = None
    ) -> Mapping[RelPath, DigestSet]:
        """Do nothing: the bytes are here, and none came."""
        del paths, progress
        return {}

    def open(self, path: RelPath) -> BinaryIO:
        """Open a file of the folder: see :meth:`provenance.doors.disk.Root.open`."""
        return self._root.open(path)

    def starts(self, wanted: Sequence[Wanted]) -> Mapping[RelPath, Start]:
        """Return the parts of files: see :class:`provenance.ports.starts.Starts`."""
        return {one.path: self._start(one) for one in wanted}

    def _start(self, wanted: Wanted) -> Start:
        with self.open(wanted.path) as file:
            return Seen(read_range(file, wanted.start, wanted.size))

    def stamp(self, path: RelPath) -> Stamp | None:
        """Return what a file was when it was listed; ``None`` if it was not."""
        return self._stamps.get(path)

    def within(self, folder: str) -> AbstractContextManager[Callable[[str], int]]:
        """Open the files of one folder: see :meth:`provenance.doors.disk.Root.within`."""
        return self._root.within(folder)

    def _capture(self, files: Sequence[Found], walk: Walk, notes: Notes | None) -> Capture:
        listed = [
            {"kind": file.kind.value, "path": file.path.text, "size": file.size} for file in files
        ]
        content: dict[str, Encodable] = {"complete": walk.complete, "files": listed}
        if notes:
            digests = {path: [str(one) for one in it] for path, it in notes.claimed.items()}
            content["downloaded"] = {"commits": sorted(notes.commits), "digests": digests}
        payload = encode(content)
        return Capture(
            EvidenceKind.LISTING,
            Address.of(self._ref),
            "application/json",
            self._clock(),
            payload,
        )


def _not_covered(left: frozenset[RelPath]) -> tuple[Limit, ...]:
    if not left:
        return ()
    what = FOLDER.removesuffix("/")
    why = f"{len(left)} files that the Hub's client left of a download are not covered"
    return (Limit(Code.NOT_COVERED, what, why),)
