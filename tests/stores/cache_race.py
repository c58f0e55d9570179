"""Processes that find and keep in one cache until they are killed.

Run as ``cache_race.py FOLDER PROCESSES KILLS SEED``; prints what it saw, one word and a number a
line. Each process dies of a timer that it set itself, somewhere in its work: nothing of its
Python runs any more, as with ``kill -9``.
"""

import itertools
import os
import random
import signal
import sys
from collections import Counter
from pathlib import Path

from provenance.stores.digest_cache import DigestCache
from provenance.values.digest import Algorithm
from provenance.values.stamp import Stamp
from tests.stores.stamps import READ, digest, kept, stamp

WRONG = 3
ALGORITHMS = (Algorithm.SHA256, Algorithm.GIT_BLOB)
#: Files of which some are states of one inode, on more than one page.
FILES = [stamp(inode, size=size) for inode in range(0, 1500, 5) for size in (1, 2)]


def work(folder: Path, chance: random.Random) -> None:
    """Find and keep for ever, a cache for each few rounds; leave at the first wrong digest."""
    while True:
        with DigestCache.open(folder, report=lambda _: None, clock_ns=lambda: 2 * READ) as cache:
            for _ in range(3):
                files = chance.sample(FILES, 200)
                if wrong(cache.find(files, ALGORITHMS), files):
                    os._exit(WRONG)
                cache.keep(kept(one, *ALGORITHMS) for one in files[:100])


def wrong(answers: list[tuple[bytes, ...] | None], files: list[Stamp]) -> int:
    """Count the digests that are of another file."""
    return sum(
        found is not None and found != tuple(digest(one, it) for it in ALGORITHMS)
        for one, found in zip(files, answers, strict=True)
    )


def start(folder: Path, seed: int) -> int:
    """Start a process that works for some milliseconds, and return its number."""
    child = os.fork()
    if child == 0:
        chance = random.Random(seed)  # noqa: S311 - not for secrets
        # Of processor time: a busy machine must not kill it before its work began.
        signal.setitimer(signal.ITIMER_PROF, chance.uniform(0.001, 0.06))
        work(folder, chance)
    return child


def main(folder: Path, processes: int, kills: int, seed: int) -> None:
    """Keep so many processes alive until so many were killed; then look at what they left."""
    seeds = itertools.count(seed)
    alive = {start(folder, next(seeds)) for _ in range(processes)}
    ends: Counter[int] = Counter()
    while alive:
        child, how = os.wait()
        alive.remove(child)
        ends[how] += 1
        if ends.total() + len(alive) < kills:
            alive.add(start(folder, next(seeds)))

    said: list[str] = []
    with DigestCache.open(folder, report=said.append, clock_ns=lambda: 2 * READ) as cache:
        left = cache.find(FILES, ALGORITHMS)
        cache.keep(kept(one, *ALGORITHMS) for one in FILES[::2])
        again = cache.find(FILES[::2], ALGORITHMS)
    print("killed", ends.pop(signal.SIGPROF, 0))  # noqa: T201 - its result
    print("otherwise", ends.total())  # noqa: T201
    print("found", sum(it is not None for it in left))  # noqa: T201
    print("wrong", wrong(left, FILES) + wrong(again, FILES[::2]))  # noqa: T201
    print("missing", again.count(None))  # noqa: T201
    print("said", len(said))  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
