"""A folder as a release, for what reads a release's own files."""

from pathlib import Path

import attrs

from provenance.flows.auditing.desk import Desk
from provenance.flows.digesting.observe import observe
from provenance.ports.silence import Silence
from provenance.sources.local import LocalSource
from provenance.stores.evidence import EvidenceStore
from provenance.values.inventory import Inventory
from provenance.values.settings import Budget, Settings
from tests.building import TOY
from tests.charlm import noon


def desk_of(
    folder: Path, files: dict[str, bytes], *, unread: bool = False, complete: bool = True
) -> tuple[Inventory, Desk]:
    """Write files, and return their list and where they are read."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    source = LocalSource(folder, budget=Budget(), clock=noon)
    listing = source.listing()
    seen = observe(source, listing, settings=Settings(jobs=1), progress=Silence())
    inventory = listing.inventory if unread else seen.inventory
    inventory = attrs.evolve(inventory, complete=complete)
    return inventory, Desk(source, EvidenceStore(None), noon, TOY)
