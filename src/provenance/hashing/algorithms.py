"""The hash functions behind the algorithms' names."""

import hashlib
from collections.abc import Callable
from functools import cache, partial
from typing import Protocol, assert_never

from provenance.hashing.blake3 import new_blake3
from provenance.values.digest import Algorithm
from provenance.values.tree_hash import TreeHash


class Hash(Protocol):
    """Something that takes bytes in order and has a digest of those so far."""

    def update(self, data: memoryview, /) -> object:
        """Take the next bytes."""
        ...

    def digest(self) -> bytes:
        """Return the digest of the bytes so far."""
        ...


def start(algorithm: Algorithm, size: int) -> Hash:
    """Begin a digest of a file that will have ``size`` bytes.

    Raises:
        ToolError: PACKAGE_MISSING, for an algorithm that comes with an extra.
    """
    match algorithm:
        case Algorithm.SHA256:
            return hashlib.sha256()
        case Algorithm.GIT_BLOB:
            # SHA-1 because git names blobs by it; SHA-256 is what we stand for.
            return hashlib.sha1(b"blob %d\0" % size, usedforsecurity=False)
        case Algorithm.TREE_SHA256:
            return TreeHash()
        case Algorithm.BLAKE2B:
            return hashlib.blake2b()
        case Algorithm.BLAKE3:
            return new_blake3()
        case _:
            assert_never(algorithm)


@cache
def once(algorithms: tuple[Algorithm, ...]) -> Callable[[bytes], tuple[bytes, ...]]:
    """Return what computes all digests of a whole file."""
    if algorithms == (Algorithm.SHA256,):
        return _sha256
    return partial(_each, algorithms)


def _sha256(data: bytes) -> tuple[bytes, ...]:
    return (hashlib.sha256(data).digest(),)


def _each(algorithms: tuple[Algorithm, ...], data: bytes) -> tuple[bytes, ...]:
    hashes = [start(one, len(data)) for one in algorithms]
    for one in hashes:
        one.update(memoryview(data))
    return tuple(one.digest() for one in hashes)
