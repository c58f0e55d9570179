"""The body of a page of the digest cache: digests of files whose inodes are neighbours."""

from collections.abc import Mapping
from struct import Struct
from typing import cast

from provenance.values.digest import Algorithm
from provenance.values.stamp import Stamp

# A page is about this many inodes, as a power of two: those of one folder are mostly neighbours.
BITS = 8

_STAMP = Struct("<qQQqq")
_DIGESTS = {one: Struct(f"{one.size}s") for one in Algorithm}


def fits(one: Stamp) -> bool:
    """Whether a page can hold this stamp: every number of it in 64 bits."""
    device, inode, size, mtime, ctime = one
    return (
        all(-(2**63) <= it < 2**63 for it in (device, mtime, ctime))
        and 0 <= inode < 2**64
        and 0 <= size < 2**64
    )


def pack(records: Mapping[Stamp, tuple[bytes]], algorithm: Algorithm) -> bytes:
    """Return a body: stamps in order, which :func:`fits` all, then digests in their order."""
    ordered = sorted(records)
    digests = map(records.__getitem__, ordered)
    pack_digest = _DIGESTS[algorithm].pack
    return b"".join(
        (*(_STAMP.pack(*one) for one in ordered), *(pack_digest(*one) for one in digests))
    )


def unpack(body: bytes, algorithm: Algorithm) -> dict[Stamp, tuple[bytes]]:
    """Read a body; the inverse of :func:`pack`.

    Digests stand in tuples of one, as :mod:`struct` gives them: a body of hundreds is read
    without a line of Python for each.
    """
    digest = _DIGESTS[algorithm]
    middle = len(body) // (_STAMP.size + digest.size) * _STAMP.size
    stamps = _STAMP.iter_unpack(body[:middle])
    digests = digest.iter_unpack(body[middle:])
    return cast("dict[Stamp, tuple[bytes]]", dict(zip(stamps, digests, strict=True)))
