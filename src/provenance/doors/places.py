"""Several folders as one: files are found in them by the number of their folder."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple

from provenance.doors.disk import Root


class Place(NamedTuple):
    """A folder that paths begin at, ``below`` the root that its links may not leave."""

    root: Path
    below: str = ""


class Places:
    """Opens files of several folders; a copy on another machine opens what has the same paths.

    A folder inside place 3 is called ``3:`` and its path there.
    """

    def __init__(self, places: Sequence[Place]) -> None:
        """Remember the places; each is opened when it is first needed, and stays open."""
        self._places = tuple(places)
        self._roots: dict[int, Root] = {}

    def __reduce__(self) -> "tuple[type[Places], tuple[tuple[Place, ...]]]":
        """Travel without what is open."""
        return Places, (self._places,)

    def root(self, number: int) -> Root:
        """Return the opened root of a place.

        Raises:
            UsageError: PATH_MISSING.
            ReleaseError: FS_PERMISSION, FS_IO.
        """
        if number not in self._roots:
            self._roots[number] = Root(*self._places[number])
        return self._roots[number]

    def within(self, folder: str) -> AbstractContextManager[Callable[[str], int]]:
        """Open the files of one folder: see :meth:`provenance.doors.disk.Root.within`."""
        number, _, inside = folder.partition(":")
        return self.root(int(number)).within(inside)
