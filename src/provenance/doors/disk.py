"""Reading from disk: a folder that was opened once, and regular files inside it."""

import os
import shutil
import stat
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from provenance.doors.descriptor import stamp
from provenance.doors.scan import Report, Scan, scan
from provenance.doors.trail import Trail, refused, require_regular, translated
from provenance.doors.walk import Walk, walk
from provenance.errors import Code, ReleaseError, ToolError, UsageError
from provenance.values.path import RelPath
from provenance.values.settings import Budget
from provenance.values.stamp import Stamp


class Root:
    """A folder by its handle: what is read through it lies inside it, whatever moves meanwhile."""

    def __init__(self, path: Path, below: str = "") -> None:
        """Open the folder at ``path``, which may be a link to one.

        Paths begin at the folder ``below`` it, and links may lead anywhere inside the root; those
        that leave it have to come back to it at once, into the first folder of ``below``.

        Raises:
            UsageError: PATH_MISSING, when there is no folder.
            ReleaseError: FS_PERMISSION or FS_IO, when there is one and it cannot be opened.
        """
        try:
            with translated(str(path)):
                self._handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except ReleaseError as cause:
            if cause.code is not Code.FS_CHANGED:
                raise
            raise UsageError(
                f"there is no folder at {str(path)!a}",
                hint="name a folder that exists",
                code=Code.PATH_MISSING,
            ) from cause
        self._close = weakref.finalize(self, os.close, self._handle)
        self._below = below
        self._again = below.partition("/")[0]

    def __enter__(self) -> Self:
        """Return the root: its handle is closed at the end."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the handle; files that were opened through it stay open."""
        self.close()

    def close(self) -> None:
        """Close the handle; a second call does nothing."""
        self._close()

    def walk(self, budget: Budget) -> Walk:
        """List every file below the root: see :func:`provenance.doors.walk.walk`."""
        return walk(self._handle, budget, self._below)

    def scan(self, budget: Budget, report: Report) -> Scan:
        """List every file below the root, in columns: see :func:`provenance.doors.scan.scan`."""
        return scan(self._handle, budget, report, self._below)

    def stamp(self, path: str) -> Stamp:
        """Return the stamp of a regular file; links are followed while they stay inside.

        Raises:
            ReleaseError: as for :meth:`open`.
        """
        with Trail(self._handle, self._again) as trail:
            leaf = trail.follow(f"{self._below}/{path}")
        if leaf is None:
            raise refused(path, Code.FS_SPECIAL, "is a folder", "name a file")
        require_regular(leaf.status, path)
        return stamp(leaf.status)

    def open(self, path: RelPath) -> BinaryIO:
        """Open a regular file for unbuffered reading; links are followed while they stay inside.

        Raises:
            ReleaseError: FS_SYMLINK_ESCAPE, FS_SYMLINK_LOOP, FS_SYMLINK_BROKEN, FS_SPECIAL (also
                for a folder), FS_PERMISSION, FS_CHANGED for a path that is not there, FS_IO.
        """
        return os.fdopen(self._behind(path.text), "rb", buffering=0)

    @contextmanager
    def within(self, folder: str) -> Iterator[Callable[[str], int]]:
        """Yield what opens files of one folder by their names, and returns a descriptor of each.

        The descriptor is the caller's to close, and to look at: a file that was listed as regular
        may have been replaced. ``folder`` is empty or ends with a slash; it is looked for once,
        however many of its files are opened.

        Raises:
            ReleaseError: as for :meth:`open`; what is yielded raises that, too.
        """
        with Trail(self._handle, self._again) as trail:
            if trail.follow(f"{self._below}/{folder}"):
                raise refused(folder, Code.FS_CHANGED, "is no folder", "stop what writes here")
            yield trail.opener(folder, self._behind)

    def _behind(self, path: str) -> int:
        with Trail(self._handle, self._again) as trail:
            leaf = trail.follow(f"{self._below}/{path}")
            if leaf is None:
                raise refused(path, Code.FS_SPECIAL, "is a folder", "name a file")
            return trail.open_leaf(leaf, path)

    def names(self, most: int) -> tuple[str, ...]:
        """Return the names of what is in the folder itself, sorted; of the first ``most`` entries.

        Raises:
            ReleaseError: FS_PERMISSION, FS_IO.
        """
        with translated(self._below or "."), os.scandir(self._handle) as entries:
            return tuple(sorted(entry.name for entry in islice(entries, most)))

    def leads_to(self, path: RelPath) -> str | None:
        """Return the name at the end of a link's target, or ``None`` for what is no link.

        Raises:
            ReleaseError: FS_PERMISSION, FS_CHANGED for a path that is not there, FS_IO.
        """
        folder, _, name = f"{self._below}/{path.text}".rpartition("/")
        with Trail(self._handle, self._again) as trail, translated(path.text):
            if trail.follow(folder or "."):
                raise refused(path.text, Code.FS_CHANGED, "is not there", "name what is there")
            if not stat.S_ISLNK(os.stat(name, dir_fd=trail.folder, follow_symlinks=False).st_mode):
                return None
            return os.readlink(name, dir_fd=trail.folder).rpartition("/")[2]


def link_inside(folder: Path) -> str | None:
    """Return the path of a link somewhere below a folder; ``None`` without one, or without folder.

    Raises:
        ReleaseError: FS_PERMISSION, FS_CHANGED, FS_IO.
    """
    if not folder.is_dir():
        return None
    left = [folder]
    while left:
        with translated(str(folder)), os.scandir(left.pop()) as entries:
            for entry in entries:
                if entry.is_symlink():
                    return entry.path
                if entry.is_dir(follow_symlinks=False):
                    left.append(Path(entry.path))
    return None


def read_limited(file: BinaryIO, limit: int) -> bytes:
    """Read a file from where it stands to its end.

    Raises:
        ReleaseError: RESOURCE when it holds more than ``limit`` bytes; FS_IO.
    """
    data = read_start(file, limit + 1)
    if len(data) > limit:
        raise ReleaseError(
            f"a file holds more than {limit} bytes", hint="publish less", code=Code.RESOURCE
        )
    return data


def read_start(file: BinaryIO, size: int) -> bytes:
    """Read ``size`` bytes from where a file stands; fewer only where it ends.

    Raises:
        ReleaseError: FS_IO.
    """
    parts = []
    with translated("a file"):
        while size > 0 and (part := file.read(min(size, 2**20))):
            parts.append(part)
            size -= len(part)
    return b"".join(parts)


def read_range(file: BinaryIO, start: int, size: int) -> bytes:
    """Read ``size`` bytes from a place in a file; fewer only where it ends.

    Raises:
        ReleaseError: FS_IO.
    """
    with translated("a file"):
        file.seek(start)
    return read_start(file, size)


def free_space(path: Path) -> int:
    """Return the bytes that may still be written below ``path``, which need not exist yet.

    Raises:
        ToolError: FS_IO.
    """
    try:
        place = next((one for one in (path, *path.absolute().parents) if one.exists()), path)
        return shutil.disk_usage(place).free
    except OSError as cause:
        raise ToolError(
            f"the space at {str(path)!a} is unknown",
            hint="name a folder that exists",
            code=Code.FS_IO,
        ) from cause
