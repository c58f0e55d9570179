"""A kernel with fs-verity for tests, which this machine's may not have."""

import hashlib
import os
from pathlib import Path

import attrs

from provenance.doors.verity import Measurement, VerityAlgorithm


@attrs.frozen
class Kernel:
    """Measures the files that were enabled, by their inodes, and remembers which it was asked of.

    As on btrfs, enabling changes nothing that a status shows.
    """

    enabled: dict[int, bytes] = attrs.Factory(dict)
    asked: list[int] = attrs.Factory(list)

    def enable(self, path: Path) -> bytes:
        """Put a file under fs-verity, and return its measurement, in bytes."""
        digest = hashlib.sha256(b"tree" + path.read_bytes()).digest()
        self.enabled[path.stat().st_ino] = digest
        return bytes(Measurement(VerityAlgorithm.SHA256, digest))

    def ask(self, descriptor: int) -> Measurement | None:
        """Measure an open file."""
        inode = os.fstat(descriptor).st_ino
        self.asked.append(inode)
        digest = self.enabled.get(inode)
        return Measurement(VerityAlgorithm.SHA256, digest) if digest else None
