"""Pointers among a release's files: texts that stand where git-lfs or xet would put the bytes."""

from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO, Protocol

from provenance.doors.disk import read_start
from provenance.errors import Code
from provenance.flows.digesting.in_file import in_file
from provenance.sources.local import LocalSource
from provenance.sources.single_file import SingleFile
from provenance.text.lfs_pointer import (
    LONGEST_POINTER,
    SHORTEST_DIGEST,
    pointer_in,
    reads_as_pointer,
)
from provenance.values.hazard import Hazard, Limit
from provenance.values.inventory import FileEntry, Inventory
from provenance.values.path import RelPath
from provenance.weights.unread import may_be_weights

#: Of files that are as small as a pointer; a release of more holds no weights in them.
MOST_FILES = 20_000


class Opens(Protocol):
    """Whatever opens the files of a release."""

    def open(self, path: RelPath) -> BinaryIO:
        """Open a listed file."""


def pointers_in(
    inventory: Inventory, source: Opens, *, most: int = MOST_FILES
) -> Iterator[Hazard | Limit]:
    """Yield a hazard for each file that is a pointer: what it stands for is elsewhere.

    At most ``most`` files are read; beyond them a limit says so.

    Raises:
        ReleaseError: FS codes, for a file that cannot be read as it was listed.
        SourceError: when a file cannot be read.
    """
    here = isinstance(source, LocalSource | SingleFile)
    fitting = [one for one in inventory if _may_be_one(one, here=here)]
    for entry in fitting[:most]:
        with in_file(entry.path.text), source.open(entry.path) as file:
            start = read_start(file, LONGEST_POINTER + 1)
        pointer = reads_as_pointer(start) if may_be_weights(entry) else pointer_in(start)
        if pointer:
            yield Hazard(Code.GIT_LFS, entry.path.text, str(pointer))
    if len(fitting) > most:
        why = f"only {most} small files were looked at for pointers"
        yield Limit(Code.RESOURCE, "pointers", why)


def pointers_among(hazards: Iterable[Hazard]) -> Mapping[str, str]:
    """Return the files of a release that are pointers, and what is said of each."""
    return {one.path: one.detail for one in hazards if one.code is Code.GIT_LFS}


def _may_be_one(entry: FileEntry, *, here: bool) -> bool:
    return SHORTEST_DIGEST <= entry.size <= LONGEST_POINTER and (entry.observed or here)
