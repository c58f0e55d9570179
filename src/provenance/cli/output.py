"""Where the results of a command go: a file, a stream, a device; and what is said beside them."""

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from provenance.doors.outlet import STDOUT, closed_stream, discard, publish, stream_of
from provenance.doors.writing import translated
from provenance.text.untrusted import printable

_LOST = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF, errno.ENXIO})


def is_standard_output(path: Path | None) -> bool:
    """Tell whether a result goes to standard output, so that nothing else may."""
    return path is not None and stream_of(path) == STDOUT


@contextmanager
def standard_output() -> Iterator[None]:
    """Run the block that writes to standard output, and see to it that all of that is written.

    Raises:
        ToolError: DISK_FULL, FS_PERMISSION, FS_IO, when it is not. Nothing else is written then.
    """
    if sys.stdout is None:
        # The caller closed it: what is written there is lost, and not only unseen.
        sys.stdout = closed_stream()
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        raise  # Whoever read has seen enough.
    except OSError as error:
        if not is_lost(error):
            raise
        # What is left would be written when the interpreter ends, and fail once more.
        discard(sys.stdout.fileno())
        with translated(Path("standard output")):
            raise


def is_lost(error: OSError) -> bool:
    """Tell whether an error is one of a stream that nothing can be written to.

    What reads and writes files has errors of its own: none of theirs comes here.
    """
    return error.errno in _LOST


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
