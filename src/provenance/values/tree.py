"""``tree-sha256``: a hash tree over a file, of which any part can be computed or proved alone.

A file is cut into leaves of ``LEAF`` bytes; the last one may be shorter, and an empty file has
none. With ``||`` for concatenation::

    leaf(bytes)       = SHA-256(0x00 || bytes)
    node(left, right) = SHA-256(0x01 || left || right)
    root(size, leaves) = SHA-256(0x02 || size as 8 bytes, big-endian || top)

``top`` is the tree head of RFC 6962, section 2.1, over the leaves: they are split at the largest
power of two below their number. The first bytes keep leaves, nodes and roots apart, so that none
can pass for another; the size keeps files apart that differ in where they end.
"""

import hashlib
from collections.abc import Sequence
from typing import Self

import attrs

from provenance.errors import Code, InvalidValueError
from provenance.values.digest import Algorithm, Digest

LEAF = 2**20
# A power of two of leaves is a whole subtree, wherever in the file it begins at a multiple of it.
SUBTREE_LEAVES = 16
SUBTREE = SUBTREE_LEAVES * LEAF

WIDTH = 32
_NODE = hashlib.sha256(b"\x01")
_EMPTY = hashlib.sha256().digest()
LEAF_PREFIX = b"\x00"


def leaf(data: "bytes | memoryview") -> bytes:
    """Return the hash of one leaf."""
    hashed = hashlib.sha256(LEAF_PREFIX)
    hashed.update(data)
    return hashed.digest()


def node(left: bytes, right: bytes) -> bytes:
    """Return the hash of two neighbours."""
    hashed = _NODE.copy()
    hashed.update(left)
    hashed.update(right)
    return hashed.digest()


def fold(nodes: Sequence[bytes]) -> bytes:
    """Return the tree head over neighbours of one height, in order; the last may be lower.

    Pairing level by level, with an odd one passed upwards, gives the tree of RFC 6962.
    """
    level = list(nodes)
    while len(level) > 1:
        odd = level[len(level) & ~1 :]
        level = [node(*level[at : at + 2]) for at in range(0, len(level) - 1, 2)] + odd
    return level[0] if level else _EMPTY


def root(size: int, nodes: Sequence[bytes]) -> Digest:
    """Return the digest of a file of ``size`` bytes from its leaves, or from its subtrees."""
    hashed = hashlib.sha256(b"\x02")
    hashed.update(size.to_bytes(8, "big"))
    hashed.update(fold(nodes))
    return Digest(Algorithm.TREE_SHA256, hashed.digest())


def leaf_count(size: int) -> int:
    """Return how many leaves a file of ``size`` bytes has."""
    return -(-size // LEAF)


def _one_each(leaves: "Leaves", _: object, packed: bytes) -> None:
    if leaves.size < 0 or len(packed) != WIDTH * leaf_count(leaves.size):
        raise InvalidValueError(
            f"{len(packed)} bytes are not the leaves of {leaves.size} bytes",
            hint="pass 32 bytes for each mebibyte that was begun",
            code=Code.DIGEST,
        )


@attrs.frozen
class Leaves:
    """The leaves of a file of ``size`` bytes, 32 bytes each, in order.

    They are believed when their root is: 5 GB of weights have 160 kB of leaves.
    """

    size: int
    packed: bytes = attrs.field(repr=False, validator=_one_each)

    @classmethod
    def of(cls, size: int, leaves: Sequence[bytes]) -> Self:
        """Return the leaves of a file from its single ones."""
        return cls(size, b"".join(leaves))

    def __getitem__(self, at: int) -> bytes:
        """Return the leaf over the bytes from ``at * LEAF``."""
        if not 0 <= at < leaf_count(self.size):
            raise IndexError(at)
        return self.packed[at * WIDTH : (at + 1) * WIDTH]

    def __len__(self) -> int:
        """Return the number of leaves."""
        return leaf_count(self.size)

    @property
    def subtrees(self) -> tuple[bytes, ...]:
        """Return the heads over ``SUBTREE_LEAVES`` leaves each, in order; the last over fewer."""
        leaves = [self[at] for at in range(len(self))]
        starts = range(0, len(leaves), SUBTREE_LEAVES)
        return tuple(fold(leaves[at : at + SUBTREE_LEAVES]) for at in starts)

    @property
    def root(self) -> Digest:
        """Return the digest that these leaves come to."""
        return root(self.size, self.subtrees)
