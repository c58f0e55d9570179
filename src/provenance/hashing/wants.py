"""The files that are to be hashed: one by one, or many of them in columns."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple, overload

import attrs

from provenance.values.digest import Algorithm
from provenance.values.stamp import SIZE, Stamp


class Want(NamedTuple):
    """A file to hash: where it is, its listed size in bytes, and the digests wanted of it.

    ``stamp`` is what it was when it was listed, where that was looked at.
    """

    folder: str
    name: str
    size: int
    stamp: Stamp | None
    algorithms: tuple[Algorithm, ...]

    @property
    def path(self) -> str:
        """Return the path of the file."""
        return self.folder + self.name


@attrs.frozen
class Wants(Sequence[Want]):
    """Files to hash, in columns of one order: most of them are never looked at one by one."""

    folders: Sequence[str]
    names: Sequence[str]
    sizes: Sequence[int]
    stamps: Sequence[Stamp | None]
    algorithms: Sequence[tuple[Algorithm, ...]]

    @classmethod
    def of(cls, wants: Sequence[Want]) -> "Wants":
        """Return files in columns, which they may be in already."""
        if isinstance(wants, Wants):
            return wants
        folders, names, sizes, stamps, algorithms = zip(*wants, strict=True) if wants else [()] * 5
        return cls(folders, names, sizes, stamps, algorithms)

    def __len__(self) -> int:
        """Return the number of files."""
        return len(self.names)

    @overload
    def __getitem__(self, at: int) -> Want: ...

    @overload
    def __getitem__(self, at: slice) -> "Wants": ...

    def __getitem__(self, at: "int | slice") -> "Want | Wants":
        """Return one file, or neighbours."""
        if isinstance(at, slice):
            return Wants(
                self.folders[at],
                self.names[at],
                self.sizes[at],
                self.stamps[at],
                self.algorithms[at],
            )
        return Want(
            self.folders[at],
            self.names[at],
            self.sizes[at],
            self.stamps[at],
            self.algorithms[at],
        )

    def chosen(self, places: Sequence[int]) -> "Wants":
        """Return some of the files, in the order of their places."""
        if places == range(len(self)):
            return self
        if isinstance(places, range):
            return self[places.start : places.stop : places.step]
        return Wants(
            [self.folders[at] for at in places],
            [self.names[at] for at in places],
            [self.sizes[at] for at in places],
            [self.stamps[at] for at in places],
            [self.algorithms[at] for at in places],
        )

    def groups(self, length: int) -> Iterator["Wants"]:
        """Yield neighbours of one folder with the same algorithms, ``length`` of them at most."""
        begin = 0
        for _, group in groupby(zip(self.folders, self.algorithms, strict=True)):
            end = begin + len(list(group))
            for at in range(begin, end, length):
                yield self[at : min(at + length, end)]
            begin = end


class Columns(NamedTuple):
    """Listed files in columns: their folders, names and stamps, in one order."""

    folders: list[str]
    names: list[str]
    stamps: list[Stamp]

    @property
    def sizes(self) -> list[int]:
        """Return the listed sizes, in bytes."""
        return [stamp[SIZE] for stamp in self.stamps]

    def chosen(self, places: Sequence[int]) -> "Columns":
        """Return some of the files, in the order of their places."""
        if places == range(len(self.names)):
            return self
        return Columns(
            [self.folders[at] for at in places],
            [self.names[at] for at in places],
            [self.stamps[at] for at in places],
        )

    def wants(self, algorithms: tuple[Algorithm, ...]) -> Wants:
        """Return what is to be hashed of them."""
        columns = (self.folders, self.names, self.sizes, self.stamps)
        return Wants(*columns, [algorithms] * len(self.names))
