"""Reading a file that the caller named: a key, a bundle, a policy, a manifest."""

import stat
from pathlib import Path

from provenance.errors import Code, UsageError

MEBIBYTE = 2**20


def is_file(path: Path) -> bool:
    """Tell whether a path leads to a regular file; links are followed."""
    return path.is_file()


def is_open_to_others(path: Path) -> bool:
    """Tell whether anybody but its owner may read or change a file; not there, nobody may.

    Raises:
        UsageError: when the path cannot be looked at.
    """
    try:
        return bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))
    except FileNotFoundError:
        return False
    except OSError as cause:
        raise _unreadable(path, cause) from cause


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
        raise _unreadable(path, cause) from cause
    if len(data) > limit:
        raise UsageError(
            f"{path} is larger than {limit} bytes", hint="name another file", code=Code.RESOURCE
        )
    return data


def _unreadable(path: Path, cause: OSError) -> UsageError:
    return UsageError(
        f"{path} cannot be read: {cause.strerror}",
        hint="name a file that is there and that you may read",
        code=Code.PATH_MISSING,
    )
