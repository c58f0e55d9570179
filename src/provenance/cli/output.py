"""Where the results of a command go: a file, a stream, a device; and what is said beside them."""

import sys
from pathlib import Path

from provenance.doors.outlet import STDOUT, publish, stream_of
from provenance.text.untrusted import printable


def is_standard_output(path: Path | None) -> bool:
    """Tell whether a result goes to standard output, so that nothing else may."""
    return path is not None and stream_of(path) == STDOUT


def write_result(path: Path, data: bytes) -> None:
    """Write a result where the caller said; see :func:`provenance.doors.outlet.publish`.

    Raises:
        ToolError: DISK_FULL, FS_PERMISSION, FS_IO.
    """
    if is_standard_output(path):
        sys.stdout.flush()
        if sys.stdout.isatty():
            # Exact for the next program; for eyes, what hides or moves text is made visible.
            data = "\n".join(map(printable, data.decode(errors="replace").split("\n"))).encode()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        publish(path, data)
