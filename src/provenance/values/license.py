"""The licence of a component: judged by its text, not by the id that somebody typed."""

from enum import StrEnum, unique

import attrs

from provenance.values.evidence import Where


@unique
class Terms(StrEnum):
    """What a licence allows, in the sense of the open-source and open-data definitions."""

    OPEN = "open"
    RESTRICTED = "restricted"
    NONE = "none"
    UNKNOWN = "unknown"


@attrs.frozen
class License:
    """A licence as claimed and as evident.

    ``claimed`` is the id in the publisher's metadata (as written), ``evident`` the SPDX id that the
    licence's text was recognised as. ``terms`` follow the text; while only an id is known they are
    ``unknown``.
    """

    terms: Terms
    claimed: str | None = None
    evident: str | None = None
    because: tuple[Where, ...] = ()
