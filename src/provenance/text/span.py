"""Spans: where in the bytes something stands."""

from itertools import accumulate
from typing import Self

import attrs

from provenance.errors import InvalidValueError

# Characters between two remembered offsets: small enough to count again, large enough to be few.
_STEP = 512


@attrs.frozen(order=True)
class Span:
    """The bytes ``[start, end)`` of a text."""

    start: int
    end: int

    def __attrs_post_init__(self) -> None:
        """Refuse a span that ends before it starts."""
        if not 0 <= self.start <= self.end:
            raise InvalidValueError(
                f"the span [{self.start}, {self.end})", hint="give 0 <= start <= end"
            )

    def moved(self, offset: int) -> "Span":
        """Return the span as it stands in a text that has ``offset`` more bytes in front."""
        return Span(self.start + offset, self.end + offset)

    def of(self, data: bytes) -> bytes:
        """Return the bytes that the span covers."""
        return data[self.start : self.end]


@attrs.frozen(eq=False)
class Offsets:
    """Turns positions in a text, in characters, into offsets into its UTF-8 bytes.

    >>> Offsets.of("aé\U0001f600b").byte(3)
    7
    """

    text: str = attrs.field(repr=False)
    _every: tuple[int, ...] = attrs.field(repr=False)

    @classmethod
    def of(cls, text: str) -> Self:
        """Prepare a text that has no lone surrogates: it was decoded."""
        if text.isascii():
            return cls(text, ())
        parts = (text[at : at + _STEP] for at in range(0, len(text), _STEP))
        return cls(text, tuple(accumulate((len(it.encode()) for it in parts), initial=0)))

    def byte(self, character: int) -> int:
        """Return the offset of the character at this position; past the end counts as the end."""
        position = min(character, len(self.text))
        if not self._every:
            return position
        step = position // _STEP
        return self._every[step] + len(self.text[step * _STEP : position].encode())

    def span(self, start: int, end: int) -> Span:
        """Return the span of the characters ``[start, end)``."""
        return Span(self.byte(start), self.byte(end))
