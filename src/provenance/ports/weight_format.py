"""The port of a weight format: ranges of a file in, and what they say of its tensors out."""

from typing import Protocol

from provenance.values.byte_range import ByteRange
from provenance.values.file_parts import FileParts
from provenance.values.hazard import Hazard
from provenance.values.look import Look
from provenance.values.weight_kind import WeightKind
from provenance.values.weights import Header


class WeightFormat(Protocol):
    """One format that weights are kept in. It opens nothing: whoever has the file brings parts.

    Whatever the bytes are, only a :class:`~provenance.errors.WeightsError` escapes.
    """

    @property
    def kind(self) -> WeightKind:
        """Return its name, and how its files are called."""
        ...

    def begins(self, start: bytes) -> bool:
        """Tell whether a file's first bytes are those of this format, whatever its name says."""
        ...

    def wants(self, file: FileParts) -> tuple[ByteRange, ...]:
        """Return the ranges of a file that are needed, as far as what is here of it tells.

        All of them are within the file. With them it is asked again, until all that it wants is
        here. It looks at nothing that it did not ask for.

        Raises:
            WeightsError: for bytes that cannot be of this format.
        """
        ...

    def parse(self, file: FileParts) -> tuple[Look[Header], tuple[Hazard, ...]]:
        """Return what a file says of its tensors, from the ranges that were wanted.

        Raises:
            WeightsError: for a broken rule of the format.
        """
        ...
