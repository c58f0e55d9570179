"""Writing where a caller says: a file is published whole, and what is none is written into."""

import errno
import os
import re
import socket
import stat
from collections.abc import Callable
from pathlib import Path

from provenance.doors.writing import atomic_publish, translated

STDOUT, STDERR = 1, 2
_STREAMS = {"/dev/stdin": 0, "/dev/stdout": STDOUT, "/dev/stderr": STDERR}
_DESCRIPTOR = re.compile(r"/dev/fd/(\d{1,9})|/proc/(self|thread-self|\d{1,9})/fd/(\d{1,9})")


def stream_of(path: Path) -> int | None:
    """Return the number of the open file that a path stands for; ``None`` for any other.

    By the path's text alone: ``-``, ``/dev/stdout`` and its like, ``/dev/fd/63`` as shells write it
    for ``>(command)``. No link that merely leads there is meant.

    >>> stream_of(Path("-")), stream_of(Path("/dev/../dev/fd/63")), stream_of(Path("/tmp/a"))
    (1, 63, None)
    """
    if str(path) == "-":
        return STDOUT
    text = f"/{os.path.normpath(path.absolute()).lstrip('/')}"
    if text in _STREAMS:
        return _STREAMS[text]
    found = _DESCRIPTOR.fullmatch(text)
    if not found:
        return None
    own, process, other = found.groups()
    if process and process.isdecimal() and int(process) != os.getpid():
        return None
    return int(own or other)


def would_replace(path: Path) -> bool:
    """Tell whether a file or a link is there, which publishing to this path would replace."""
    kind = _kind(path)
    return stream_of(path) is None and (stat.S_ISREG(kind) or stat.S_ISLNK(kind))


def holds_files(path: Path) -> bool:
    """Tell whether a file can be published to a path: nothing else is there, and no stream."""
    return stream_of(path) is None and (not _kind(path) or would_replace(path))


def publish(path: Path, data: bytes, *, mode: int = 0o644) -> None:
    """Write bytes where the caller says.

    A regular file, a link (which is not followed) and a new name are published as by
    :func:`provenance.doors.writing.atomic_publish`, with ``mode``. An open stream, a device, a
    pipe and a socket are written into, and stay what they are.

    Raises:
        ToolError: DISK_FULL, FS_PERMISSION, FS_IO.
    """
    stream = stream_of(path)
    if stream is not None:
        with translated(path):
            _all(lambda part: os.write(stream, part), data)
        return
    kind = _kind(path)
    if stat.S_ISSOCK(kind):
        _send(path, data)
    elif stat.S_ISCHR(kind) or stat.S_ISBLK(kind) or stat.S_ISFIFO(kind):
        _write_into(path, data)
    else:
        atomic_publish(path, data, mode=mode)


def _kind(path: Path) -> int:
    """Return what is at a path, as a mode; 0 where nothing is or can be seen."""
    try:
        return path.lstat().st_mode
    except OSError:
        return 0


def _write_into(path: Path, data: bytes) -> None:
    with translated(path):
        # Not made, not cut short, not followed: it is the thing that was looked at, or an error.
        handle = os.open(path, os.O_WRONLY | os.O_NOFOLLOW | os.O_NOCTTY | os.O_CLOEXEC)
        try:
            if stat.S_ISREG(os.fstat(handle).st_mode):
                raise OSError(errno.ESTALE, os.strerror(errno.ESTALE))
            _all(lambda part: os.write(handle, part), data)
        finally:
            os.close(handle)


def _send(path: Path, data: bytes) -> None:
    with translated(path), socket.socket(socket.AF_UNIX) as outlet:
        outlet.connect(str(path))
        outlet.sendall(data)


def _all(write: Callable[[memoryview], int], data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[write(left) :]
