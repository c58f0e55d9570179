"""The body of a page of the digest cache: digests of files whose inodes are neighbours."""

import os
from collections.abc import Callable, Mapping
from operator import attrgetter
from struct import Struct
from typing import cast

from provenance.values.digest import Algorithm

# A page is about this many inodes, as a power of two: those of one folder are mostly neighbours.
BITS = 8

# Device, inode, size, mtime and ctime in nanoseconds: what tells one state of a file from another.
Identity = tuple[int, int, int, int, int]

identity: Callable[[os.stat_result], Identity] = attrgetter(
    "st_dev", "st_ino", "st_size", "st_mtime_ns", "st_ctime_ns"
)

_IDENTITY = Struct("<qQQqq")
_DIGESTS = {one: Struct(f"{one.size}s") for one in Algorithm}


def fits(one: Identity) -> bool:
    """Whether a page can hold this identity: every number of it in 64 bits."""
    device, inode, size, mtime, ctime = one
    return (
        all(-(2**63) <= it < 2**63 for it in (device, mtime, ctime))
        and 0 <= inode < 2**64
        and 0 <= size < 2**64
    )


def pack(records: Mapping[Identity, tuple[bytes]], algorithm: Algorithm) -> bytes:
    """Return a body: identities in order, which :func:`fits` all, then digests in their order."""
    ordered = sorted(records)
    digests = map(records.__getitem__, ordered)
    pack_digest = _DIGESTS[algorithm].pack
    return b"".join(
        (*(_IDENTITY.pack(*one) for one in ordered), *(pack_digest(*one) for one in digests))
    )


def unpack(body: bytes, algorithm: Algorithm) -> dict[Identity, tuple[bytes]]:
    """Read a body; the inverse of :func:`pack`.

    Digests stand in tuples of one, as :mod:`struct` gives them: a body of hundreds is read
    without a line of Python for each.
    """
    digest = _DIGESTS[algorithm]
    middle = len(body) // (_IDENTITY.size + digest.size) * _IDENTITY.size
    identities = _IDENTITY.iter_unpack(body[:middle])
    digests = digest.iter_unpack(body[middle:])
    return cast("dict[Identity, tuple[bytes]]", dict(zip(identities, digests, strict=True)))
