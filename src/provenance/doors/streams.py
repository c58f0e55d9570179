"""The standard streams, where a caller closed them or nobody reads them any more."""

import io
import os
import sys
from contextlib import suppress
from typing import BinaryIO, TextIO, cast

_PLACEHOLDER = "/"


class _Nowhere(io.RawIOBase):
    """What swallows all that is written, and holds nothing to be read."""

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def readinto(self, _: object, /) -> int:
        return 0

    def write(self, data: "bytes | bytearray | memoryview", /) -> int:  # type: ignore[override]
        return len(data)


def complete_streams() -> None:
    """Give each standard stream that is closed a place that swallows, and its number a holder.

    Without one, the next file that is opened would get the number: what some library writes to
    standard error would stand in it. No text is too odd for an encoding: it is escaped.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            with suppress(OSError):
                os.open(_PLACEHOLDER, os.O_RDONLY | os.O_CLOEXEC)
    sys.stdin = sys.stdin or nowhere()
    sys.stdout = sys.stdout or nowhere()
    sys.stderr = sys.stderr or nowhere()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def nowhere() -> TextIO:
    """Return a stream that swallows what is written."""
    # A file of bytes that is neither read nor written for real: typeshed wants one of a disk.
    return io.TextIOWrapper(cast("BinaryIO", _Nowhere()), encoding="utf-8", write_through=True)


def flush_output() -> None:
    """Hand over what standard output still holds; what is said on the way may get lost.

    Raises:
        OSError: when it cannot be taken; nothing is tried again at the end of the process.
    """
    try:
        sys.stderr.flush()
    except OSError:
        sys.stderr = nowhere()
    try:
        sys.stdout.flush()
    except OSError:
        give_up_output()
        raise


def give_up_output() -> None:
    """Write nothing more to standard output: nobody reads it."""
    sys.stdout = nowhere()
