"""Audit and sign a folder with a fixed clock and key, and print the digests of what came out.

Run as a program of its own by ``test_same_bytes.py``, in surroundings that differ.
"""

import hashlib
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import provenance
from provenance.flows.signing.sign import sign_release
from provenance.signers.signing import Signing

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def main(folder: Path, key: Path, jobs: int, umask: int) -> None:
    os.umask(umask)
    settings = provenance.Settings(offline=True, jobs=jobs)
    manifest = provenance.audit(folder, settings=settings, clock=lambda: NOW)
    statement = provenance.dump_manifest(manifest)
    bundles = sign_release(statement, signing=Signing.by_key(key.read_bytes()))
    for data in (statement, bundles.recipe, bundles.model):
        sys.stdout.write(hashlib.sha256(data).hexdigest() + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4], 8))
