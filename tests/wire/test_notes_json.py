from typing import TypeVar

import pytest

from provenance.errors import Code, ReleaseError, SourceError, TextError
from provenance.text.canonical_json import encode
from provenance.text.strict_json import parse
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
from provenance.values.digest import Digest
from provenance.values.evidence import Capture, Evidence, EvidenceKind
from provenance.values.facts import Checkpoint, Submodule
from provenance.values.hazard import Hazard, Limit
from provenance.values.inventory import Inventory
from provenance.values.listing import Listing
from provenance.values.loaded_code import LoadedCode
from provenance.values.look import Unseen
from provenance.values.observation import Observation
from provenance.values.ref import Ref
from provenance.values.revision import Commit
from provenance.values.source import HowPinned, PinnedSource
from provenance.wire import notes_json
from provenance.wire.notes_json import Note
from tests.building import NOW

T = TypeVar("T")
COMMIT = Commit("c0ffee" * 6 + "beef")
PIN = PinnedSource(
    "https://github.com/o/r", "https://github.com/o/r", COMMIT, COMMIT, HowPinned.DEFAULT_BRANCH
)
NAME = f"git:{PIN.uri}@{COMMIT}"
ROOT = Digest.parse("sha256:" + "ab" * 32)
HAZARDS = (Hazard(Code.GIT_SYMLINK, "tree", "odd"),)
LIMITS = (Limit(Code.OFFLINE, "a page", "nobody asked"),)


def capture(kind: EvidenceKind, uri: str, data: bytes) -> Capture:
    return Capture(kind, Address.parse(uri), "text/plain", NOW, data)


LISTING = capture(EvidenceKind.LISTING, NAME, b"[]")
FILES = (
    capture(EvidenceKind.FILE, f"{NAME}/a.py", b"1"),
    capture(EvidenceKind.FILE, f"{NAME}/b/c.py", b"1"),
    capture(EvidenceKind.REFS, PIN.uri, b"refs"),
)


def told_again(note: Note[T], answer: T) -> T:
    """Note an answer, and read it from what was written and kept."""
    kept: dict[Evidence, Capture] = {}

    def keep(one: Capture) -> Evidence:
        kept[one.evidence] = one
        return one.evidence

    written = encode(note.encode(answer, keep))
    return note.parse(parse(written), kept.__getitem__)


def test_a_source_is_told_again() -> None:
    ref = Ref.parse(f"hf:org/name@{COMMIT}")
    listed = Listing(Inventory(()), LISTING, Access.AUTO_GATE, HAZARDS, LIMITS)
    answer = Answered(ref, Address.of(ref), Access.PUBLIC, "org/new-name", listed)

    assert told_again(notes_json.ANSWERED, answer) == answer


def test_what_was_read_is_told_again() -> None:
    answer = Observation(Inventory(()), HAZARDS, LIMITS)

    assert told_again(notes_json.OBSERVATION, answer) == answer


def test_code_is_told_again() -> None:
    answer = FetchedCode(
        pin=PIN,
        listing=LISTING,
        paths=("a.py", "b/c.py"),
        files={"a.py": b"1", "b/c.py": b"1"},
        captures=FILES,
        hazards=HAZARDS,
        submodules=(Submodule("sub", "https://github.com/o/sub", COMMIT),),
        whole=False,
    )

    assert told_again(notes_json.CODE, answer) == answer


def test_a_page_is_told_again() -> None:
    answer = PageAnswer(FILES, LIMITS)

    assert told_again(notes_json.PAGE, answer) == answer


def test_branches_are_told_again() -> None:
    found = Checkpoint("step-5", 5, LISTING.where, ("model.safetensors",))
    answer = Branches((found,), LIMITS, FILES)

    assert told_again(notes_json.BRANCHES, answer) == answer


def test_a_proof_is_told_again() -> None:
    answer = Proof(proven=True, limits=LIMITS, captures=FILES)

    assert told_again(notes_json.PROOF, answer) == answer


def test_what_bears_a_claim_out_is_told_again() -> None:
    answer = Borne(bound=True, hazards=HAZARDS, limits=LIMITS, captures=FILES)

    assert told_again(notes_json.BORNE, answer) == answer


@pytest.mark.parametrize("root", [ROOT, None])
def test_a_tensor_root_is_told_again(root: Digest | None) -> None:
    answer = TensorRoot(root, LIMITS)

    assert told_again(notes_json.TENSORS, answer) == answer


def test_what_stands_inside_is_told_again() -> None:
    code = LoadedCode("a.zip", "model.Toy", "auto-map", "config.json")
    answer = InsideRead((code,), HAZARDS, LIMITS, (("a.zip", "LICENSE"),))

    assert told_again(notes_json.INSIDE, answer) == answer


@pytest.mark.parametrize("kind", [SourceError, ReleaseError])
def test_trouble_is_told_again(kind: type[SourceError] | type[ReleaseError]) -> None:
    error = kind("gone", hint="look elsewhere", code=Code.LINK_DEAD)

    again = told_again(notes_json.TROUBLE, error)

    assert type(again) is kind
    assert (again.what, again.hint, again.code) == (error.what, error.hint, error.code)


def test_why_a_beginning_was_not_had_is_told_again() -> None:
    answer = Unseen("refused", Code.HUB_GATED)

    assert told_again(notes_json.UNSEEN, answer) == answer


def test_a_moment_a_text_and_a_yes_are_told_again() -> None:
    assert told_again(notes_json.BEGAN, NOW) == NOW
    assert told_again(notes_json.TEXT, "a tool") == "a tool"
    assert told_again(notes_json.YES, answer=True)


@pytest.mark.parametrize(
    "note",
    [one for one in vars(notes_json).values() if isinstance(one, Note)][:-1],
)
def test_a_note_that_is_not_ours_is_refused(note: Note[object]) -> None:
    with pytest.raises(TextError) as caught:
        note.parse([], lambda _: LISTING)

    assert caught.value.code is Code.JSON_SHAPE
