"""Following a path from a folder's handle, part by part, so that it can never lead outside."""

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import NoReturn, Self

import attrs

from provenance.errors import Code, ReleaseError

# What Linux itself allows (MAXSYMLINKS).
MOST_LINKS = 40
# Folders held open at once while one path is followed.
MOST_FOLDERS = 256

FOLDER_FLAGS = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# Without O_NONBLOCK a pipe that takes a file's place would hold us for ever.
_FILE_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC

_DENIED = frozenset({errno.EACCES, errno.EPERM})
_GONE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ESTALE})
_LEADS_NOWHERE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG})

Identity = tuple[int, int]


def refused(path: str, code: Code, what: str, hint: str) -> ReleaseError:
    """Return the error for ``path``, whose name is escaped and cut to a line's length."""
    return ReleaseError(f"{path[:200]!a} {what}", hint=hint, code=code)


@contextmanager
def translated(path: str) -> Iterator[None]:
    """Turn every error of the operating system into a :class:`ReleaseError` about ``path``."""
    try:
        yield
    except OSError as cause:
        raise refusal(path, cause) from cause


def refusal(path: str, cause: OSError) -> ReleaseError:
    """Return the error that an error of the operating system about ``path`` amounts to."""
    if cause.errno in _DENIED:
        error = refused(path, Code.FS_PERMISSION, "may not be read", "grant read permission")
    elif cause.errno in _GONE:
        what = "changed while it was looked at"
        error = refused(path, Code.FS_CHANGED, what, "stop what writes here")
    else:
        why = f"cannot be read: {os.strerror(cause.errno or errno.EIO)}"
        error = refused(path, Code.FS_IO, why, "check the disk, then try again")
    error.__cause__ = cause
    return error


def identity(status: os.stat_result) -> Identity:
    """Return what tells one file of this machine from another: its device and its inode."""
    return status.st_dev, status.st_ino


@attrs.frozen
class Leaf:
    """Something that is no folder: its name in the trail's last folder, and its status."""

    name: bytes
    status: os.stat_result


class Trail:
    """The folders between a root and a place below it, each held open.

    No name is ever resolved by the operating system beyond one part, and no link by anything but
    this class: whatever others move or swap meanwhile, a trail stays below its root.
    """

    def __init__(self, root: int, again: str = "") -> None:
        """Begin at the folder whose handle is ``root``, which stays the caller's.

        A link may leave the root only to come ``again`` to it, with this folder of it next on its
        way: so do absolute links in a cache. Where it is empty, no link may.
        """
        self._folders = [root]
        self._again = again.encode()

    def __enter__(self) -> Self:
        """Return the trail: its folders are closed at the end."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close every folder but the root, which is the caller's."""
        self._to_root()

    @property
    def folder(self) -> int:
        """Return the handle of the last folder; it is closed with the trail."""
        return self._folders[-1]

    def follow(self, path: str) -> Leaf | None:
        """Go where ``path`` leads, through links that stay inside; ``None`` if it is a folder.

        Raises:
            ReleaseError: FS_SYMLINK_ESCAPE, FS_SYMLINK_LOOP, FS_SYMLINK_BROKEN, FS_SPECIAL for a
                link to a device, FS_PERMISSION, FS_CHANGED for a path that is not there, FS_IO.
        """
        with translated(path):
            return self._follow(path)

    def _follow(self, path: str) -> Leaf | None:
        pending = path.encode().split(b"/")[::-1]
        links = 0
        while pending:
            part = pending.pop()
            if part in {b"", b"."}:
                continue
            if part == b"..":
                if not self._leave():
                    pending = self._returned([part, *pending[::-1]], path)[::-1]
                continue
            status = self._look(part, path, through_link=links > 0)
            if stat.S_ISLNK(status.st_mode):
                links += 1
                pending.extend(self._target(part, path, links)[::-1])
            elif stat.S_ISDIR(status.st_mode):
                self._enter(part, path)
            elif not pending:
                return Leaf(part, status)
            else:
                _broken(path)
        return None

    def _leave(self) -> bool:
        """Step back; false at the root, which is not left."""
        if len(self._folders) == 1:
            return False
        os.close(self._folders.pop())
        return True

    def _returned(self, parts: list[bytes], path: str) -> list[bytes]:
        """Return the rest of a way that leads out of the root, from where it is back at the root.

        Of what is outside, only this is asked: whether it is the root itself.
        """
        for at, part in enumerate(parts):
            # Relative to the root; an absolute way begins with an empty part.
            if self._again and part == self._again and at and self._is_root(parts[:at], path):
                self._to_root()
                return parts[at:]
        raise refused(
            path, Code.FS_SYMLINK_ESCAPE, "is a link that leaves the folder", "copy the file here"
        )

    def _is_root(self, outside: list[bytes], path: str) -> bool:
        root = self._folders[0]
        try:
            status = os.stat(b"/".join(outside) or b"/", dir_fd=root)
        except OSError as cause:
            if cause.errno in _LEADS_NOWHERE:
                _broken(path, cause)
            raise
        return identity(status) == identity(os.fstat(root))

    def _to_root(self) -> None:
        while self._leave():
            pass

    def _enter(self, part: bytes, path: str) -> None:
        if len(self._folders) >= MOST_FOLDERS:
            raise refused(path, Code.RESOURCE, "leads too deep", "flatten the folders")
        self._folders.append(os.open(part, FOLDER_FLAGS, dir_fd=self.folder))

    def _look(self, part: bytes, path: str, *, through_link: bool) -> os.stat_result:
        try:
            return os.stat(part, dir_fd=self.folder, follow_symlinks=False)
        except OSError as cause:
            if through_link and cause.errno in _LEADS_NOWHERE:
                _broken(path, cause)
            raise

    def _target(self, part: bytes, path: str, links: int) -> list[bytes]:
        if links > MOST_LINKS:
            raise refused(
                path, Code.FS_SYMLINK_LOOP, "is a link that leads to itself", "remove the link"
            )
        target = os.readlink(part, dir_fd=self.folder)
        if target.startswith(b"/"):
            # Judged by its text alone: what is outside is not even looked at.
            if os.path.normpath(target).startswith(b"/dev/"):
                raise refused(path, Code.FS_SPECIAL, "is a link to a device", "remove the link")
            return self._returned(target.split(b"/"), path)
        return target.split(b"/")

    def opener(self, folder: str, otherwise: Callable[[str], int]) -> Callable[[str], int]:
        """Return what opens files of the last folder by name; ``folder`` is it in messages.

        A link, which :meth:`follow` is for, is left to ``otherwise``, by its path. What took the
        place of a file since it was listed is opened without waiting for it: whether it is the one
        that was listed, its stamp tells. What is returned raises ReleaseError: FS_PERMISSION,
        FS_CHANGED for what is not there, FS_IO; it is called for every small file.
        """
        handle = self._folders[-1]

        def open_file(name: str) -> int:
            try:
                return os.open(name, _FILE_FLAGS, dir_fd=handle)
            except OSError as cause:
                if cause.errno != errno.ELOOP:
                    raise refusal(folder + name, cause) from cause
            return otherwise(folder + name)

        return open_file

    def open_leaf(self, leaf: Leaf, path: str) -> int:
        """Open a regular file that :meth:`follow` led to, and return its descriptor.

        Raises:
            ReleaseError: FS_SPECIAL for anything but a regular file, which is not opened;
                FS_CHANGED when another file took its place meanwhile; FS_PERMISSION; FS_IO.
        """
        require_regular(leaf.status, path)
        with translated(path):
            file = os.open(leaf.name, _FILE_FLAGS, dir_fd=self.folder)
            status = os.fstat(file)
            # An inode number can come back as something else: so its type counts as well.
            if identity(status) != identity(leaf.status) or not stat.S_ISREG(status.st_mode):
                os.close(file)
                raise OSError(errno.ESTALE, os.strerror(errno.ESTALE))
            return file


def require_regular(status: os.stat_result, path: str) -> None:
    """Refuse pipes, sockets and devices.

    Raises:
        ReleaseError: FS_SPECIAL.
    """
    if not stat.S_ISREG(status.st_mode):
        raise refused(
            path, Code.FS_SPECIAL, "is a pipe, a socket or a device", "publish regular files only"
        )


def _broken(path: str, cause: OSError | None = None) -> NoReturn:
    raise refused(
        path, Code.FS_SYMLINK_BROKEN, "is a link that leads nowhere", "remove or mend the link"
    ) from cause
