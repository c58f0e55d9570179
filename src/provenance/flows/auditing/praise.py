"""Manifests that a release ships about itself: read to be reported, and believed in nothing."""

from collections.abc import Iterator

from provenance.errors import Code
from provenance.flows.auditing.desk import Desk
from provenance.recipe.prose.praise import may_praise, praises
from provenance.values.hazard import Hazard, Limit
from provenance.values.inventory import Inventory
from provenance.values.sidecars import SIDECARS

# Larger than any manifest that people would look at.
LARGEST = 16 * 2**20


def praise_in(inventory: Inventory, desk: Desk) -> Iterator[Hazard | Limit]:
    """Yield a hazard for each file that speaks for the release it lies in.

    A signature under a name that ours have is for who verifies the release: it is a limit.
    """
    for entry in inventory:
        path = entry.path.text
        if path in SIDECARS:
            yield Limit(
                Code.PRAISE_INSIDE, path, "a signature: verified apart, and not believed here"
            )
            continue
        read = may_praise(path) and entry.observed and entry.size <= LARGEST
        if read and praises(desk.read(path).data):
            yield Hazard(Code.PRAISE_INSIDE, path, "speaks for the release it lies in: ignored")
