"""What was read of a linked repository, noted so that it can be read again without it."""

from collections.abc import Mapping

import attrs

from provenance.stores.evidence import EvidenceStore
from provenance.text.shape import Reader
from provenance.values.evidence import Capture, EvidenceKind
from provenance.values.facts import Submodule
from provenance.values.hazard import Hazard
from provenance.values.source import PinnedSource
from provenance.wire.evidence_json import encode_evidence, parse_evidence
from provenance.wire.hazards_json import encode_hazard, parse_hazard
from provenance.wire.linked_json import encode_source, parse_source
from provenance.wire.scalars import parse_commit


@attrs.frozen
class FetchedCode:
    """A repository at its pin: its list, the files that were read, and captures of all but that.

    ``whole`` is false when a budget ended the reading.
    """

    pin: PinnedSource
    listing: Capture
    paths: tuple[str, ...]
    files: Mapping[str, bytes] = attrs.field(repr=False)
    captures: tuple[Capture, ...]
    hazards: tuple[Hazard, ...] = ()
    submodules: tuple[Submodule, ...] = ()
    whole: bool = attrs.field(default=True, kw_only=True)


def note_code(store: EvidenceStore, asked: str, code: FetchedCode) -> None:
    """Keep what was read, and note what it is."""
    store.note(
        f"code {asked}",
        {
            "captures": [encode_evidence(store.keep(one)) for one in code.captures],
            "hazards": [encode_hazard(one) for one in code.hazards],
            "listing": encode_evidence(store.keep(code.listing)),
            "paths": list(code.paths),
            "pin": encode_source(code.pin),
            "submodules": [
                {"commit": str(one.commit), "path": one.path, "uri": one.uri}
                for one in code.submodules
            ],
            "whole": code.whole,
        },
    )


def recorded_code(store: EvidenceStore, asked: str) -> FetchedCode | None:
    """Return what the replayed audit read of a repository, if it did.

    Raises:
        ReleaseError: FILE_CHANGED, when it is not what was kept.
        TextError: for a note that is not written as ours are.
    """
    found = store.noted(f"code {asked}")
    if found is None:
        return None
    reader = Reader.of(found, "code")
    captures = tuple(store.recall(parse_evidence(one)) for one in reader.objects("captures"))
    listing = store.recall(parse_evidence(reader.object("listing")))
    return FetchedCode(
        pin=parse_source(reader.object("pin")),
        listing=listing,
        paths=reader.texts("paths"),
        files={
            one.address.path: one.payload
            for one in captures
            if one.kind is EvidenceKind.FILE and one.address.path
        },
        captures=captures,
        hazards=tuple(parse_hazard(one) for one in reader.objects("hazards")),
        submodules=tuple(
            Submodule(one.text("path"), one.text("uri"), parse_commit(one, "commit"))
            for one in reader.objects("submodules")
        ),
        whole=reader.boolean("whole"),
    )
