"""What an audit kept of files whose bytes it did not keep: their names, sizes and digests."""

from collections.abc import Iterator
from pathlib import Path

import attrs

from provenance.stores.evidence import read_recording
from provenance.text.shape import Reader
from provenance.values.address import Address
from provenance.values.digest import Digest
from provenance.values.inventory import How
from provenance.wire.inventory_json import parse_inventory

_READ = "read "
#: The note that says which tool looked.
TOOL = "tool"


@attrs.frozen
class KeptFact:
    """A file that was listed: where, how large (in bytes), its SHA-256, and how that is known."""

    address: Address
    size: int
    digest: Digest
    how: How


def facts_about(folder: Path, digits: str) -> tuple[KeptFact, ...]:
    """Return the files whose SHA-256 begins with these hex digits, as the audit listed them.

    Raises:
        UsageError: PATH_MISSING, when it is no folder of evidence.
        TextError: for a recording that is not written as ours are.
    """
    return tuple(one for one in _facts(folder) if one.digest.hex.startswith(digits))


def tool_of(folder: Path) -> str:
    """Return the name and version of the tool that looked, as it noted them.

    Raises:
        UsageError: PATH_MISSING, when it is no folder of evidence.
        TextError: for a recording that is not written as ours are.
    """
    notes = read_recording(folder)
    return Reader.of(dict(notes)).text(TOOL) if TOOL in notes else "a tool that gave no name"


def _facts(folder: Path) -> Iterator[KeptFact]:
    notes = read_recording(folder)
    for key, note in sorted(notes.items()):
        if key.startswith(_READ):
            home = Address.parse(key.removeprefix(_READ))
            for entry in parse_inventory(Reader.of(note, key)):
                if entry.sha256:
                    address = home.file(entry.path.text)
                    yield KeptFact(address, entry.size, entry.sha256, entry.how)
