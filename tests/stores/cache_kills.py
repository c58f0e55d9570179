"""One process after the other that keeps digests in a cache, and is killed while it writes.

Run as ``cache_kills.py FOLDER HITS SEED``; prints what it saw, one word and a number a line. A kill
(SIGKILL, from outside) hits when it comes between the first and the last write of a transaction:
then the journal that the transaction began with is still there, and not empty.
"""

import mmap
import os
import random
import signal
import struct
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from provenance.stores.digest_cache import DigestCache, Kept
from provenance.values.digest import Algorithm
from tests.stores.stamps import READ, digest, kept, stamp

ALGORITHMS = (Algorithm.SHA256, Algorithm.GIT_BLOB)
INODES = range(0, 3000, 5)
JOURNAL = "digests.sqlite-journal"
#: Seconds; longer than a transaction takes where nothing else runs.
LONGEST = 0.02
MOST = 40
_STATE = struct.Struct("qq")


class Shared:
    """What a child tells its parent even when it dies: the state it writes, and the last done."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, _STATE.size)

    def tell(self, writing: int, done: int) -> None:
        self._memory[:] = _STATE.pack(writing, done)

    def read(self) -> tuple[int, int]:
        writing, done = _STATE.unpack(self._memory[:])
        return writing, done


def opened(folder: Path) -> DigestCache:
    return DigestCache.open(folder, report=_unexpected, clock_ns=lambda: 2 * READ)


def _unexpected(what: str) -> None:
    raise SystemExit(f"the cache said: {what}")


def work(folder: Path, shared: Shared, begin: int) -> None:
    """Keep one state of all files after the other, each in one transaction."""
    with opened(folder) as cache:
        for number in range(begin, begin + 1000):
            cache.keep(_state(number, shared))
            shared.tell(0, number)


def _state(number: int, shared: Shared) -> Iterator[Kept]:
    for inode in INODES:
        yield kept(stamp(inode, size=number), *ALGORITHMS)
    # Everything is there, and nothing of it is written yet.
    shared.tell(number, number - 1)


def known(cache: DigestCache, number: int, seen: Counter[str]) -> int:
    """Return how many files of a state are known; count digests that are of another file."""
    files = [stamp(inode, size=number) for inode in INODES]
    found = cache.find(files, ALGORITHMS)
    for one, digests in zip(files, found, strict=True):
        if digests is not None and digests != tuple(digest(one, it) for it in ALGORITHMS):
            seen["wrong"] += 1
    return sum(one is not None for one in found)


def kill_once(folder: Path, chance: random.Random, begin: int, seen: Counter[str]) -> int:
    """Let a child write, kill it, and look at what it left; return the next state's number."""
    shared, rounds = Shared(), chance.randrange(3)
    child = os.fork()
    if child == 0:
        work(folder, shared, begin)
        os._exit(0)
    while shared.read()[0] < begin + rounds:
        pass
    until = time.perf_counter() + chance.uniform(0, LONGEST)
    while time.perf_counter() < until:
        pass
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    seen["killed"] += 1
    journal = folder / JOURNAL
    seen["hit"] += journal.exists() and journal.stat().st_size > 0
    _, done = shared.read()
    with opened(folder) as cache:
        before, after = known(cache, done, seen), known(cache, done + 1, seen)
    # All of the last state that was done, or all of the one after it.
    if (before, after) not in {(len(INODES), 0), (0, len(INODES))} and done:
        seen["torn"] += 1
    return done + 1 + (after > 0)


def main(folder: Path, hits: int, seed: int) -> None:
    """Kill until so many kills hit, or far too many missed."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    seen = Counter(killed=0, hit=0, wrong=0, torn=0)
    number = 1
    while seen["hit"] < hits and seen["killed"] < hits * MOST:
        number = kill_once(folder, chance, number, seen)
    for word, count in seen.items():
        print(word, count)  # noqa: T201 - its result


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
