"""What this package does, from a folder's name to its digests, with all guards.

``python -m bench.workers.ours digest ALGORITHMS PATH`` reads each file once for all algorithms;
``separate`` reads it anew for each of them. ALGORITHMS are joined with commas.
"""

import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bench.workers.section import Section
from provenance.hashing.engine import Failed, digest_files
from provenance.hashing.plan import Job
from provenance.sources.local import LocalSource
from provenance.values.digest import Algorithm
from provenance.values.ref import Ref
from provenance.values.settings import Budget

NAME = Ref.parse("local:bench")
NOW = datetime(2026, 1, 1, tzinfo=UTC)


class Silence:
    """A progress that nobody looks at."""

    def step(self, what: str) -> None:
        """Say nothing."""

    def expect(self, size: int) -> None:
        """Say nothing."""

    def advance(self, size: int) -> None:
        """Say nothing."""


def digest(path: Path, algorithms: tuple[Algorithm, ...]) -> Mapping[str, str]:
    """Walk a folder and hash every file; the digests are those of the first algorithm."""
    source = LocalSource(path, name=NAME, budget=Budget(), clock=lambda: NOW)
    jobs = [
        Job(entry.path, entry.size, algorithms, source.key(entry.path))
        for entry in source.listing().inventory
    ]
    found = {}
    for result in digest_files(jobs, source.open, progress=Silence()):
        if isinstance(result, Failed):
            raise result.error
        found[result.path.text] = result.digests.get(algorithms[0])
    return {name: one.hex for name, one in found.items() if one}


def main() -> int:
    """Do the work that the arguments name."""
    work, names, path = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    algorithms = tuple(map(Algorithm, names.split(",")))
    section = Section()
    if work == "separate":
        found = [section.measure(partial(digest, path, (one,))) for one in algorithms]
        section.report(found[0])
    else:
        section.report(section.measure(partial(digest, path, algorithms)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
