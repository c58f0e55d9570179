"""What an audit was told, noted so that it can be replayed without a connection.

Captures are bytes, and kept as they are; this is the rest: which commit a name stood for, what was
listed and read, what could not be had. A note is believed as far as its captures are: it is there
to repeat an audit, and a signed manifest is there to hold the result against.
"""

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import BinaryIO

import attrs

from provenance.errors import Code, ProvenanceError, ReleaseError, SourceError
from provenance.flows.observe import Observation
from provenance.ports.progress import Progress
from provenance.ports.starts import Start, Wanted
from provenance.sources.hub import HubSource
from provenance.stores.evidence import EvidenceStore
from provenance.text.shape import Reader
from provenance.values.access import Access
from provenance.values.address import Address
from provenance.values.digest import Digest, DigestSet
from provenance.values.evidence import Evidence
from provenance.values.hazard import Hazard, Limit
from provenance.values.inventory import Inventory
from provenance.values.listing import Listing
from provenance.values.look import Seen, Unseen
from provenance.values.path import RelPath
from provenance.values.ref import Ref
from provenance.wire.evidence_json import encode_evidence, parse_evidence
from provenance.wire.hazards_json import encode_hazard, encode_limit, parse_hazard, parse_limit
from provenance.wire.inventory_json import encode_entry, parse_inventory
from provenance.wire.scalars import (
    JsonObject,
    encode_moment,
    encode_sha256,
    nullable,
    parse_moment,
    parse_sha256,
)


def noted_moment(store: EvidenceStore, clock: Callable[[], datetime]) -> datetime:
    """Return when the audit began: the one that is replayed, or this one, which is noted.

    Raises:
        TextError: for a note that is not written as ours are.
    """
    found = store.noted("began")
    if found is not None:
        return parse_moment(Reader.of({"began": found}), "began")
    now = clock()
    store.note("began", encode_moment(now))
    return now


def note_source(store: EvidenceStore, asked: str, source: HubSource) -> None:
    """Note which repository answered to what was asked for, and what it lists."""
    listing = source.listing()
    store.note(
        f"source {asked}",
        {
            "access": source.access.value,
            "answered_as": source.answered_as,
            "listing": {
                **_encode_inventory(listing.inventory),
                "access": listing.access.value,
                "capture": encode_evidence(store.keep(listing.capture)),
                **_encode_troubles(listing.hazards, listing.limits),
            },
            "ref": str(source.ref),
            "uri": str(source.address),
        },
    )


def note_observation(store: EvidenceStore, address: Address, seen: Observation) -> None:
    """Note what reading a source's files came to."""
    inventory = _encode_inventory(seen.inventory)
    store.note(f"read {address}", {**inventory, **_encode_troubles(seen.hazards, seen.limits)})


@attrs.frozen
class TensorsNoted:
    """The root over a release's tensors, if it has one, and what there was trouble with."""

    root: Digest | None
    limits: tuple[Limit, ...] = ()


def note_tensors(store: EvidenceStore, uri: str, found: TensorsNoted) -> None:
    """Note what hashing a release's tensors came to."""
    store.note(
        f"tensors {uri}",
        {
            "limits": [encode_limit(one) for one in found.limits],
            "root": encode_sha256(found.root) if found.root else None,
        },
    )


def recorded_tensors(store: EvidenceStore, uri: str) -> TensorsNoted | None:
    """Return what hashing a release's tensors came to, if that was noted.

    Raises:
        TextError: for a note that is not written as ours are.
    """
    found = store.noted(f"tensors {uri}")
    if found is None:
        return None
    reader = Reader.of(found, "tensors")
    limits = tuple(parse_limit(one) for one in reader.objects("limits"))
    return TensorsNoted(nullable(reader, "root", parse_sha256), limits)


def note_unseen(store: EvidenceStore, address: Address, why: str, code: Code) -> None:
    """Note why the beginning of a file could not be had."""
    store.note(f"unseen {address}", {"code": code.value, "why": why})


def note_trouble(store: EvidenceStore, asked: str, error: SourceError | ReleaseError) -> None:
    """Note that following a link ended in trouble."""
    store.note(
        f"trouble {asked}",
        {
            "code": error.code.value,
            "hint": error.hint,
            "source": isinstance(error, SourceError),
            "what": error.what,
        },
    )


def recorded_trouble(store: EvidenceStore, asked: str) -> ProvenanceError | None:
    """Return the trouble that following a link ended in, if it did.

    Raises:
        TextError: for a note that is not written as ours are.
    """
    found = store.noted(f"trouble {asked}")
    if found is None:
        return None
    reader = Reader.of(found, "trouble")
    kind = SourceError if reader.boolean("source") else ReleaseError
    return kind(reader.text("what"), hint=reader.text("hint"), code=reader.choice("code", Code))


def recorded_source(store: EvidenceStore, asked: str) -> "RecordedSource | None":
    """Return the source that answered to what is asked for, if the replayed audit reached it.

    Raises:
        TextError: for a note that is not written as ours are.
    """
    found = store.noted(f"source {asked}")
    if found is None:
        return None
    reader = Reader.of(found, "source")
    listing = reader.object("listing")
    evidence = parse_evidence(listing.object("capture"))
    return RecordedSource(
        ref=Ref.parse(reader.text("ref")),
        address=Address.parse(reader.text("uri")),
        access=reader.choice("access", Access),
        answered_as=nullable(reader, "answered_as", Reader.text),
        listed=Listing(
            parse_inventory(listing),
            store.recall(evidence),
            listing.choice("access", Access),
            *_parse_troubles(listing),
        ),
        store=store,
        kept={one.address.whole: one for one in store.known()},
    )


@attrs.frozen(eq=False)
class RecordedSource:
    """A source as an earlier audit saw it: its list, and the bytes that were kept."""

    ref: Ref
    address: Address
    access: Access
    answered_as: str | None
    listed: Listing
    store: EvidenceStore
    kept: Mapping[Address, Evidence]

    def listing(self) -> Listing:
        """Return the list as it was."""
        return self.listed

    def observation(self) -> Observation:
        """Return what reading the files came to.

        Raises:
            SourceError: OFFLINE, when they were not read.
            TextError: for a note that is not written as ours are.
        """
        found = self.store.noted(f"read {self.address}")
        if found is None:
            raise _not_kept(self.address)
        reader = Reader.of(found, "read")
        return Observation(parse_inventory(reader), *_parse_troubles(reader))

    def prepare(
        self, paths: Sequence[RelPath], progress: Progress | None = None
    ) -> Mapping[RelPath, DigestSet]:
        """Do nothing: what was kept is here, and nothing else can be had."""
        del paths, progress
        return {}

    def open(self, path: RelPath) -> BinaryIO:
        """Open a file that was kept; of a weight file, its beginning.

        Raises:
            SourceError: OFFLINE, when nothing of it was kept.
            ReleaseError: FILE_CHANGED, when it is not what was kept.
        """
        address = self.address.file(path.text)
        if address not in self.kept:
            raise _not_kept(address)
        return io.BytesIO(self.store.recall(self.kept[address]).payload)

    def starts(self, wanted: Sequence[Wanted]) -> Mapping[RelPath, Start]:
        """Return the beginnings that were kept."""
        return {one.path: self._start(one) for one in wanted}

    def _start(self, wanted: Wanted) -> Start:
        address = self.address.file(wanted.path.text)
        found = self.store.noted(f"unseen {address}")
        if found is None:
            found = self.store.noted(f"unseen {address.as_before}")
        if found is not None:
            reader = Reader.of(found, "unseen")
            return Unseen(reader.text("why"), reader.choice("code", Code))
        with self.open(wanted.path) as file:
            return Seen(file.read(wanted.size))


def _not_kept(what: Address) -> SourceError:
    return SourceError(
        f"{str(what)[:200]!a} is not among the evidence",
        hint="audit the release again with a connection",
        code=Code.OFFLINE,
    )


def _encode_inventory(inventory: Inventory) -> JsonObject:
    return {
        "inventory": [encode_entry(one) for one in inventory],
        "inventory_complete": inventory.complete,
    }


def _encode_troubles(hazards: Sequence[Hazard], limits: Sequence[Limit]) -> JsonObject:
    return {
        "hazards": [encode_hazard(one) for one in hazards],
        "limits": [encode_limit(one) for one in limits],
    }


def _parse_troubles(reader: Reader) -> tuple[tuple[Hazard, ...], tuple[Limit, ...]]:
    return (
        tuple(parse_hazard(one) for one in reader.objects("hazards")),
        tuple(parse_limit(one) for one in reader.objects("limits")),
    )
