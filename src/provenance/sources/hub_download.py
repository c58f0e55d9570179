"""Bringing files of one commit from the Hub to this disk, their sizes held to the list."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Self

import attrs

from provenance.doors.disk import free_space
from provenance.doors.workspace import workspace
from provenance.errors import Code, ReleaseError, ToolError
from provenance.sources.hub_errors import translated
from provenance.sources.hub_watch import watched
from provenance.values.inventory import FileEntry

if TYPE_CHECKING:
    from huggingface_hub import HfApi

# More does not make the Hub faster, and meets its rate limit sooner.
THREADS = 4
# Room that a disk needs beside the files: folders, and the client's own notes.
SPARE = 16 * 2**20


@attrs.frozen(eq=False)
class Downloads:
    """The files of one commit, below ``folder``; ``stall`` is seconds without a sign of life."""

    api: "HfApi"
    repo_id: str
    repo_type: Literal["model", "dataset"]
    commit: str
    folder: Path
    stall: float

    def bring(self, entries: Iterable[FileEntry]) -> None:
        """Download the files that are not here yet in their listed size.

        Raises:
            ToolError: DISK_FULL, before anything is downloaded; FS_IO.
            SourceError: when the Hub does not give the files.
            ReleaseError: HUB_MISMATCH, for a file that has another size than the list says.
        """
        wanted = [entry for entry in entries if not self._here(entry)]
        if not wanted:
            return
        needed = sum(entry.size for entry in wanted) + SPARE
        if (free := free_space(self.folder)) < needed:
            raise ToolError(
                f"{needed} bytes are needed at {self.folder}, and {free} are free",
                hint="free some space, or name another cache folder",
                code=Code.DISK_FULL,
            )
        with ThreadPoolExecutor(THREADS, thread_name_prefix="provenance-download") as pool:
            for _ in pool.map(self._bring, wanted):
                pass

    def _here(self, entry: FileEntry) -> bool:
        place = self._place(entry)
        with translated(self.repo_id):
            return place.is_file() and place.stat().st_size == entry.size

    def _place(self, entry: FileEntry) -> Path:
        return self.folder / entry.path.text

    def _bring(self, entry: FileEntry) -> None:
        what = f"{self.repo_id}: {entry.path.text!a}"
        place = self._place(entry)
        # A folder of its own per file: the client keeps notes beside what it downloads, under names
        # that a release can hold as well.
        with translated(what), workspace(place.parent) as work:
            for _ in watched(self._download(entry, work), what=what, stall=self.stall):
                pass
            arrived = work / entry.path.text
            if arrived.stat().st_size != entry.size:
                raise _mismatch(what, entry.size)
            arrived.replace(place)

    def _download(self, entry: FileEntry, work: Path) -> Callable[[Callable[[int], None]], None]:
        def run(alive: Callable[[int], None]) -> None:
            self.api.hf_hub_download(
                self.repo_id,
                entry.path.text,
                repo_type=self.repo_type,
                revision=self.commit,
                local_dir=work,
                # Empty: the caller's own cache is neither read nor written.
                cache_dir=work / "none",
                tqdm_class=meter(entry, alive),
            )

        return run


def _mismatch(what: str, size: int) -> ReleaseError:
    return ReleaseError(
        f"{what} is listed with {size} bytes, and has others",
        hint="try again; if it stays so, do not trust this server",
        code=Code.HUB_MISMATCH,
    )


class Meter:
    """What the client takes for a progress bar: it shows nothing, and stops what is too long.

    The client writes whatever comes; only this sees the bytes before they reach the disk.
    """

    def __init__(self, entry: FileEntry, alive: Callable[[int], None]) -> None:
        """Count the bytes of one file, and call ``alive`` whenever some come."""
        self.total = entry.size
        self.n = 0
        self._entry = entry
        self._alive = alive

    def __enter__(self) -> Self:
        """Return the meter."""
        return self

    def __exit__(self, *_: object) -> None:
        """Do nothing."""

    def update(self, size: int) -> None:
        """Count bytes that are about to be written; negative where the client starts again.

        Raises:
            ReleaseError: HUB_MISMATCH, when there are more than the list says.
        """
        self.n += size
        if self.n > self._entry.size:
            raise _mismatch(f"{self._entry.path.text!a}", self._entry.size)
        self._alive(size)

    def update_transfer(self, size: int) -> None:
        """Note that bytes came over the network; they may be compressed, and do not count."""
        self._alive(size)

    def refresh(self, *_: object, **__: object) -> None:
        """Show nothing."""

    set_postfix_str = set_transfer_postfix_str = close = refresh


def meter(entry: FileEntry, alive: Callable[[int], None]) -> type[Meter]:
    """Return a meter for one file as the class that the client wants to call itself."""

    class Bound(Meter):
        def __init__(self, **_: object) -> None:
            super().__init__(entry, alive)

    return Bound
