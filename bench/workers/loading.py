"""What ``provenance.load`` does with a file: its tensors, each verified in the memory handed over.

``python -m bench.workers.loading note sha256|tree-sha256 FILE MANIFEST`` writes what the tensors
have to be; ``load`` loads them, and with ``check`` behind it hashes them afterwards, outside of
what is measured.
"""

import hashlib
import sys
from pathlib import Path

import attrs
import numpy as np
from numpy.typing import NDArray

import provenance
from bench.workers.section import Section
from provenance.flows.auditing.audit import audit
from provenance.flows.digesting.digest import Digesting, digest
from provenance.flows.loading.load import load
from provenance.values.digest import Algorithm, Digest, DigestSet
from provenance.values.inventory import Inventory
from provenance.values.manifest import Manifest
from provenance.values.settings import Settings


def note(algorithm: Algorithm, path: Path) -> Manifest:
    """Return the manifest of a file's folder, with a digest of this algorithm beside the others."""
    (row,) = digest([path], Digesting(algorithms=(algorithm,))).rows
    wanted = Digest(algorithm, row.digests[0])
    manifest = audit(path.parent, settings=Settings(offline=True))
    entries = [
        attrs.evolve(entry, digests=DigestSet(tuple({*entry.digests, wanted})))
        for entry in manifest.inventory
    ]
    return attrs.evolve(manifest, inventory=Inventory(tuple(entries)))


def main() -> int:
    """Do what the arguments say."""
    work, name, file, aside = sys.argv[1:5]
    path = Path(file).resolve()
    if work == "note":
        if not Path(aside).exists():
            Path(aside).write_bytes(provenance.dump_manifest(note(Algorithm(name), path)))
        return 0
    manifest = provenance.load_manifest(Path(aside).read_bytes())

    def work_itself() -> dict[str, NDArray[np.generic]]:
        return load(path, manifest=manifest).get_tensors()

    section = Section()
    tensors = section.measure(work_itself)
    hashed = hashlib.sha256()
    if "check" in sys.argv:
        for one in sorted(tensors):
            hashed.update(one.encode())
            hashed.update(tensors[one].tobytes())
    section.report({path.name: hashed.hexdigest()})
    return 0


if __name__ == "__main__":
    sys.exit(main())
