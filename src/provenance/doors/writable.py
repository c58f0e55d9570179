"""Whether something can be written, asked before the work that it is the result of."""

import os
import stat
from pathlib import Path

from provenance.doors.outlet import stream_of
from provenance.errors import Code, ToolError, UsageError

_ENTER = os.W_OK | os.X_OK


def can_hold(folder: Path) -> bool:
    """Whether files can be made below a folder, which itself may still have to be made."""
    for place in (folder, *folder.absolute().parents):
        try:
            kind = place.stat().st_mode
        except FileNotFoundError:
            continue
        except (OSError, ValueError):
            return False
        return stat.S_ISDIR(kind) and os.access(place, _ENTER, effective_ids=True)
    return False


def require_place(path: Path) -> None:
    """See that a file can be written at ``path``, or over what is there.

    What is no regular file (a device, a pipe) is left to who writes into it.

    Raises:
        UsageError: PATH_MISSING, for a folder that is not there; USAGE, for one in a file's place.
        ToolError: FS_PERMISSION.
    """
    if stream_of(path) is not None:
        return  # Whatever it leads to is open already.
    folder = path.parent
    try:
        kind = path.lstat().st_mode
    except (OSError, ValueError):
        kind = 0
    if stat.S_ISDIR(kind) or not path.name:
        raise UsageError(f"{str(path)!a} is a folder", hint="name a file in it")
    if stat.S_ISCHR(kind) or stat.S_ISFIFO(kind) or stat.S_ISSOCK(kind) or stat.S_ISBLK(kind):
        return
    if not os.path.isdir(folder):  # noqa: PTH112 - a path's own method raises for odd names
        raise UsageError(
            f"{str(path)!a} cannot be written: there is no folder {str(folder)!a}",
            hint="make the folder, or name another one",
            code=Code.PATH_MISSING,
        )
    if not os.access(folder, _ENTER, effective_ids=True):
        raise _denied(path)


def require_folder(folder: Path) -> None:
    """See that files can be written below a folder, which may still have to be made.

    Raises:
        ToolError: FS_PERMISSION.
    """
    if not can_hold(folder):
        raise _denied(folder)


def _denied(path: Path) -> ToolError:
    return ToolError(
        f"{str(path)!a} cannot be written: this user may not write there",
        hint="name a folder that you may write to",
        code=Code.FS_PERMISSION,
    )
