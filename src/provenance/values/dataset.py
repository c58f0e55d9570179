"""A dataset that a release names, how much of it is there, and how much it says that there is."""

from enum import Enum, StrEnum, auto, unique
from typing import assert_never

import attrs

from provenance.errors import InvalidValueError
from provenance.values.digest import Digest
from provenance.values.interval import Interval
from provenance.values.revision import Commit


@unique
class Availability(StrEnum):
    """How much of a dataset can be looked at, from nothing at all to its files."""

    # Nothing names data.
    UNNAMED = "unnamed"
    # A text says that there is data, and leads nowhere.
    IN_PROSE = "in-prose"
    # An id or a link names it, and nobody asked what is behind it.
    DECLARED = "declared"
    # The card is there, and no data file.
    CARD_ONLY = "card-only"
    GATED = "gated"
    # The id answers, and neither card nor data is there, or nothing but empty data files.
    EMPTY = "empty"
    # The data is what running a program would fetch; it is not run, so that is not known.
    SCRIPT_ONLY = "script-only"
    PRESENT = "present"
    # The id answers that nothing is there, or no longer.
    WITHDRAWN = "withdrawn"
    # The data is there, and its server calls it by another id.
    RENAMED = "renamed"
    UNKNOWN = "unknown"


@unique
class Answer(Enum):
    """How asking for a dataset ended."""

    NOT_ASKED = auto()
    LISTED = auto()
    GONE = auto()
    # Its server says that it is there, for some.
    REFUSED = auto()
    # No answer, or none that can be read.
    NONE = auto()


@attrs.frozen
class Sighting:
    """Everything that decides how a dataset's availability is called.

    ``claimed``: a text says that there is data; ``named``: it names an id or a link. The rest is of
    the listing: ``files`` and ``size`` of data files, ``scripts`` that could load data from
    elsewhere, whether the list is ``complete``, whether bytes were ``refused``.
    """

    claimed: bool = True
    named: bool = True
    answer: Answer = Answer.LISTED
    refused: bool = False
    renamed: bool = False
    card: bool = False
    scripts: int = 0
    files: int = 0
    size: int = 0
    complete: bool = True


def availability_of(sighting: Sighting) -> Availability:
    """Return the one word for what was seen; the least favourable one that is true."""
    if not sighting.named:
        return Availability.IN_PROSE if sighting.claimed else Availability.UNNAMED
    match sighting.answer:
        case Answer.NOT_ASKED:
            return Availability.DECLARED
        case Answer.GONE:
            return Availability.WITHDRAWN
        case Answer.REFUSED:
            return Availability.GATED
        case Answer.NONE:
            return Availability.UNKNOWN
        case Answer.LISTED:
            return _listed(sighting)
        case _:
            assert_never(sighting.answer)


def _listed(sighting: Sighting) -> Availability:
    if sighting.refused:
        return Availability.GATED
    if sighting.size:
        return Availability.RENAMED if sighting.renamed else Availability.PRESENT
    if not sighting.complete:
        return Availability.UNKNOWN
    if sighting.scripts:
        return Availability.SCRIPT_ONLY
    if sighting.files:
        return Availability.EMPTY
    return Availability.CARD_ONLY if sighting.card else Availability.EMPTY


@attrs.frozen
class Declared:
    """How much data a dataset says that it has: bytes as stored, between two bounds, and examples.

    The bounds differ where several configurations are declared that may share files. ``examples``
    is ``None`` where they are not, or not all, counted.
    """

    at_least: int
    at_most: int
    examples: int | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse bounds that are out of order, and nothing at all."""
        if not 0 < self.at_least <= self.at_most or (self.examples or 0) < 0:
            raise InvalidValueError(
                f"{self.at_least} to {self.at_most} bytes, {self.examples} examples, declared",
                hint="give 0 < at_least <= at_most, and no negative number of examples",
            )

    def coverage(self, listed: int, *, complete: bool) -> Interval:
        """Return which fraction of the declared bytes ``listed`` bytes of data can be.

        A list that is not ``complete`` leaves it possible that everything is there.
        """
        shown = min(1.0, listed / self.at_most)
        return Interval(shown, min(1.0, listed / self.at_least) if complete else 1.0)


@attrs.frozen
class DatasetRecord:
    """A dataset repository at a commit: its card's digest, its files and their bytes.

    ``files`` counts data files (the card and repository housekeeping are not data); ``digested`` of
    them have a digest, ours or their server's; ``read`` of them were hashed here; ``size`` is their
    sum in bytes; ``complete`` is false where a budget ended the list. ``answered_as`` is the id
    that the server uses, where it is not the one that was asked for: its word, never a path.
    """

    uri: str
    availability: Availability
    revision: Commit | None = None
    card: Digest | None = None
    files: int = 0
    digested: int = 0
    read: int = 0
    size: int = 0
    complete: bool = True
    answered_as: str | None = None
    declared: Declared | None = None

    @property
    def coverage(self) -> Interval | None:
        """Return the fraction of the declared bytes that is listed; ``None`` if none are."""
        if self.declared is None:
            return None
        return self.declared.coverage(self.size, complete=self.complete)
