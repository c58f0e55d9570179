"""The desk: where small files of a release are read once, kept as evidence, and handed on."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

import attrs

from provenance.doors.disk import read_limited
from provenance.flows.auditing.as_hashed import require_as_hashed
from provenance.flows.digesting.in_file import in_file
from provenance.ports.source import Source
from provenance.stores.evidence import EvidenceStore
from provenance.values.address import Address
from provenance.values.evidence import Capture, EvidenceKind, Where
from provenance.values.inventory import Inventory
from provenance.values.observation import Observation
from provenance.values.path import RelPath

MEBIBYTE = 2**20
# Larger than any card, configuration or tokenizer that is known; a bound, not a format's rule.
LARGEST_DOCUMENT = 64 * MEBIBYTE
_NOTHING = Observation(Inventory(()))
_NO_POINTERS: Mapping[str, str] = MappingProxyType({})


@attrs.frozen
class Document:
    """A small file, read whole: its bytes and the place that claims about it point to."""

    path: str
    data: bytes = attrs.field(repr=False)
    where: Where


@attrs.frozen
class Desk:
    """Reads small files of one source, and keeps what it reads in the evidence store.

    What is ``seen`` of the source says what its files have to be: facts are read from the very
    bytes that were hashed, and never from others that took their place for a moment.
    ``home`` is where its files stand; ``pointers`` are those whose bytes are elsewhere, and what is
    said of each. At a ``strict`` desk the first file that cannot be read ends the work; else it is
    a hazard, and unknown.
    """

    source: Source
    store: EvidenceStore
    clock: Callable[[], datetime]
    home: Address
    seen: Observation = attrs.field(default=_NOTHING, repr=False)
    pointers: Mapping[str, str] = _NO_POINTERS
    strict: bool = False

    def at(self, path: str) -> Address:
        """Return where a file of this release stands."""
        return self.home.file(path)

    def read(self, path: str, *, limit: int = LARGEST_DOCUMENT) -> Document:
        """Read a listed file whole and keep it as evidence.

        Raises:
            ReleaseError: when the file is larger than ``limit`` bytes; FS_CHANGED, when its bytes
                are not those that were hashed; HUB_MISMATCH, when they are not what its server
                claims.
            SourceError: when it cannot be read.

        """
        with in_file(path), self.source.open(RelPath(path)) as file:
            data = read_limited(file, limit)
        address = self.at(path)
        evidence = self.store.keep(
            Capture(EvidenceKind.FILE, address, media_type(path), self.clock(), data)
        )
        entry = self.seen.inventory.get(path)
        if entry:
            with in_file(path):
                require_as_hashed(entry, data, evidence.digest)
        return Document(path, data, Where(address, evidence.digest))


_MEDIA_TYPES = {
    ".md": "text/markdown",
    ".json": "application/json",
    ".py": "text/x-python",
    ".txt": "text/plain",
    ".toml": "application/toml",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
}


def media_type(path: str) -> str:
    """Return the media type that a file's ending stands for; bytes of no known kind else."""
    suffix = RelPath(path).suffix
    return _MEDIA_TYPES.get(suffix, "text/plain" if not suffix else "application/octet-stream")
