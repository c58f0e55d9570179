"""Dividing files among workers that do not know each other, and putting parts together again."""

import hashlib
import heapq
from collections.abc import Sequence

from provenance.errors import Code, UsageError
from provenance.values.digest import Algorithm, Digest
from provenance.values.digest_list import DigestList


def listing_digest(files: Sequence[tuple[str, int]]) -> Digest:
    """Return a digest of paths and sizes in bytes, whatever their order."""
    hashed = hashlib.sha256(b"provenance listing v1\n")
    for path, size in sorted(files):
        hashed.update(f"{size} {path}\0".encode())
    return Digest(Algorithm.SHA256, hashed.digest())


def part_of(files: Sequence[tuple[str, int]], number: int, count: int) -> list[int]:
    """Return the places of the files that part ``number`` (from 1) of ``count`` is to hash.

    Every worker divides alike: largest first, each to the part with the least to do so far, so
    that no two parts share a file and none is left over.
    """
    loads = [(0, part) for part in range(1, count + 1)]
    mine = []
    for at in sorted(range(len(files)), key=lambda at: (-files[at][1], files[at][0])):
        load, part = loads[0]
        # A file costs something, even an empty one.
        heapq.heapreplace(loads, (load + files[at][1] + 2**12, part))
        if part == number:
            mine.append(at)
    return sorted(mine)


def merge(parts: Sequence[DigestList]) -> DigestList:
    """Return the whole that the parts make.

    Raises:
        UsageError: PARTS, when a part is missing or there twice, when they are not of one work, or
            when together they are not what was listed.
    """
    shares = [part.share for part in parts]
    first = shares[0] if shares else None
    if first is None or any(share is None for share in shares):
        raise _unfit("a list that is no part of a work, or none at all", "name the files of --part")
    numbers = sorted(share.number for share in shares if share)
    if any(
        share and (share.count, share.listing) != (first.count, first.listing) for share in shares
    ):
        raise _unfit("parts of different works", "hash all parts again from one state of the files")
    if len({part.algorithms for part in parts}) > 1:
        raise _unfit("parts with different algorithms", "give all parts the same --algorithms")
    missing = sorted(set(range(1, first.count + 1)) - set(numbers))
    if missing or len(numbers) != first.count:
        what = f"of {first.count} parts, {missing or 'some'} are missing or there twice"
        raise _unfit(what, "name each part once")
    rows = tuple(sorted(row for part in parts for row in part.rows))
    troubles = tuple(sorted(one for part in parts for one in part.troubles))
    whole = DigestList(parts[0].algorithms, rows, troubles)
    if whole.clean and listing_digest([(row.path, row.size) for row in rows]) != first.listing:
        raise _unfit("parts that leave files out", "hash all parts again")
    return whole


def _unfit(what: str, hint: str) -> UsageError:
    return UsageError(f"these parts cannot be put together: {what}", hint=hint, code=Code.PARTS)
