"""Quarantine: where bytes wait until they are known to be what was promised."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from provenance.doors.descriptor import stamp
from provenance.doors.writing import translated
from provenance.values.stamp import Stamp

PIECE = 2**20


class Part:
    """A file that is not whole yet: it is written at its end, or begun anew.

    What an earlier try left is kept, to be read again by who continues.
    """

    def __init__(self, path: Path, handle: int) -> None:
        self._path = path
        self._handle = handle
        self.size = os.fstat(handle).st_size

    def pieces(self) -> Iterator[bytes]:
        """Yield what is here already, a megabyte at a time.

        Raises:
            ToolError: FS_IO.
        """
        at = 0
        while at < self.size:
            with translated(self._path):
                piece = os.pread(self._handle, min(PIECE, self.size - at), at)
            if not piece:
                self.clear()
                return
            yield piece
            at += len(piece)

    def write(self, piece: bytes) -> None:
        """Write at the end.

        Raises:
            ToolError: DISK_FULL, FS_IO.
        """
        with translated(self._path):
            left = memoryview(piece)
            while left:
                written = os.pwrite(self._handle, left, self.size)
                self.size += written
                left = left[written:]

    def clear(self) -> None:
        """Begin anew.

        Raises:
            ToolError: FS_IO.
        """
        self.cut(0)

    def cut(self, size: int) -> None:
        """Forget what is here beyond so many bytes.

        Raises:
            ToolError: FS_IO.
        """
        with translated(self._path):
            os.ftruncate(self._handle, size)
        self.size = size

    def release(self, place: Path) -> Stamp:
        """Move the file to its place: from now on it has its name there, and none here.

        Returned is what the file is there, as long as nobody touches it.

        Raises:
            ToolError: DISK_FULL, FS_PERMISSION, FS_IO.
        """
        with translated(place):
            place.parent.mkdir(parents=True, exist_ok=True)
            os.fsync(self._handle)
            self._path.replace(place)
            return stamp(os.fstat(self._handle))

    def drop(self) -> None:
        """Forget the file.

        Raises:
            ToolError: FS_PERMISSION, FS_IO.
        """
        with translated(self._path):
            self._path.unlink(missing_ok=True)


@contextmanager
def quarantine(path: Path, waiting: Callable[[], None]) -> Iterator[Part]:
    """Yield the part at ``path``, which no other process has meanwhile.

    While another has it, ``waiting`` is called again and again: it waits, or raises.

    Raises:
        ToolError: FS_PERMISSION, FS_IO, DISK_FULL.
    """
    with translated(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = _locked(path, waiting)
    try:
        with translated(path):
            part = Part(path, handle)
        yield part
    finally:
        os.close(handle)


def _locked(path: Path, waiting: Callable[[], None]) -> int:
    """Return a handle with the lock, on the file that has the name when the lock is had."""
    while True:
        with translated(path):
            flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
            handle = os.open(path, flags, 0o600)
        if _had(path, handle):
            return handle
        os.close(handle)
        waiting()


def _had(path: Path, handle: int) -> bool:
    """Whether the lock is ours, and the file not moved away by who had the lock before."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        there, here = path.lstat(), os.fstat(handle)
    except (BlockingIOError, FileNotFoundError):
        return False
    return (there.st_dev, there.st_ino) == (here.st_dev, here.st_ino)
