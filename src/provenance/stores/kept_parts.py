"""A file of which only parts were kept: it is read as the whole was, as far as they go."""

import io
from typing import BinaryIO

from provenance.values.file_parts import FileParts


def open_parts(parts: FileParts) -> BinaryIO:
    """Open what was kept of a file: where nothing was, it seems to end."""
    return io.BufferedReader(_Kept(parts))


class _Kept(io.RawIOBase):
    """The parts, each at its place."""

    def __init__(self, parts: FileParts) -> None:
        self._parts = parts
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        begin = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._parts.size}[whence]
        self._at = max(begin + offset, 0)
        return self._at

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        for one in self._parts.parts:
            if one.range.start <= self._at < one.range.end:
                data = one.data[self._at - one.start :][: len(buffer)]
                buffer[: len(data)] = data
                self._at += len(data)
                return len(data)
        return 0
