"""The licence of a component: judged by its text, not by the id that somebody typed."""

from enum import StrEnum, unique

import attrs

from provenance.errors import InvalidValueError
from provenance.values.evidence import Where


@unique
class Terms(StrEnum):
    """What a licence allows, in the sense of the open-source and open-data definitions."""

    OPEN = "open"
    RESTRICTED = "restricted"
    NONE = "none"
    UNKNOWN = "unknown"


@unique
class Match(StrEnum):
    """How a text was recognised as a licence, the surest first."""

    # Its words are the licence's, all of them and in order.
    TEXT = "text"
    # It calls itself that and holds clauses that only that licence has; its words were not compared
    # with the licence's, because no copy of the licence is known here.
    CLAUSES = "clauses"


@attrs.frozen
class Likeness:
    """The known licence that a text is nearest to, and in which words the two differ.

    ``similarity`` is the share of the words of both that both have, from 0 to 1; it is 1 only for a
    text that is that licence. ``added`` are runs of words that stand in the text and not in the
    licence, ``missing`` runs that stand in the licence and not in the text, each in the text's
    order and cut to what a person can read; ``more`` counts the runs that were left out.
    ``missing`` is ``None`` where only digests of the licence's words are kept.
    """

    id: str
    similarity: float
    added: tuple[str, ...] = ()
    missing: tuple[str, ...] | None = ()
    more: int = 0

    def __attrs_post_init__(self) -> None:
        """Refuse a similarity that is no share."""
        if not 0 <= self.similarity <= 1:
            raise InvalidValueError(
                f"a similarity of {self.similarity}", hint="give a share between 0 and 1"
            )


@unique
class Relation(StrEnum):
    """What one artefact is to another that was made from it."""

    BASE_MODEL = "base-model"
    DATASET = "dataset"


@attrs.frozen
class Inherited:
    """The terms of what something was made from: the most restrictive among all of that.

    ``license`` is the licence that its text was recognised as, else the id that it names. The terms
    of a base model bind what is derived from it; whether a dataset's bind a model that was trained
    on it is a question for lawyers: they are told, and change nothing.
    """

    origin: str
    relation: Relation
    terms: Terms
    license: str | None = None
    because: tuple[Where, ...] = ()


@attrs.frozen
class License:
    """A licence as claimed and as evident.

    ``claimed`` is the id in the publisher's metadata (as written), ``evident`` the SPDX id that the
    licence's text was recognised as. ``terms`` follow the text; while only an id is known they are
    ``unknown``. ``match`` says how the text was recognised, ``nearest`` which licence it is like
    when it is none that is known. ``inherited`` are the terms of what the component was made from;
    those of a base model are in ``terms`` already, where they bind more than its own.
    """

    terms: Terms
    claimed: str | None = None
    evident: str | None = None
    because: tuple[Where, ...] = ()
    match: Match | None = None
    nearest: Likeness | None = None
    inherited: Inherited | None = None
