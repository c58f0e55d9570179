"""A movement: what became of one thing from one release to another."""

from enum import StrEnum, unique

import attrs


@unique
class Turn(StrEnum):
    """Which way something went; where one side could not be looked at, nobody knows."""

    OPENED = "opened"
    CLOSED = "closed"
    CHANGED = "changed"
    UNKNOWN = "unknown"


@unique
class Aspect(StrEnum):
    """What moved, in the order that people ask about it."""

    LABEL = "label"
    MOF = "mof"
    LICENSE = "license"
    ACCESS = "access"
    WEIGHTS = "weights"
    BASE_MODEL = "base-model"
    DATASET = "dataset"
    SOURCE = "source"
    COMPONENT = "component"
    FILES = "files"
    HAZARD = "hazard"


@attrs.frozen
class Movement:
    """One thing that is not as it was: what it is about, and how it was and is.

    ``before`` and ``after`` are for people; an empty one means that there was, or is, nothing.
    """

    aspect: Aspect
    turn: Turn
    about: str
    before: str
    after: str
