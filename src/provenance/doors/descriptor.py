"""Open files by their descriptor: what they are, and their bytes into buffers of the caller's."""

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from operator import attrgetter
from typing import BinaryIO

from provenance.doors.trail import require_regular
from provenance.values.stamp import Stamp

# What a reader calls for every small file: names for the operating system's own.
close = os.close
read = os.read
read_into = os.preadv
status_of = os.fstat

# Linux has it; and a file system may not, a network's mostly: then nothing is known.
_NOWAIT = getattr(os, "RWF_NOWAIT", 0)
_UNKNOWN = frozenset({errno.EAGAIN, errno.EOPNOTSUPP, errno.ESPIPE})


# Returns the stamp of a status; a listing calls it for every file.
stamp: Callable[[os.stat_result], Stamp] = attrgetter(
    "st_dev", "st_ino", "st_size", "st_mtime_ns", "st_ctime_ns"
)


def stamp_of(descriptor: int, path: str) -> Stamp:
    """Return the stamp that an open regular file has now; ``path`` is for messages.

    Raises:
        ReleaseError: FS_SPECIAL for a pipe or a device.
        OSError: when the disk fails.
    """
    status = os.fstat(descriptor)
    require_regular(status, path)
    return stamp(status)


def descriptor_of(file: BinaryIO) -> int:
    """Close a file object, and return a descriptor of its file.

    Raises:
        OSError: when there are no more descriptors.
    """
    with file:
        return os.dup(file.fileno())


def read_if_in_memory(descriptor: int, buffer: memoryview, offset: int) -> int | None:
    """Read what can be had without waiting for a disk; ``None`` where that is nothing or unknown.

    Raises:
        OSError: when the disk fails.
    """
    if not _NOWAIT:
        return None
    try:
        return os.preadv(descriptor, (buffer,), offset, _NOWAIT)
    except OSError as cause:
        if cause.errno in _UNKNOWN:
            return None
        raise


def fetch_ahead(descriptor: int, size: int) -> None:
    """Ask for a file's first bytes to be brought into memory; nothing is waited for.

    It is an advice: where nobody takes it, reading waits.
    """
    if hasattr(os, "posix_fadvise"):
        with suppress(OSError):
            os.posix_fadvise(descriptor, 0, size, os.POSIX_FADV_WILLNEED)
