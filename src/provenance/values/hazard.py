"""Hazards and limits: what is wrong with a release, and what was not looked at."""

import attrs

from provenance.errors import Code


@attrs.frozen(order=True)
class Hazard:
    """Something in the release that a careful reader wants to know of; never silent.

    ``path`` names the file, or is empty for the release as a whole; both texts may hold whatever
    the release wrote, and are escaped where they are shown.
    """

    code: Code
    path: str
    detail: str


@attrs.frozen(order=True)
class Limit:
    """Something that was not looked at, and why: it stays unknown."""

    code: Code
    what: str
    why: str
