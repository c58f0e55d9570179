"""The port through which a part of a file is read, where the whole of it would be too much."""

from collections.abc import Mapping, Sequence
from typing import Protocol, runtime_checkable

import attrs

from provenance.values.look import Seen, Unseen
from provenance.values.path import RelPath

# The bytes that were wanted, or why they cannot be had.
Start = Seen[bytes] | Unseen


@attrs.frozen
class Wanted:
    """The ``size`` bytes of a listed file from ``start`` on, of which the first are ``known``."""

    path: RelPath
    size: int
    known: bytes = attrs.field(default=b"", repr=False)
    start: int = 0


@runtime_checkable
class Starts(Protocol):
    """A source that gives parts of files without the rest: mostly their beginnings."""

    def starts(self, wanted: Sequence[Wanted]) -> Mapping[RelPath, Start]:
        """Return the bytes that are wanted, all of them for each file, or why they cannot be had.

        Of each file one part is wanted at a time; fewer bytes are those of a shorter file.
        """
        ...
