"""What this package does with a folder that it hashed before: every digest from the cache.

``python -m bench.workers.recalling fill|recall CACHE PATH``; to recall is refused when one file had
to be read.
"""

import sys
import time
from functools import partial
from pathlib import Path

from bench.workers.section import Section
from provenance.flows.digesting.digest import Digesting, digest
from provenance.flows.digesting.known_digests import Memory
from provenance.stores.digest_cache import DigestCache
from provenance.values.digest_list import DigestList
from provenance.values.inventory import How


def recall(folder: Path, path: Path) -> DigestList:
    """Digest every file below a folder, with the cache in another."""
    with DigestCache.open(folder, report=print, clock_ns=time.time_ns) as cache:
        return digest([path], Digesting(memory=Memory(cache)))


def main() -> int:
    """Do the work that the arguments name."""
    work, folder, path = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    section = Section()
    found = section.measure(partial(recall, folder, path))
    if work == "recall" and set(found.rows.hows) != {How.CACHED}:
        return 1
    section.report({row.path: row.digests[0].hex() for row in found.rows})
    return 0


if __name__ == "__main__":
    sys.exit(main())
