"""Some bytes of a file, by where they begin and end."""

import attrs

from provenance.errors import InvalidValueError

_MOST = 10**18


@attrs.frozen(order=True)
class ByteRange:
    """The bytes ``[start, end)`` of a file; written with the last of them, as in HTTP.

    >>> str(ByteRange(0, 8))
    '0-7'
    """

    start: int
    end: int

    def __attrs_post_init__(self) -> None:
        """Refuse a range that ends before it starts."""
        if not 0 <= self.start <= self.end <= _MOST:
            raise InvalidValueError(
                f"the bytes [{self.start}, {self.end})", hint="give 0 <= start <= end"
            )

    def __str__(self) -> str:
        """Return the first and the last byte; of no bytes, the last is before the first."""
        return f"{self.start}-{self.end - 1}"

    @property
    def size(self) -> int:
        """Return the number of bytes."""
        return self.end - self.start

    def covers(self, other: "ByteRange") -> bool:
        """Tell whether all bytes of another range are in this one."""
        return self.start <= other.start and other.end <= self.end
