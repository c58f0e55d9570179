"""A listing: the files of a release before any is read, and how it was come by."""

from enum import Enum, auto, unique

import attrs

from provenance.values.access import Access
from provenance.values.evidence import Capture
from provenance.values.hazard import Hazard, Limit
from provenance.values.inventory import Inventory


@unique
class Here(Enum):
    """How much of a release the listed files are: a copy may hold less than what was published."""

    WHOLE = auto()
    # Nobody can tell: a download that kept no list of its commit.
    UNSURE = auto()
    PARTLY = auto()


@attrs.frozen
class Listing:
    """Files with their server's claims, the capture they were read from, and what was wrong.

    ``capture`` is the canonical text of the listing itself: it is evidence for what is there and
    for what is not.
    """

    inventory: Inventory
    capture: Capture
    access: Access = Access.PUBLIC
    hazards: tuple[Hazard, ...] = ()
    limits: tuple[Limit, ...] = ()
    here: Here = Here.WHOLE
