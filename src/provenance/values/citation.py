"""A citation: how a publisher asks to be cited, as far as it tells where something appeared."""

import attrs

from provenance.values.evidence import Where
from provenance.values.locator import Locator


@attrs.frozen
class Citation:
    """One entry of a bibliography: its title, its identifiers, and the venue that it names.

    ``quote`` is the part that tells most: the identifier or the venue, as written, and stands at
    ``where``. ``venue`` is ``None`` for a preprint server, which reviews nothing.
    """

    title: str
    quote: str
    where: Where
    doi: Locator | None = None
    arxiv: Locator | None = None
    venue: str | None = None
