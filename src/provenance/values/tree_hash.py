"""The hash tree of bytes that stream by: see :mod:`provenance.values.tree` for its rules."""

import hashlib

from provenance.values.tree import LEAF, LEAF_PREFIX, Leaves

# Hashing begins where the prefix ends: copying that state is cheaper than making it.
_LEAF = hashlib.sha256(LEAF_PREFIX)


class TreeHash:
    """Takes a file's bytes in order, in pieces of any size, like the objects of ``hashlib``."""

    def __init__(self) -> None:
        """Begin before the first byte."""
        self._size = 0
        self._leaves = bytearray()
        self._leaf = _LEAF.copy()

    def update(self, data: bytes | memoryview) -> None:
        """Take the next bytes."""
        view = memoryview(data)
        while view:
            room = LEAF - self._size % LEAF
            part = view[:room]
            self._leaf.update(part)
            self._size += len(part)
            if len(part) == room:
                self._leaves += self._leaf.digest()
                self._leaf = _LEAF.copy()
            view = view[room:]

    @property
    def whole_leaves(self) -> bytes:
        """Return the leaves, packed, that no further byte will change."""
        return bytes(self._leaves)

    @property
    def leaves(self) -> Leaves:
        """Return the leaves of the bytes so far, as if they were all."""
        last = self._leaf.digest() if self._size % LEAF else b""
        return Leaves(self._size, bytes(self._leaves) + last)

    def digest(self) -> bytes:
        """Return the bytes of the root of the bytes so far, as if they were all."""
        return self.leaves.root.value
