"""Differences between the files that a manifest lists and those that are there today."""

from enum import StrEnum, unique

import attrs

from provenance.values.path import RelPath


@unique
class Change(StrEnum):
    """What happened to a file."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    RETYPED = "retyped"


@attrs.frozen(order=True)
class Difference:
    """One file that is not as the manifest lists it."""

    path: RelPath
    change: Change
    detail: str
