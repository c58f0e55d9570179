"""The files of a release: what is there, how large, and with which digests."""

import itertools
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from enum import StrEnum, unique

import attrs

from provenance.errors import Code, InvalidValueError
from provenance.values.digest import Digest, DigestSet
from provenance.values.path import RelPath


@unique
class Kind(StrEnum):
    """What an entry is. Folders, devices, pipes and sockets are never entries."""

    FILE = "file"
    EXECUTABLE = "executable"
    # A symbolic link inside the release; its digests are those of the file it leads to.
    LINK = "link"


@unique
class How(StrEnum):
    """How the digests of an entry came to be known."""

    READ = "read"
    CACHED = "cached"
    KERNEL = "kernel"
    # A server's word: no byte was seen.
    CLAIMED = "claimed"
    # Neither bytes nor a claim: a budget was spent, or access was refused.
    UNREAD = "unread"


def _not_negative(_: object, __: object, size: int) -> None:
    if size < 0:
        raise InvalidValueError(f"a size of {size} bytes", hint="sizes start at 0")


@attrs.frozen
class FileEntry:
    """One file: its path, size in bytes, kind and digests.

    ``digests`` are those we stand for, in the sense of ``how``; ``claimed`` are what the
    release's server said, kept beside them. With ``How.CLAIMED`` the two are the server's word;
    with ``How.UNREAD`` ``digests`` is empty.
    """

    path: RelPath
    size: int = attrs.field(validator=_not_negative)
    kind: Kind = Kind.FILE
    how: How = How.UNREAD
    digests: DigestSet = DigestSet()
    claimed: DigestSet = DigestSet()

    def __attrs_post_init__(self) -> None:
        """Refuse an entry whose digests do not fit how they were come by."""
        if (self.how is How.UNREAD) != (not self.digests.digests):
            raise InvalidValueError(
                f"{self.path} is {self.how} and has {len(self.digests.digests)} digests",
                hint="an unread entry has none, every other has at least one",
            )

    @property
    def sha256(self) -> Digest | None:
        """Return the SHA-256 that we stand for, if there is one."""
        return self.digests.sha256

    @property
    def observed(self) -> bool:
        """Whether the digests rest on bytes and not on somebody's word."""
        return self.how in {How.READ, How.CACHED, How.KERNEL}

    @property
    def bound(self) -> bool:
        """Whether a digest that the publisher fixed equals one that we took from the bytes."""
        return self.observed and any(self.digests.get(one.algorithm) == one for one in self.claimed)


def _sorted_unique(_: object, __: object, entries: tuple[FileEntry, ...]) -> None:
    for before, after in itertools.pairwise(entries):
        if before.path == after.path:
            raise InvalidValueError(
                f"{after.path} is listed twice", hint="list each path once", code=Code.NAME
            )


def _text(entry: FileEntry) -> str:
    return entry.path.text


def _in_order(entries: Iterable[FileEntry]) -> tuple[FileEntry, ...]:
    return tuple(sorted(entries, key=_text))


@attrs.frozen
class Inventory:
    """All files of a release, sorted by the code points of their paths, each path once.

    ``complete`` is false when something is there that could not be listed (a name that cannot be
    written down, a folder too deep), or where a copy lacks files of its release: such an inventory
    is reported, and never signed or verified.
    """

    entries: tuple[FileEntry, ...] = attrs.field(converter=_in_order, validator=_sorted_unique)
    complete: bool = True

    def __iter__(self) -> Iterator[FileEntry]:
        """Iterate in order of path."""
        return iter(self.entries)

    def __len__(self) -> int:
        """Return the number of files."""
        return len(self.entries)

    def get(self, path: str) -> FileEntry | None:
        """Return the entry at ``path``: names from a release are looked up, never joined."""
        place = bisect_left(self.entries, path, key=_text)
        found = self.entries[place : place + 1]
        return found[0] if found and found[0].path.text == path else None

    def holds(self, path: str) -> bool:
        """Tell whether a file is at ``path``, or below it where it is a folder."""
        folder = f"{path}/"
        place = bisect_left(self.entries, folder, key=_text)
        below = self.entries[place : place + 1]
        return self.get(path) is not None or any(_text(one).startswith(folder) for one in below)

    @property
    def size(self) -> int:
        """Return the sum of all sizes, in bytes."""
        return sum(entry.size for entry in self.entries)
