"""What this package does, from a folder's name to its digests, with all guards.

``python -m bench.workers.ours digest ALGORITHMS PATH`` reads each file once for all algorithms;
``separate`` reads it anew for each of them. ALGORITHMS are joined with commas; what is printed are
the digests of the first.
"""

import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from bench.workers.section import Section
from provenance.flows.digesting.digest import Digesting, digest
from provenance.values.digest import Algorithm
from provenance.values.digest_list import DigestList


def together(path: Path, algorithms: tuple[Algorithm, ...]) -> DigestList:
    """Hash every file below a folder, read once."""
    return digest([path], Digesting(algorithms=algorithms))


def separate(path: Path, algorithms: tuple[Algorithm, ...]) -> DigestList:
    """Hash every file below a folder, read once for each algorithm."""
    first, *_ = [together(path, (one,)) for one in algorithms]
    return first


WORK: Mapping[str, Callable[[Path, tuple[Algorithm, ...]], DigestList]] = {
    "digest": together,
    "separate": separate,
}


def main() -> int:
    """Do the work that the arguments name."""
    work, names, path = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    section = Section()
    found = section.measure(partial(WORK[work], path, tuple(map(Algorithm, names.split(",")))))
    if not found.clean:
        return 1
    section.report({row.path: row.digests[0].hex() for row in found.rows})
    return 0


if __name__ == "__main__":
    sys.exit(main())
