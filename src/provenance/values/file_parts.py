"""Parts of a file: what is asked for of one that is too large to be read whole, and what came."""

from collections.abc import Iterator, Sequence
from typing import Self

import attrs

from provenance.errors import InvalidValueError
from provenance.values.byte_range import ByteRange
from provenance.values.path import RelPath


@attrs.frozen
class FilePart:
    """Bytes of a file, and where in it they begin."""

    start: int
    data: bytes = attrs.field(repr=False)

    @property
    def range(self) -> ByteRange:
        """Return where the bytes are."""
        return ByteRange(self.start, self.start + len(self.data))


@attrs.frozen
class FileParts:
    """What is here of a file of ``size`` bytes: parts in order that neither overlap nor touch.

    >>> file = FileParts(RelPath("a"), 9).with_part(0, b"abc").with_part(3, b"de")
    >>> file.take(ByteRange(1, 4)), file.holds(ByteRange(4, 6))
    (b'bcd', False)
    """

    path: RelPath
    size: int
    parts: tuple[FilePart, ...] = ()

    @property
    def start(self) -> bytes:
        """Return the file's first bytes, as many as are here."""
        return self.parts[0].data if self.parts and not self.parts[0].start else b""

    def holds(self, wanted: ByteRange) -> bool:
        """Tell whether all bytes of a range are here; of an empty one they are."""
        return not wanted.size or any(one.range.covers(wanted) for one in self.parts)

    def take(self, wanted: ByteRange) -> bytes:
        """Return the bytes of a range.

        Raises:
            InvalidValueError: they are not here.
        """
        for one in self.parts:
            if one.range.covers(wanted):
                return one.data[wanted.start - one.start : wanted.end - one.start]
        if wanted.size:
            what = f"the bytes {wanted.start} to {wanted.end} of {self.path.text[:200]!a}"
            raise InvalidValueError(f"{what} were not read", hint="ask for them first")
        return b""

    def with_part(self, start: int, data: bytes) -> Self:
        """Return the same with more bytes; where they were here already, the first stay."""
        if not data:
            return self
        parts = sorted((*self.parts, FilePart(start, data)), key=lambda one: one.start)
        return attrs.evolve(self, parts=tuple(_joined(parts)))


def _joined(parts: Sequence[FilePart]) -> Iterator[FilePart]:
    """Yield parts, one or more in order of their start; those that overlap or touch, as one."""
    before, *others = parts
    for one in others:
        if one.start > before.range.end:
            yield before
            before = one
        else:
            before = FilePart(before.start, before.data + one.data[before.range.end - one.start :])
    yield before
