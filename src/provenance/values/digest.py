"""A digest: an algorithm and the bytes it gave."""

from collections.abc import Iterable, Iterator
from enum import StrEnum, unique
from typing import Self

import attrs

from provenance.errors import Code, InvalidValueError


@unique
class Algorithm(StrEnum):
    """The hash functions a digest can come from."""

    SHA256 = "sha256"
    # SHA-1 over ``"blob <size>\0" + bytes``: what git calls a blob's object id.
    GIT_BLOB = "gitblob"
    # The root of a hash tree over blocks of a mebibyte: see :mod:`provenance.values.tree`.
    TREE_SHA256 = "tree-sha256"
    # RFC 7693, with its longest digest.
    BLAKE2B = "blake2b"
    BLAKE3 = "blake3"

    @property
    def size(self) -> int:
        """Return the length of this algorithm's digests, in bytes."""
        return {Algorithm.GIT_BLOB: 20, Algorithm.BLAKE2B: 64}.get(self, 32)


def _no_digest(text: str) -> InvalidValueError:
    return InvalidValueError(
        f"{text!r} is not a digest",
        hint="write it as algorithm:hex, for example sha256:<64 lowercase hex digits>",
        code=Code.DIGEST,
    )


def _right_size(digest: "Digest", _: object, value: bytes) -> None:
    if len(value) != digest.algorithm.size:
        raise InvalidValueError(
            f"a {digest.algorithm} digest has {digest.algorithm.size} bytes, not {len(value)}",
            hint="pass the digest whole",
            code=Code.DIGEST,
        )


@attrs.frozen(order=True)
class Digest:
    """An algorithm and the bytes it gave; never of the wrong length.

    >>> str(Digest.parse("sha256:" + "ab" * 32))[:11]
    'sha256:abab'
    """

    algorithm: Algorithm
    value: bytes = attrs.field(repr=bytes.hex, validator=_right_size)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``algorithm:lowercase-hex``; the inverse of ``str``.

        Raises:
            InvalidValueError: for an unknown algorithm, a wrong length or anything but
                lowercase hexadecimal digits.
        """
        name, _, digits = text.partition(":")
        try:
            algorithm, value = Algorithm(name), bytes.fromhex(digits)
        except ValueError as cause:
            raise _no_digest(text) from cause
        if value.hex() != digits:
            raise _no_digest(text)
        return cls(algorithm, value)

    @classmethod
    def sha256(cls, hexadecimal: str) -> Self:
        """Read 64 lowercase hexadecimal digits as a SHA-256 digest."""
        return cls.parse(f"{Algorithm.SHA256}:{hexadecimal}")

    @classmethod
    def git_blob(cls, hexadecimal: str) -> Self:
        """Read 40 lowercase hexadecimal digits as a git blob id."""
        return cls.parse(f"{Algorithm.GIT_BLOB}:{hexadecimal}")

    @property
    def hex(self) -> str:
        """Return the digest's bytes as lowercase hexadecimal digits."""
        return self.value.hex()

    def __str__(self) -> str:
        """Return ``algorithm:hex``."""
        return f"{self.algorithm}:{self.hex}"


def _one_each(_: object, __: object, digests: tuple[Digest, ...]) -> None:
    if len({digest.algorithm for digest in digests}) != len(digests):
        raise InvalidValueError(
            "two digests of one algorithm in one set",
            hint="keep one digest per algorithm",
            code=Code.DIGEST,
        )


def _in_order(digests: Iterable[Digest]) -> tuple[Digest, ...]:
    return tuple(sorted(digests))


@attrs.frozen
class DigestSet:
    """At most one digest per algorithm, of the same bytes; sorted by algorithm."""

    digests: tuple[Digest, ...] = attrs.field(default=(), converter=_in_order, validator=_one_each)

    def __iter__(self) -> Iterator[Digest]:
        """Iterate in order of algorithm."""
        return iter(self.digests)

    def get(self, algorithm: Algorithm) -> Digest | None:
        """Return the digest of this algorithm, or ``None`` when the set has none."""
        return next((one for one in self.digests if one.algorithm is algorithm), None)

    @property
    def sha256(self) -> Digest | None:
        """Return the SHA-256 digest, if there is one."""
        return self.get(Algorithm.SHA256)

    @property
    def git_blob(self) -> Digest | None:
        """Return the git blob id, if there is one."""
        return self.get(Algorithm.GIT_BLOB)

    @property
    def tree_sha256(self) -> Digest | None:
        """Return the root of the hash tree, if there is one."""
        return self.get(Algorithm.TREE_SHA256)
