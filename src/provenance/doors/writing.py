"""Writing: a file appears whole under its name, or not at all."""

import errno
import os
import secrets
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from provenance.errors import Code, ToolError

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_DENIED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def atomic_publish(path: Path, data: bytes | Iterable[bytes], *, mode: int = 0o644) -> None:
    """Write a file so that its name leads to the old content or to all of the new, at any moment.

    A link at ``path`` is replaced, not followed; a device, a pipe or a socket is not replaced.
    ``mode`` holds whatever the umask. An error of the iterable itself passes through; then, as for
    every other failure, nothing is left behind.

    Raises:
        ToolError: DISK_FULL, FS_PERMISSION, FS_IO.
    """
    with translated(path):
        folder = os.open(path.parent, _FOLDER)
    try:
        _publish(folder, path, data, mode)
    finally:
        os.close(folder)


def publish_below(root: Path, inner: str, data: bytes) -> None:
    """Publish a file below a folder, and make the folders between; no link below it is followed.

    Raises:
        ToolError: FS_SYMLINK for a link in a folder's place; DISK_FULL, FS_PERMISSION, FS_IO.
    """
    *between, _ = inner.split("/")
    make_folder(root)
    with translated(root):
        folder = os.open(root, _FOLDER)
    try:
        for name in between:
            with translated(root / inner):
                inside = _entered(folder, name, root / inner)
                os.close(folder)
                folder = inside
        _publish(folder, root / inner, data, 0o644)
    finally:
        os.close(folder)


def _entered(folder: int, name: str, path: Path) -> int:
    with suppress(FileExistsError):
        os.mkdir(name, dir_fd=folder)
    try:
        return os.open(name, _FOLDER | os.O_NOFOLLOW, dir_fd=folder)
    except OSError as cause:
        if not stat.S_ISLNK(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode):
            raise
        raise ToolError(
            f"{str(path)!a} lies behind a link, which is not followed",
            hint="name a folder without links inside",
            code=Code.FS_SYMLINK,
        ) from cause


def _publish(folder: int, path: Path, data: bytes | Iterable[bytes], mode: int) -> None:
    # Short, and no part of the target's name: 255 bytes are all that a name may have.
    temporary = f".{secrets.token_hex(8)}.tmp"
    with translated(path):
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        file = os.open(temporary, flags, 0o600, dir_fd=folder)
    published = False
    try:
        _fill(file, path, data, mode)
        with translated(path):
            _require_replaceable(folder, path.name)
            os.replace(temporary, path.name, src_dir_fd=folder, dst_dir_fd=folder)
            published = True
            os.fsync(folder)
    finally:
        if not published:
            os.unlink(temporary, dir_fd=folder)


def _require_replaceable(folder: int, name: str) -> None:
    try:
        kind = os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode
    except FileNotFoundError:
        return
    if not (stat.S_ISREG(kind) or stat.S_ISLNK(kind) or stat.S_ISDIR(kind)):
        raise OSError(errno.EEXIST, os.strerror(errno.EEXIST))


def make_folder(path: Path) -> None:
    """Make a folder and those around it, where they are not there yet.

    Raises:
        ToolError: DISK_FULL, FS_PERMISSION, FS_IO.
    """
    with translated(path):
        path.mkdir(parents=True, exist_ok=True)


def _fill(file: int, path: Path, data: bytes | Iterable[bytes], mode: int) -> None:
    try:
        for part in (data,) if isinstance(data, bytes) else data:
            with translated(path):
                _write(file, part)
        with translated(path):
            os.fchmod(file, mode)
            os.fsync(file)
    finally:
        os.close(file)


def _write(file: int, part: bytes) -> None:
    left = memoryview(part)
    while left:
        left = left[os.write(file, left) :]


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn every error of the operating system into a :class:`ToolError` about ``path``."""
    try:
        yield
    except OSError as cause:
        reason = os.strerror(cause.errno or errno.EIO)
        code, hint = Code.FS_IO, "check the folder and the disk, then try again"
        if cause.errno in _FULL:
            code, hint = Code.DISK_FULL, "free some space, or name another folder"
        elif cause.errno in _DENIED:
            code, hint = Code.FS_PERMISSION, "name a folder that you may write to"
        what = f"{str(path)!a} cannot be written: {reason}"
        raise ToolError(what, hint=hint, code=code) from cause
