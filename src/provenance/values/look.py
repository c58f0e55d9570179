"""The three ways that looking can end: it is seen, it is not there, we could not look."""

from typing import Generic, TypeVar

import attrs

from provenance.errors import Code
from provenance.values.evidence import Where

T = TypeVar("T")


@attrs.frozen
class Seen(Generic[T]):
    """We looked, and here it is."""

    value: T


@attrs.frozen
class Missing:
    """We looked everywhere that was named, and it is not there."""

    reason: str
    because: tuple[Where, ...] = ()


@attrs.frozen
class Unseen:
    """We could not look, and so say nothing about it."""

    reason: str
    code: Code = Code.NETWORK


Look = Seen[T] | Missing | Unseen
