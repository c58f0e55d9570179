"""The port through which a file's beginning is read, where the whole of it would be too much."""

from collections.abc import Mapping, Sequence
from typing import Protocol, runtime_checkable

import attrs

from provenance.values.look import Seen, Unseen
from provenance.values.path import RelPath

# The bytes that were wanted, or why they cannot be had.
Start = Seen[bytes] | Unseen


@attrs.frozen
class Wanted:
    """The first ``size`` bytes of a listed file, of which ``known`` are here already."""

    path: RelPath
    size: int
    known: bytes = attrs.field(default=b"", repr=False)


@runtime_checkable
class Starts(Protocol):
    """A source that gives the beginnings of files without the rest."""

    def starts(self, wanted: Sequence[Wanted]) -> Mapping[RelPath, Start]:
        """Return the bytes that are wanted, all of them for each file, or why they cannot be had.

        Fewer bytes than wanted are those of a shorter file.
        """
        ...
