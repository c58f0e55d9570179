"""Notes: what an audit was told, as JSON beside its captures, so that it can be told again.

Captures are bytes, and kept as they are; this is the rest: which commit a name stood for, what was
listed and read, what could not be had. A note is believed as far as its captures are: it is there
to repeat an audit, and a signed manifest is there to hold the result against.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Final, Generic, TypeVar

import attrs

from provenance.errors import Code, ReleaseError, SourceError
from provenance.text.canonical_json import Encodable
from provenance.text.shape import Reader
from provenance.text.strict_json import JsonValue
from provenance.values.access import Access
from provenance.values.address import Address
from provenance.values.answers import (
    Answered,
    Borne,
    Branches,
    FetchedCode,
    InsideRead,
    PageAnswer,
    Proof,
    TensorRoot,
)
from provenance.values.evidence import Capture, Evidence, EvidenceKind
from provenance.values.facts import Checkpoint, Submodule
from provenance.values.hazard import Hazard, Limit
from provenance.values.inventory import Inventory
from provenance.values.listing import Listing
from provenance.values.loaded_code import LoadedCode
from provenance.values.look import Unseen
from provenance.values.observation import Observation
from provenance.values.ref import Ref
from provenance.wire.evidence_json import encode_evidence, encode_where, parse_evidence, parse_where
from provenance.wire.hazards_json import encode_hazard, encode_limit, parse_hazard, parse_limit
from provenance.wire.inventory_json import encode_entry, parse_inventory
from provenance.wire.linked_json import encode_source, parse_source
from provenance.wire.scalars import (
    JsonObject,
    encode_moment,
    encode_sha256,
    nullable,
    parse_commit,
    parse_moment,
    parse_sha256,
)

T = TypeVar("T")
#: Keeps a capture; returns its bytes again.
Keep = Callable[[Capture], Evidence]
Recall = Callable[[Evidence], Capture]
Trouble = SourceError | ReleaseError


@attrs.frozen
class Note(Generic[T]):
    """How one kind of answer is noted: ``parse`` is the inverse of ``encode``.

    ``encode`` keeps the answer's captures, ``parse`` recalls them. ``parse`` raises TextError for a
    note that is not written as ours are.
    """

    encode: Callable[[T, Keep], Encodable]
    parse: Callable[[JsonValue, Recall], T]


def _encode_inventory(inventory: Inventory) -> JsonObject:
    return {
        "inventory": [encode_entry(one) for one in inventory],
        "inventory_complete": inventory.complete,
    }


def _hazards(hazards: Iterable[Hazard]) -> list[JsonValue]:
    return [encode_hazard(one) for one in hazards]


def _limits(limits: Iterable[Limit]) -> list[JsonValue]:
    return [encode_limit(one) for one in limits]


def _kept(captures: Iterable[Capture], keep: Keep) -> list[JsonValue]:
    return [encode_evidence(keep(one)) for one in captures]


def _read_hazards(reader: Reader) -> tuple[Hazard, ...]:
    return tuple(map(parse_hazard, reader.objects("hazards")))


def _read_limits(reader: Reader) -> tuple[Limit, ...]:
    return tuple(map(parse_limit, reader.objects("limits")))


def _recalled(reader: Reader, recall: Recall) -> tuple[Capture, ...]:
    return tuple(recall(parse_evidence(one)) for one in reader.objects("captures"))


def _encode_answered(answer: Answered, keep: Keep) -> JsonObject:
    listing = answer.listing
    return {
        "access": answer.access.value,
        "answered_as": answer.answered_as,
        "listing": {
            **_encode_inventory(listing.inventory),
            "access": listing.access.value,
            "capture": encode_evidence(keep(listing.capture)),
            "hazards": _hazards(listing.hazards),
            "limits": _limits(listing.limits),
        },
        "ref": str(answer.ref),
        "uri": str(answer.address),
    }


def _parse_answered(note: JsonValue, recall: Recall) -> Answered:
    reader = Reader.of(note, "source")
    listing = reader.object("listing")
    evidence = parse_evidence(listing.object("capture"))
    return Answered(
        Ref.parse(reader.text("ref")),
        Address.parse(reader.text("uri")),
        reader.choice("access", Access),
        nullable(reader, "answered_as", Reader.text),
        Listing(
            parse_inventory(listing),
            recall(evidence),
            listing.choice("access", Access),
            _read_hazards(listing),
            _read_limits(listing),
        ),
    )


def _encode_observation(seen: Observation, _: Keep) -> JsonObject:
    """Write what was read; stamps are of this disk and this hour, and not noted."""
    troubles = {"hazards": _hazards(seen.hazards), "limits": _limits(seen.limits)}
    return {**_encode_inventory(seen.inventory), **troubles}


def _parse_observation(note: JsonValue, _: Recall) -> Observation:
    reader = Reader.of(note, "read")
    return Observation(parse_inventory(reader), _read_hazards(reader), _read_limits(reader))


def _encode_code(code: FetchedCode, keep: Keep) -> JsonObject:
    return {
        "captures": _kept(code.captures, keep),
        "hazards": _hazards(code.hazards),
        "listing": encode_evidence(keep(code.listing)),
        "paths": list(code.paths),
        "pin": encode_source(code.pin),
        "submodules": [
            {"commit": str(one.commit), "path": one.path, "uri": one.uri} for one in code.submodules
        ],
        "whole": code.whole,
    }


def _parse_code(note: JsonValue, recall: Recall) -> FetchedCode:
    reader = Reader.of(note, "code")
    captures = _recalled(reader, recall)
    listing = recall(parse_evidence(reader.object("listing")))
    return FetchedCode(
        pin=parse_source(reader.object("pin")),
        listing=listing,
        paths=reader.texts("paths"),
        files=_files_of(captures),
        captures=captures,
        hazards=_read_hazards(reader),
        submodules=tuple(
            Submodule(one.text("path"), one.text("uri"), parse_commit(one, "commit"))
            for one in reader.objects("submodules")
        ),
        whole=reader.boolean("whole"),
    )


def _files_of(captures: Sequence[Capture]) -> dict[str, bytes]:
    files = (one for one in captures if one.kind is EvidenceKind.FILE)
    return {one.address.path: one.payload for one in files if one.address.path}


def _encode_page(page: PageAnswer, keep: Keep) -> JsonObject:
    return {"captures": _kept(page.captures, keep), "limits": _limits(page.limits)}


def _parse_page(note: JsonValue, recall: Recall) -> PageAnswer:
    reader = Reader.of(note, "page")
    return PageAnswer(_recalled(reader, recall), _read_limits(reader))


def _encode_branches(branches: Branches, keep: Keep) -> JsonObject:
    return {
        "captures": _kept(branches.captures, keep),
        "checkpoints": [
            {
                "name": one.name,
                "step": one.step,
                "weights": list(one.weights),
                "where": encode_where(one.where),
            }
            for one in branches.found
        ],
        "limits": _limits(branches.limits),
    }


def _parse_branches(note: JsonValue, recall: Recall) -> Branches:
    reader = Reader.of(note, "checkpoints")
    found = tuple(
        Checkpoint(
            one.text("name"),
            one.integer("step"),
            parse_where(one.object("where")),
            one.texts("weights"),
        )
        for one in reader.objects("checkpoints")
    )
    return Branches(found, _read_limits(reader), _recalled(reader, recall))


def _encode_proof(proof: Proof, keep: Keep) -> JsonObject:
    captures, limits = _kept(proof.captures, keep), _limits(proof.limits)
    return {"captures": captures, "limits": limits, "proven": proof.proven}


def _parse_proof(note: JsonValue, recall: Recall) -> Proof:
    reader = Reader.of(note, "git proof")
    return Proof(reader.boolean("proven"), _read_limits(reader), _recalled(reader, recall))


def _encode_borne(borne: Borne, keep: Keep) -> JsonObject:
    return {
        "bound": borne.bound,
        "captures": _kept(borne.captures, keep),
        "hazards": _hazards(borne.hazards),
        "limits": _limits(borne.limits),
    }


def _parse_borne(note: JsonValue, recall: Recall) -> Borne:
    reader = Reader.of(note, "cache claim")
    troubles = _read_hazards(reader), _read_limits(reader)
    return Borne(reader.boolean("bound"), *troubles, _recalled(reader, recall))


def _encode_tensors(found: TensorRoot, _: Keep) -> JsonObject:
    root = encode_sha256(found.root) if found.root else None
    return {"limits": _limits(found.limits), "root": root}


def _parse_tensors(note: JsonValue, _: Recall) -> TensorRoot:
    reader = Reader.of(note, "tensors")
    return TensorRoot(nullable(reader, "root", parse_sha256), _read_limits(reader))


def _encode_inside(found: InsideRead, _: Keep) -> JsonObject:
    code: list[JsonValue] = [
        {"member": one.member, "name": one.name, "path": one.path, "rule": one.rule}
        for one in found.code
    ]
    terms: list[JsonValue] = [{"member": member, "path": path} for path, member in found.terms]
    troubles = {"hazards": _hazards(found.hazards), "limits": _limits(found.limits)}
    return {"code": code, **troubles, "terms": terms}


def _parse_inside(note: JsonValue, _: Recall) -> InsideRead:
    reader = Reader.of(note, "inside")
    code = tuple(
        LoadedCode(*(one.text(key) for key in ("path", "name", "rule", "member")))
        for one in reader.objects("code")
    )
    # What earlier versions noted has none.
    terms = reader.objects("terms") if "terms" in reader.values else ()
    return InsideRead(
        code,
        _read_hazards(reader),
        _read_limits(reader),
        tuple((one.text("path"), one.text("member")) for one in terms),
    )


def _encode_trouble(error: Trouble, _: Keep) -> JsonObject:
    return {
        "code": error.code.value,
        "hint": error.hint,
        "source": isinstance(error, SourceError),
        "what": error.what,
    }


def _parse_trouble(note: JsonValue, _: Recall) -> Trouble:
    reader = Reader.of(note, "trouble")
    kind = SourceError if reader.boolean("source") else ReleaseError
    return kind(reader.text("what"), hint=reader.text("hint"), code=reader.choice("code", Code))


def _encode_unseen(unseen: Unseen, _: Keep) -> JsonObject:
    return {"code": unseen.code.value, "why": unseen.reason}


def _parse_unseen(note: JsonValue, _: Recall) -> Unseen:
    reader = Reader.of(note, "unseen")
    return Unseen(reader.text("why"), reader.choice("code", Code))


def _parse_began(note: JsonValue, _: Recall) -> datetime:
    return parse_moment(Reader.of({"began": note}), "began")


def _parse_text(note: JsonValue, _: Recall) -> str:
    return Reader.of({"text": note}).text("text")


def _parse_yes(note: JsonValue, _: Recall) -> bool:
    return note is True


ANSWERED: Final = Note(_encode_answered, _parse_answered)
OBSERVATION: Final = Note(_encode_observation, _parse_observation)
CODE: Final = Note(_encode_code, _parse_code)
PAGE: Final = Note(_encode_page, _parse_page)
BRANCHES: Final = Note(_encode_branches, _parse_branches)
PROOF: Final = Note(_encode_proof, _parse_proof)
BORNE: Final = Note(_encode_borne, _parse_borne)
TENSORS: Final = Note(_encode_tensors, _parse_tensors)
INSIDE: Final = Note(_encode_inside, _parse_inside)
TROUBLE: Final = Note(_encode_trouble, _parse_trouble)
UNSEEN: Final = Note(_encode_unseen, _parse_unseen)
BEGAN: Final = Note[datetime](lambda moment, _: encode_moment(moment), _parse_began)
TEXT: Final = Note[str](lambda text, _: text, _parse_text)
YES: Final = Note[bool](lambda yes, _: yes, _parse_yes)
