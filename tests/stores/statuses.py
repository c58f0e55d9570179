"""Files that are nothing but a status, and digests that tell of which status they are."""

import hashlib
import os
import stat

from provenance.stores.digest_cache import Kept
from provenance.values.digest import Algorithm

SECOND = 10**9
#: When the files were touched, unless a test says otherwise; and when they were read.
TOUCHED = 1_000 * SECOND
READ = 2_000 * SECOND


def status(
    inode: int,
    *,
    size: int = 10,
    mtime: int = TOUCHED,
    ctime: int = TOUCHED,
    device: int = 1,
) -> os.stat_result:
    """Return the status of a file, with its times in nanoseconds."""
    numbers = (stat.S_IFREG | 0o644, inode, device, 1, 0, 0, size)
    seconds = (0, mtime // SECOND, ctime // SECOND)
    exact = {"st_atime_ns": 0, "st_mtime_ns": mtime, "st_ctime_ns": ctime}
    return os.stat_result((*numbers, *seconds), exact)


def digest(one: os.stat_result, algorithm: Algorithm) -> bytes:
    """Return a digest that no other status, and no other algorithm, has."""
    identity = (one.st_dev, one.st_ino, one.st_size, one.st_mtime_ns, one.st_ctime_ns)
    return hashlib.sha256(repr((identity, algorithm)).encode()).digest()[: algorithm.size]


def kept(one: os.stat_result, *algorithms: Algorithm, started: int = READ) -> Kept:
    """Return what is kept of a file that was read at ``started``."""
    wanted = algorithms or (Algorithm.SHA256,)
    return Kept(one, started, tuple((it, digest(one, it)) for it in wanted))
