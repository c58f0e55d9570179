"""Access: what stands between a user and the bytes."""

from enum import StrEnum, unique
from typing import Final

from provenance.errors import Code


@unique
class Access(StrEnum):
    """What it takes to get an artefact."""

    PUBLIC = "public"
    AUTO_GATE = "auto-gate"
    MANUAL_GATE = "manual-gate"
    PAID = "paid"
    PRIVATE = "private"
    UNKNOWN = "unknown"


#: A server that has it, and does not give it to this caller: what it would have shown is unknown.
REFUSED: Final = frozenset({Code.HUB_GATED, Code.HUB_DENIED})
