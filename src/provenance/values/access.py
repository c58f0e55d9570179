"""Access: what stands between a user and the bytes."""

from enum import StrEnum, unique


@unique
class Access(StrEnum):
    """What it takes to get an artefact."""

    PUBLIC = "public"
    AUTO_GATE = "auto-gate"
    MANUAL_GATE = "manual-gate"
    PAID = "paid"
    PRIVATE = "private"
    UNKNOWN = "unknown"
