"""The port through which a file's beginning is read, where the whole of it would be too much."""

from collections.abc import Mapping, Sequence
from typing import Protocol, runtime_checkable

import attrs

from provenance.values.look import Look
from provenance.values.path import RelPath


@attrs.frozen
class Wanted:
    """The first ``size`` bytes of a listed file, of which ``known`` are here already."""

    path: RelPath
    size: int
    known: bytes = attrs.field(default=b"", repr=False)


@runtime_checkable
class Starts(Protocol):
    """A source that gives the beginnings of files without the rest."""

    def starts(self, wanted: Sequence[Wanted]) -> Mapping[RelPath, Look[bytes]]:
        """Return the bytes that are wanted, all of them for each file, or why they cannot be had.

        Fewer bytes than wanted are those of a shorter file.
        """
        ...
