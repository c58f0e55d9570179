"""Reading a file that the caller named: a key, a bundle, a policy, a manifest."""

import stat
from pathlib import Path

from provenance.errors import Code, UsageError

MEBIBYTE = 2**20


def read_named(path: Path, *, limit: int = 256 * MEBIBYTE) -> bytes:
    """Return the bytes of a regular file, at most ``limit`` of them.

    Raises:
        UsageError: when the path leads to no regular file, cannot be read, or leads to one that is
            larger than ``limit``.

    """
    try:
        # Before it is opened: a pipe that nobody writes to would never open.
        if not stat.S_ISREG(path.stat().st_mode):
            raise UsageError(f"{path} is not a file", hint="name a file", code=Code.PATH_MISSING)
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as cause:
        raise UsageError(
            f"{path} cannot be read: {cause.strerror}",
            hint="name a file that is there and that you may read",
            code=Code.PATH_MISSING,
        ) from cause
    if len(data) > limit:
        raise UsageError(
            f"{path} is larger than {limit} bytes", hint="name another file", code=Code.RESOURCE
        )
    return data
