"""Scalars: digests, moments, revisions and fractions, as a manifest writes them."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TypeAlias, TypeVar

from provenance.errors import Code, InvalidValueError, RefError, TextError
from provenance.text.shape import Reader
from provenance.text.strict_json import JsonValue
from provenance.values.digest import Algorithm, Digest
from provenance.values.interval import Interval
from provenance.values.revision import Commit, Revision, parse_revision

JsonObject: TypeAlias = dict[str, JsonValue]
T = TypeVar("T")

# RFC 7493, section 2.2: beyond it, whole numbers are not the same number to every reader.
LARGEST = 2**53 - 1

_MOMENT = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})Z")
_ENDS = 2
# Codes that say no more than that a value is none.
_PLAIN = frozenset({Code.VALUE, Code.REF})


@contextmanager
def sensible(reader: Reader, key: str) -> Iterator[None]:
    """Turn the refusal of a value that cannot be into one that names its place.

    Raises:
        TextError: in a manifest, the code of the refusal where it says more: which rule a
            name breaks, or that a digest is none.
    """
    try:
        yield
    except (InvalidValueError, RefError) as cause:
        error = reader.wrong(key, cause.what)
        narrower = reader.code is Code.MANIFEST_SHAPE and cause.code not in _PLAIN
        code = cause.code if narrower else error.code
        raise TextError(error.what, hint=error.hint, code=code) from cause


def nullable(reader: Reader, key: str, read: Callable[[Reader, str], T]) -> T | None:
    """Return what ``read`` makes of a key that has to be there, or ``None`` for ``null``."""
    return None if reader.value(key) is None else read(reader, key)


def whole(reader: Reader, key: str) -> int:
    """Return a whole number from 0 on that every reader of JSON reads alike."""
    return reader.integer(key, maximum=LARGEST)


def encode_sha256(digest: Digest) -> str:
    """Return a SHA-256 digest as 64 lowercase hexadecimal digits.

    Raises:
        InvalidValueError: DIGEST, for a digest of another algorithm.
    """
    if digest.algorithm is not Algorithm.SHA256:
        raise InvalidValueError(
            f"{digest} stands where a manifest has a SHA-256",
            hint="digest the bytes with SHA-256",
            code=Code.DIGEST,
        )
    return digest.hex


def parse_sha256(reader: Reader, key: str) -> Digest:
    """Read 64 lowercase hexadecimal digits; the inverse of :func:`encode_sha256`."""
    with sensible(reader, key):
        return Digest.sha256(reader.text(key))


def encode_digest(digest: Digest) -> JsonObject:
    """Return a digest set of one, as in-toto's ResourceDescriptor has it."""
    return {"sha256": encode_sha256(digest)}


def parse_digest(reader: Reader, key: str) -> Digest:
    """Read a digest set of one SHA-256; the inverse of :func:`encode_digest`."""
    inner = reader.object(key)
    inner.only_keys("sha256")
    return parse_sha256(inner, "sha256")


def encode_moment(moment: datetime) -> str:
    """Return a whole second in UTC by RFC 3339, with ``Z``.

    Raises:
        InvalidValueError: for any other moment.
    """
    if moment.tzinfo is not UTC or moment.microsecond:
        raise InvalidValueError(
            f"{moment!r} is not a whole second in UTC", hint="pass datetime(..., tzinfo=UTC)"
        )
    return f"{moment.replace(tzinfo=None).isoformat()}Z"


def parse_moment(reader: Reader, key: str) -> datetime:
    """Read a whole second in UTC; the inverse of :func:`encode_moment`."""
    text = reader.text(key)
    found = _MOMENT.fullmatch(text)
    if found is None:
        raise reader.wrong(key, f"{text[:40]!a} is not a moment like 2026-01-02T03:04:05Z")
    year, month, day, hour, minute, second = map(int, found.groups())
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError as cause:
        raise reader.wrong(key, f"{text!a} is not a moment: {cause}") from cause


def encode_revision(revision: Revision | None) -> str | None:
    """Return a revision as text, or ``None`` for none."""
    return None if revision is None else str(revision)


def parse_revision_at(reader: Reader, key: str) -> Revision:
    """Read a commit or a name; the inverse of :func:`encode_revision`."""
    with sensible(reader, key):
        return parse_revision(reader.text(key))


def parse_commit(reader: Reader, key: str) -> Commit:
    """Read a commit."""
    with sensible(reader, key):
        return Commit(reader.text(key))


def encode_interval(interval: Interval) -> list[JsonValue]:
    """Return an interval as its two ends, whole ones as integers: so canonical JSON has them."""
    return [int(end) if end.is_integer() else end for end in (interval.lo, interval.hi)]


def parse_interval(reader: Reader, key: str) -> Interval:
    """Read two fractions; the inverse of :func:`encode_interval`."""
    ends = reader.array(key)
    if len(ends) != _ENDS:
        raise reader.wrong(key, f"expected two numbers, found {len(ends)} values")
    inner = Reader(dict(zip(("lo", "hi"), ends, strict=True)), reader.at(key), reader.code)
    with sensible(reader, key):
        return Interval(float(inner.number("lo")), float(inner.number("hi")))
