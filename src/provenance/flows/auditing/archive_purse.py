"""What looking into all archives of a release may cost together, counted before it is done."""

from typing import Final

import attrs

from provenance.weights.heads import Head

#: Headers of members, of all archives together; a long name in a tar counts by its blocks.
MOST_HEADERS: Final = 40_000
#: Bytes of the directories of zips, of which each entry takes some fifty.
MOST_DIRECTORIES: Final = 4 * 2**20
#: Bytes that are unpacked; those of a slow kind count for several.
MOST_INFLATED: Final = 256 * 2**20
#: For how many bytes of gzip one of another kind counts.
_SLOWER: Final = {Head.XZ: 4, Head.BZIP2: 8}


class BrokenArchiveError(Exception):
    """An archive that cannot be listed to its end; the text says why."""


@attrs.define
class ArchivePurse:
    """What is left for the archives that are still to be looked into."""

    headers: int = MOST_HEADERS
    directories: int = MOST_DIRECTORIES
    inflated: int = MOST_INFLATED

    def take_header(self, blocks: int = 1) -> None:
        """Pay for one more header of a member, of so many blocks.

        Raises:
            BrokenArchiveError: when no more are read of this release.
        """
        self.headers -= blocks
        if self.headers < 0:
            raise _over(f"{MOST_HEADERS} members")

    def take_directory(self, size: int) -> None:
        """Pay for so many bytes of a directory, before they are read.

        Raises:
            BrokenArchiveError: when so many are not left; a smaller directory may still fit.
        """
        if size > self.directories:
            raise _over(f"{MOST_DIRECTORIES} bytes of directories")
        self.directories -= size

    def take_inflated(self, size: int, kind: Head) -> None:
        """Pay for so many bytes that were, or are to be, unpacked.

        Raises:
            BrokenArchiveError: when no more are unpacked of this release.
        """
        self.inflated -= size * _SLOWER.get(kind, 1)
        if self.inflated < 0:
            raise _over(f"{MOST_INFLATED} bytes that are unpacked")


def _over(what: str) -> BrokenArchiveError:
    return BrokenArchiveError(f"of all archives together, {what} are looked at, and it has more")
