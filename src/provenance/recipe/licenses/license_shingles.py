"""Shingles: runs of words by their digests, so that texts can be compared that are not kept."""

import hashlib
import zlib
from collections.abc import Iterator, Sequence

#: Words in a run that is compared; and in one whose digest is kept instead of its words.
SIZE = 5
PRINT_SIZE = 6
#: A digest is kept for every third run: each word stands in two of them.
PRINT_STEP = 3
PRINT_BYTES = 3
#: Runs that stand for a text when the nearest is sought: those with the smallest checksums.
ANCHORS = 12

Words = Sequence[str]


def shingles(words: Words) -> Iterator[tuple[str, ...]]:
    """Yield every run of ``SIZE`` words; a shorter text is one run."""
    for at in range(max(1, len(words) - SIZE + 1)):
        yield tuple(words[at : at + SIZE])


def checksums(words: Words) -> frozenset[int]:
    """Return the checksums of all runs: for seeking, never for deciding."""
    return frozenset(zlib.crc32(" ".join(one).encode()) for one in shingles(words))


def anchors(words: Words) -> tuple[int, ...]:
    """Return the runs that stand for a text."""
    return tuple(sorted(checksums(words))[:ANCHORS])


def prints(words: Words) -> tuple[bytes, ...]:
    """Return the digests that are kept of a text: every third run, and the last."""
    last = max(0, len(words) - PRINT_SIZE)
    starts = sorted({*range(0, last, PRINT_STEP), last})
    return tuple(_print(words[at : at + PRINT_SIZE]) for at in starts)


def every_print(words: Words) -> tuple[bytes, ...]:
    """Return the digests of all runs of a text, to be sought among those that are kept."""
    ends = range(max(1, len(words) - PRINT_SIZE + 1))
    return tuple(_print(words[at : at + PRINT_SIZE]) for at in ends)


def _print(words: Words) -> bytes:
    return hashlib.blake2b(" ".join(words).encode(), digest_size=PRINT_BYTES).digest()


def covered(words: Words, known: frozenset[tuple[str, ...]]) -> list[bool]:
    """Tell of each word whether it stands in a run that is also known."""
    return _marked(len(words), SIZE, (one in known for one in shingles(words)))


def covered_by_prints(words: Words, known: frozenset[bytes]) -> list[bool]:
    """Tell of each word whether it stands in a run whose digest is known."""
    return _marked(len(words), PRINT_SIZE, (one in known for one in every_print(words)))


def _marked(length: int, size: int, hits: Iterator[bool]) -> list[bool]:
    marks = [False] * length
    done = 0
    for at, hit in enumerate(hits):
        if hit:
            end = min(at + size, length)
            start = max(at, done)
            marks[start:end] = [True] * (end - start)
            done = end
    return marks


def runs(words: Words, marks: Sequence[bool]) -> tuple[str, ...]:
    """Return the runs of words that are not marked."""
    found: list[list[str]] = []
    before = True
    for word, marked in zip(words, marks, strict=True):
        if not marked:
            if before:
                found.append([])
            found[-1].append(word)
        before = marked
    return tuple(" ".join(one) for one in found)
