"""Files that are nothing but a stamp, and digests that tell of which stamp they are."""

import hashlib

from provenance.stores.digest_cache import Kept
from provenance.values.digest import Algorithm
from provenance.values.stamp import Stamp

SECOND = 10**9
#: When the files were touched, unless a test says otherwise; and when they were read.
TOUCHED = 1_000 * SECOND
READ = 2_000 * SECOND


def stamp(
    inode: int,
    *,
    size: int = 10,
    mtime: int = TOUCHED,
    ctime: int = TOUCHED,
    device: int = 1,
) -> Stamp:
    """Return the stamp of a file, with its times in nanoseconds."""
    return (device, inode, size, mtime, ctime)


def digest(one: Stamp, algorithm: Algorithm) -> bytes:
    """Return a digest that no other stamp, and no other algorithm, has."""
    return hashlib.shake_256(repr((*one, algorithm)).encode()).digest(algorithm.size)


def kept(one: Stamp, *algorithms: Algorithm, started: int = READ) -> Kept:
    """Return what is kept of a file that was read at ``started``."""
    wanted = algorithms or (Algorithm.SHA256,)
    return Kept(one, started, tuple((it, digest(one, it)) for it in wanted))
