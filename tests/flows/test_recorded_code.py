from pathlib import Path

from provenance.errors import Code
from provenance.flows.recorded_code import FetchedCode, note_code, recorded_code
from provenance.stores.evidence import EvidenceStore
from provenance.values.address import Address
from provenance.values.evidence import Capture, EvidenceKind
from provenance.values.hazard import Hazard
from provenance.values.revision import Commit
from provenance.values.source import HowPinned, PinnedSource
from tests.building import NOW

COMMIT = Commit("c0ffee" * 6 + "beef")
PIN = PinnedSource(
    "https://github.com/o/r", "https://github.com/o/r", COMMIT, COMMIT, HowPinned.DEFAULT_BRANCH
)
NAME = f"git:{PIN.uri}@{COMMIT}"


def capture(kind: EvidenceKind, uri: str, data: bytes) -> Capture:
    return Capture(kind, Address.parse(uri), "text/plain", NOW, data)


CODE = FetchedCode(
    pin=PIN,
    listing=capture(EvidenceKind.LISTING, NAME, b"[]"),
    paths=("a.py", "b/c.py"),
    files={"a.py": b"1", "b/c.py": b"1"},
    captures=(
        capture(EvidenceKind.FILE, f"{NAME}/a.py", b"1"),
        capture(EvidenceKind.FILE, f"{NAME}/b/c.py", b"1"),
        capture(EvidenceKind.REFS, PIN.uri, b"refs"),
    ),
    hazards=(Hazard(Code.GIT_SYMLINK, "tree", "odd"),),
    whole=False,
)


def test_code_that_was_read_comes_back(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    note_code(store, "here", CODE)
    store.close()

    assert recorded_code(EvidenceStore(tmp_path, replayed=True), "here") == CODE


def test_code_that_was_not_read_does_not(tmp_path: Path) -> None:
    assert recorded_code(EvidenceStore(tmp_path), "here") is None
