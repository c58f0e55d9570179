"""Who does what: files become tasks, the longest first, so that none is left for the end."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from provenance.hashing.small import BATCH, SMALL
from provenance.hashing.wants import Want, Wants
from provenance.values.digest import Algorithm
from provenance.values.tree import SUBTREE

# From here on it pays to read one file in several places at once.
LARGE = 4 * SUBTREE


class Batch(NamedTuple):
    """Small files, by their places among all that are wanted; in one thread, in order."""

    places: Sequence[int]


class Whole(NamedTuple):
    """One file, from its beginning to its end."""

    place: int


class Part(NamedTuple):
    """The bytes of one file from ``begin`` to ``end``, for its hash tree alone."""

    place: int
    begin: int
    end: int


Task = Batch | Whole | Part


def schedule(wants: Sequence[Want], *, span: int, together: bool) -> Iterator[Task]:
    """Yield the tasks that all wanted files come to.

    Files of which only the hash tree is wanted come in parts of ``span`` bytes, a multiple of a
    subtree. Small files come in one batch when they are to stay ``together``: two threads are
    slower than one at what is in memory already.
    """
    files = Wants.of(wants)
    sizes = files.sizes
    large = [at for at, size in enumerate(sizes) if size >= SMALL]
    small = [at for at, size in enumerate(sizes) if size < SMALL] if large else range(len(sizes))
    yield from batches(small, len(small) if together else BATCH)
    for at in sorted(large, key=lambda at: (-sizes[at], files[at].path)):
        if files.algorithms[at] == (Algorithm.TREE_SHA256,) and sizes[at] >= LARGE:
            for begin in range(0, sizes[at], span):
                yield Part(at, begin, min(begin + span, sizes[at]))
        else:
            yield Whole(at)


def batches(places: Sequence[int], length: int) -> Iterator[Batch]:
    """Yield small files in batches of a length; none for no files."""
    for at in range(0, len(places), length or 1):
        yield Batch(places[at : at + length])
