"""A model that is one file: the folder around it is not looked at."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import BinaryIO

from provenance.doors.disk import Root
from provenance.errors import Code, InvalidValueError, UsageError
from provenance.values.inventory import FileEntry
from provenance.values.path import RelPath
from provenance.values.stamp import SIZE, Stamp


class SingleFile:
    """One regular file by its path; its name is the last part of it."""

    def __init__(self, path: Path) -> None:
        """Open the folder that the file is in, which may be reached through links.

        Raises:
            UsageError: PATH_MISSING; NAME for a file whose name cannot be written down.
            ReleaseError: FS_PERMISSION, FS_IO.
        """
        self._root = Root(path.parent)
        try:
            self.path = RelPath(path.name)
        except InvalidValueError as cause:
            raise UsageError(
                f"the file's name cannot be written down: {cause.what}",
                hint="rename it, or name another file",
                code=Code.NAME,
            ) from cause

    def entry(self) -> FileEntry:
        """Return the file with its size in bytes.

        Raises:
            ReleaseError: for what is no regular file inside its folder.
        """
        return FileEntry(self.path, self.stamp(self.path)[SIZE])

    def stamp(self, path: RelPath) -> Stamp:
        """Return what the file is now: see :meth:`provenance.doors.disk.Root.stamp`."""
        return self._root.stamp(path.text)

    def open(self, path: RelPath) -> BinaryIO:
        """Open the file: see :meth:`provenance.doors.disk.Root.open`."""
        return self._root.open(path)

    def within(self, folder: str) -> AbstractContextManager[Callable[[str], int]]:
        """Open the file: see :meth:`provenance.doors.disk.Root.within`."""
        return self._root.within(folder)
