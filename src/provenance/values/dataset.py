"""A dataset that a release names, and how much of it is there."""

from enum import StrEnum, unique

import attrs

from provenance.values.digest import Digest
from provenance.values.revision import Commit


@unique
class Availability(StrEnum):
    """How much of a named dataset can be looked at."""

    PRESENT = "present"
    # The card is there, and no data file.
    CARD_ONLY = "card-only"
    GATED = "gated"
    # The id answers that nothing is there.
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"


@attrs.frozen
class DatasetRecord:
    """A dataset repository at a commit: its card's digest, its files and their bytes.

    ``files`` counts data files (the card and repository housekeeping are not data); ``digested`` of
    them have a digest, ours or their server's; ``read`` of them were hashed here; ``size`` is their
    sum in bytes.
    """

    uri: str
    availability: Availability
    revision: Commit | None = None
    card: Digest | None = None
    files: int = 0
    digested: int = 0
    read: int = 0
    size: int = 0
