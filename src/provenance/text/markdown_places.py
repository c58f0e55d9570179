"""Places in Markdown: a parser that knows lines only, and bytes that have to be found again."""

import re
from typing import Final

from provenance.text.span import Span

# The parser's own line ends.
_LINE_END = re.compile(rb"\r\n|\r|\n")


class Places:
    """Finds what a parser read, from the front to the back of the bytes.

    Every offset that it gives is into the file in which the body starts at ``offset``.
    """

    def __init__(self, body: bytes, offset: int) -> None:
        self._body: Final = body
        self._offset: Final = offset
        self._lines: Final = (0, *(match.end() for match in _LINE_END.finditer(body)), len(body))
        self._start = self._end = self._next = 0

    @property
    def end(self) -> int:
        """Return where the body ends."""
        return self._offset + len(self._body)

    @property
    def block(self) -> Span:
        """Return the place of the lines entered, without the last line end."""
        return Span(self._offset + self._start, self._offset + self._end)

    def line(self, number: int) -> int:
        """Return where a line starts, counted from zero; those past the end start there."""
        return self._offset + self._lines[min(number, len(self._lines) - 1)]

    def enter(self, first: int, after: int) -> None:
        """Look from now on in the lines ``[first, after)``; on in them, if it did so already."""
        start, end = self.line(first) - self._offset, self.line(after) - self._offset
        if start != self._start or self._next > end:
            self._next = start
        self._start = start
        self._end = start + len(self._body[start:end].rstrip(b"\r\n"))

    def find(self, text: str) -> Span:
        """Return the next place of a text in the lines, or else anywhere, or else the lines."""
        written = text.encode("utf-8", "surrogatepass")
        at = self._body.find(written, self._next, self._end)
        if at >= 0:
            self._next = at + len(written)
        else:
            at = self._body.find(written)
        if at < 0 or not written:
            return self.block
        return Span(at, at + len(written)).moved(self._offset)
