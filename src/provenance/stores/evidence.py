"""The evidence store: every capture under the digest of its bytes, for who checks an audit."""

import hashlib
from pathlib import Path

from provenance.doors.disk import Root, read_limited
from provenance.doors.writing import atomic_publish, make_folder
from provenance.errors import Code, ReleaseError, UsageError
from provenance.text.canonical_json import encode
from provenance.values.digest import Digest
from provenance.values.evidence import Capture, Evidence
from provenance.values.path import RelPath

INDEX = "index.json"
# What is read back into memory at once.
LARGEST = 64 * 2**20


class EvidenceStore:
    """Captures by their digests: ``sha256/<2 hex digits>/<64 hex digits>`` and an index of them.

    Without a folder no bytes are kept, only what they were.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._evidence: set[Evidence] = set()
        self._kept: set[Digest] = set()

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Return everything that was kept, each once, in order of address and digest."""
        return tuple(sorted(self._evidence, key=_order))

    def keep(self, capture: Capture) -> Evidence:
        """Keep a capture and return the evidence that it is.

        Raises:
            ToolError: DISK_FULL, FS_PERMISSION, FS_IO.
        """
        evidence = capture.evidence
        if self._folder and evidence.digest not in self._kept:
            place = self._folder / _place(evidence.digest).text
            make_folder(place.parent)
            atomic_publish(place, capture.payload)
            self._kept.add(evidence.digest)
        self._evidence.add(evidence)
        return evidence

    def read(self, digest: Digest) -> bytes:
        """Return the bytes that were kept under a SHA-256 digest, after hashing them again.

        Raises:
            UsageError: PATH_MISSING, when the store has no folder.
            ReleaseError: FILE_CHANGED, when they are not those bytes any more; RESOURCE over
                ``LARGEST`` bytes; FS_CHANGED, when they are gone; FS_PERMISSION; FS_IO.
        """
        if not self._folder:
            raise UsageError(
                "this store keeps no bytes", hint="give it a folder", code=Code.PATH_MISSING
            )
        with Root(self._folder) as root, root.open(_place(digest)) as file:
            data = read_limited(file, LARGEST)
        if hashlib.sha256(data).digest() != digest.value:
            raise ReleaseError(
                f"the evidence {digest} was changed after it was kept",
                hint="audit the release again",
                code=Code.FILE_CHANGED,
            )
        return data

    def close(self) -> None:
        """Write ``index.json``, which says what all the captures are.

        Raises:
            ToolError: DISK_FULL, FS_PERMISSION, FS_IO.
        """
        if self._folder:
            make_folder(self._folder)
            index = [_described(evidence) for evidence in self.evidence]
            atomic_publish(self._folder / INDEX, encode(index))


def _order(evidence: Evidence) -> tuple[str, Digest, str]:
    return evidence.uri, evidence.digest, evidence.seen_at.isoformat()


def _place(digest: Digest) -> RelPath:
    return RelPath(f"sha256/{digest.hex[:2]}/{digest.hex}")


def _described(evidence: Evidence) -> dict[str, str | int]:
    return {
        "digest": str(evidence.digest),
        "kind": evidence.kind.value,
        "media_type": evidence.media_type,
        "seen_at": evidence.seen_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "size": evidence.size,
        "uri": evidence.uri,
    }
