"""A private folder: what lies in it was put there by this user, and nobody else can look."""

import fcntl
import os
import secrets
import stat
import weakref
from contextlib import suppress
from pathlib import Path

from provenance.doors.writing import translated
from provenance.errors import Code, ToolError

_FOLDER_FLAGS = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_OTHERS = stat.S_IRWXG | stat.S_IRWXO

_KINDS = {"file": stat.S_ISREG, "folder": stat.S_ISDIR}


class PrivateFolder:
    """A folder of mode 0700 that belongs to a user, by its handle: by default, to who runs us.

    Rights are never mended: who could write here a moment ago may have done so.
    """

    def __init__(self, path: Path, user: int | None = None) -> None:
        """Open the folder at ``path``, or make it.

        Raises:
            ToolError: NOT_PRIVATE, for a folder of somebody else's, with wider rights, or a link
                in its place; FS_PERMISSION, FS_IO, DISK_FULL.
        """
        self.path = path
        self._user = os.geteuid() if user is None else user
        with translated(path):
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            _require_private(path, path.lstat(), self._user, "folder")
            self._handle = os.open(path, _FOLDER_FLAGS)
        self._close = weakref.finalize(self, os.close, self._handle)
        # Again, of what was opened: its name may have been given to another folder meanwhile.
        _require_private(path, os.fstat(self._handle), self._user, "folder")

    def close(self) -> None:
        """Close the handle; a second call does nothing."""
        self._close()

    def require_private(self, name: str) -> None:
        """See that a file is regular, ours, and of no rights for others.

        Raises:
            ToolError: NOT_PRIVATE; FS_IO, also when it is not there.
        """
        with translated(self.path / name):
            status = os.stat(name, dir_fd=self._handle, follow_symlinks=False)
        _require_private(self.path / name, status, self._user, "file")

    def make(self, name: str, content: bytes) -> None:
        """Make a file of mode 0600, whole from its first moment; one that is there is left alone.

        Raises:
            ToolError: DISK_FULL, FS_PERMISSION, FS_IO.
        """
        if self._is_there(name):
            return
        temporary = f".{secrets.token_hex(8)}.tmp"
        with translated(self.path / name):
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
            file = os.open(temporary, flags, 0o600, dir_fd=self._handle)
            try:
                with os.fdopen(file, "wb", buffering=0) as opened:
                    opened.write(content)
                    os.fsync(file)
                # A link, not a new name: it never takes the place of what another process made.
                with suppress(FileExistsError):
                    os.link(temporary, name, src_dir_fd=self._handle, dst_dir_fd=self._handle)
            finally:
                os.unlink(temporary, dir_fd=self._handle)

    def read(self, name: str, limit: int) -> bytes:
        """Return the first ``limit`` bytes of a private file.

        Raises:
            ToolError: NOT_PRIVATE; FS_PERMISSION; FS_IO, also when it is not there.
        """
        with os.fdopen(self.open(name, os.O_RDONLY), "rb") as file, translated(self.path / name):
            return file.read(limit)

    def open(self, name: str, how: int) -> int:
        """Return a handle on a private file, for the caller to close.

        Raises:
            ToolError: NOT_PRIVATE; FS_PERMISSION; FS_IO, also when it is not there.
        """
        self.require_private(name)
        with translated(self.path / name):
            return os.open(name, how | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=self._handle)

    def secret(self, name: str, size: int) -> bytes:
        """Return the random bytes that a file holds; it is made where there is none.

        Raises:
            ToolError: NOT_PRIVATE; DISK_FULL, FS_PERMISSION, FS_IO; CACHE_DAMAGED, when the file
                holds fewer bytes than ``size``, or more.
        """
        self.make(name, secrets.token_bytes(size))
        found = self.read(name, size + 1)
        if len(found) != size:
            raise ToolError(
                f"{str(self.path / name)!a} does not hold {size} bytes",
                hint="remove it: another one is made",
                code=Code.CACHE_DAMAGED,
            )
        return found

    def remove(self, name: str) -> None:
        """Remove a file, if it is there.

        Raises:
            ToolError: FS_PERMISSION, FS_IO.
        """
        with translated(self.path / name), suppress(FileNotFoundError):
            os.unlink(name, dir_fd=self._handle)

    def rename(self, name: str, new: str) -> None:
        """Give a file another name, if it is there; a file that had that name is gone.

        Raises:
            ToolError: FS_PERMISSION, FS_IO.
        """
        with translated(self.path / name), suppress(FileNotFoundError):
            os.replace(name, new, src_dir_fd=self._handle, dst_dir_fd=self._handle)

    def _is_there(self, name: str) -> bool:
        with translated(self.path / name):
            try:
                os.stat(name, dir_fd=self._handle, follow_symlinks=False)
            except FileNotFoundError:
                return False
            return True


class FolderLock:
    """A lock on a private folder, shared by those who work in it or held by one alone."""

    def __init__(self, folder: PrivateFolder, name: str) -> None:
        """Open the file that stands for the lock; it is not held yet.

        Raises:
            ToolError: NOT_PRIVATE, DISK_FULL, FS_PERMISSION, FS_IO.
        """
        folder.make(name, b"")
        self._path = folder.path / name
        self._handle = folder.open(name, os.O_RDWR)
        self._close = weakref.finalize(self, os.close, self._handle)

    def share(self) -> bool:
        """Hold the lock together with others, unless one has it alone.

        Raises:
            ToolError: FS_IO, on a file system without locks.
        """
        return self._take(fcntl.LOCK_SH)

    def alone(self) -> bool:
        """Hold the lock alone, unless another holds it.

        Raises:
            ToolError: FS_IO, on a file system without locks.
        """
        return self._take(fcntl.LOCK_EX)

    def close(self) -> None:
        """Let go; a second call does nothing."""
        self._close()

    def _take(self, kind: int) -> bool:
        with translated(self._path):
            try:
                fcntl.flock(self._handle, kind | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True


def _require_private(path: Path, status: os.stat_result, user: int, kind: str) -> None:
    """Raise unless it is of the kind, belongs to the user and is closed to others."""
    why = ""
    if not _KINDS[kind](status.st_mode):
        why = f"is no {kind}"
    elif status.st_uid != user:
        why = f"belongs to user {status.st_uid}"
    elif status.st_mode & _OTHERS:
        why = f"is open to others: mode {stat.S_IMODE(status.st_mode):04o}"
    if why:
        raise ToolError(
            f"{str(path)!a} {why}",
            hint=f"remove it, and a private {kind} is made",
            code=Code.NOT_PRIVATE,
        )
