"""What reading a release's files came to."""

from collections.abc import Mapping
from types import MappingProxyType

import attrs

from provenance.values.hazard import Hazard, Limit
from provenance.values.inventory import Inventory
from provenance.values.path import RelPath
from provenance.values.stamp import Stamp

_NO_STAMPS: Mapping[RelPath, Stamp] = MappingProxyType({})


@attrs.frozen
class Observation:
    """A release's files with the digests that we took, and what else came to light.

    ``hazards`` and ``limits`` are those of the reading; the listing's own stay with the listing.
    ``stamps`` are those that weight files had while they were hashed: a header that is read later
    is read from the same bytes only if its file still has that stamp.
    """

    inventory: Inventory
    hazards: tuple[Hazard, ...] = ()
    limits: tuple[Limit, ...] = ()
    stamps: Mapping[RelPath, Stamp] = attrs.field(default=_NO_STAMPS, repr=False, eq=False)
