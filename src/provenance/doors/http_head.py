"""The head of an answer over HTTP/1.1: read strictly, within bounds.

The standard library's reader takes a head that was cut off for a whole one, and ``1_0`` for a
length; what decides here whether a file is whole must not guess.
"""

import re
from collections.abc import Mapping
from typing import BinaryIO

import attrs

from provenance.errors import Code, SourceError

# All lines of a head together, in bytes, and how many they may be.
HEAD_BYTES = 64 * 2**10
_LINE_BYTES = 16 * 2**10
_LINES = 100
_STATUS = re.compile(rb"HTTP/1\.[01] ([1-5][0-9]{2})(?: [\t\x20-\x7e\x80-\xff]*)?")
# RFC 9110, section 5.1 and 5.5; a line that goes on in the next one (obs-fold) is no header.
_HEADER = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[\t ]*([\t\x20-\x7e\x80-\xff]*?)[\t ]*")
_LENGTH = re.compile(r"[0-9]{1,18}")


@attrs.frozen
class Head:
    """A status and the headers, their names in lowercase, each with all its values."""

    status: int
    headers: Mapping[str, tuple[str, ...]] = attrs.field(repr=False)

    def one(self, name: str) -> str | None:
        """Return the value of a header, or ``None`` if it is not there.

        Raises:
            SourceError: LINK_ANSWER, when it is there with two values.
        """
        values = set(self.headers.get(name, ()))
        if len(values) > 1:
            raise senseless(f"{name} has two values")
        return values.pop() if values else None

    @property
    def length(self) -> int | None:
        """Return the announced number of bytes of the body, or ``None`` if there is none.

        Raises:
            SourceError: LINK_ANSWER, when it is no number.
        """
        value = self.one("content-length")
        if value is not None and not _LENGTH.fullmatch(value):
            raise senseless("its length is no number")
        return None if value is None else int(value)


def read_head(file: BinaryIO) -> Head:
    """Read a head up to and with its empty line.

    Raises:
        SourceError: LINK_ANSWER for what is no head; RESOURCE for more than 100 lines, or a line
            of more than 16 KiB; NETWORK when it is cut off.
    """
    status = _STATUS.fullmatch(read_line(file))
    if not status:
        raise senseless("it does not begin as one over HTTP/1.1")
    headers: dict[str, tuple[str, ...]] = {}
    for _ in range(_LINES):
        line = read_line(file)
        if not line:
            return Head(int(status[1]), headers)
        match = _HEADER.fullmatch(line)
        if not match:
            raise senseless("a line of its head is no header")
        name = match[1].decode("ascii").lower()
        headers[name] = (*headers.get(name, ()), match[2].decode("latin-1"))
    raise SourceError(
        f"the answer has more than {_LINES} headers",
        hint="look at it by hand",
        code=Code.RESOURCE,
    )


def read_line(file: BinaryIO) -> bytes:
    """Read a line, without its end.

    Raises:
        SourceError: RESOURCE for one of more than 16 KiB; NETWORK when it is cut off.
    """
    line = file.readline(_LINE_BYTES)
    if line.endswith(b"\n"):
        return line.removesuffix(b"\n").removesuffix(b"\r")
    if len(line) < _LINE_BYTES:
        raise cut_off()
    raise SourceError(
        f"the answer has a line of more than {_LINE_BYTES} bytes",
        hint="look at it by hand",
        code=Code.RESOURCE,
    )


def cut_off() -> SourceError:
    """Return the error of an answer that ended before its end."""
    return SourceError("the answer was cut off", hint="try again later", code=Code.NETWORK)


def senseless(why: str) -> SourceError:
    """Return the error of an answer that cannot be meant."""
    return SourceError(
        f"the answer makes no sense: {why}",
        hint="look at it by hand; what it holds is unknown",
        code=Code.LINK_ANSWER,
    )
