"""Holding what facts are read from against what was hashed: the same bytes, or no facts."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from provenance.doors.descriptor import stamp_of
from provenance.doors.trail import refused, translated
from provenance.errors import Code, ReleaseError
from provenance.values.digest import Algorithm, Digest
from provenance.values.inventory import FileEntry
from provenance.values.path import RelPath
from provenance.values.stamp import Stamp


def require_as_hashed(entry: FileEntry, data: bytes, sha256: Digest | None = None) -> None:
    """Let the bytes of a whole file pass if they are those of its entry; ``sha256`` is theirs.

    A file that was not hashed has to be what its server claims, as far as it claims anything.

    Raises:
        ReleaseError: FS_CHANGED; HUB_MISMATCH, for what is not as claimed.
    """
    sha256 = sha256 or Digest(Algorithm.SHA256, hashlib.sha256(data).digest())
    if entry.observed:
        if entry.sha256 not in {None, sha256}:
            raise _changed(entry.path)
        return
    known = {Algorithm.SHA256: sha256, Algorithm.GIT_BLOB: _git_blob(data)}
    for claimed in entry.claimed:
        if known.get(claimed.algorithm, claimed) != claimed:
            raise ReleaseError(
                f"{entry.path.text[:200]!a} differs from what its server claims ({claimed})",
                hint="delete what was downloaded and try again; if it stays so, do not use it",
                code=Code.HUB_MISMATCH,
            )


@contextmanager
def still(file: BinaryIO, stamp: Stamp | None, path: RelPath) -> Iterator[None]:
    """Run the block that reads parts of an open file, which has ``stamp`` before and after.

    Without a stamp nothing is known of the file, and nothing is held against it.

    Raises:
        ReleaseError: FS_CHANGED, for another file, or one that was written to.
    """
    if stamp is None:
        yield
        return
    _require_stamp(file, stamp, path)
    try:
        yield
    finally:
        # Also after an error: what is wrong with other bytes is not wrong with the release.
        _require_stamp(file, stamp, path)


def _require_stamp(file: BinaryIO, stamp: Stamp, path: RelPath) -> None:
    with translated(path.text):
        found = stamp_of(file.fileno(), path.text)
    if found != stamp:
        raise _changed(path)


def _changed(path: RelPath) -> ReleaseError:
    what = "changed while it was looked at: it is not what was hashed"
    return refused(path.text, Code.FS_CHANGED, what, "stop what writes here, and audit again")


def _git_blob(data: bytes) -> Digest:
    # SHA-1 because git names blobs by it.
    blob = hashlib.sha1(b"blob %d\0" % len(data), usedforsecurity=False)
    blob.update(data)
    return Digest(Algorithm.GIT_BLOB, blob.digest())
