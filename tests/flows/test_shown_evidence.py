from pathlib import Path

import pytest

from provenance.errors import Code, UsageError
from provenance.flows.shown_evidence import OnlyFacts, Shown, list_evidence, show_evidence
from provenance.stores.evidence import EvidenceStore
from provenance.values.address import Address
from provenance.values.evidence import Capture, EvidenceKind
from provenance.values.inventory import How, Inventory
from provenance.values.observation import Observation
from provenance.wire.notes_json import OBSERVATION, TEXT
from tests.building import NOW, SHA, TOY, read

WEIGHTS = Address.parse(f"{TOY}/model.safetensors")
CARD = Address.parse(f"{TOY}/README.md")
CAPTURE = Capture(EvidenceKind.FILE, CARD, "text/plain", NOW, b"seed = 7\n")
HEADER = Capture(
    EvidenceKind.HEADER,
    Address.parse(f"{WEIGHTS}#bytes=0-7"),
    "text/plain",
    NOW,
    b"header\n",
)
DIGITS = CAPTURE.evidence.digest.hex[:12]


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    store = EvidenceStore(tmp_path / "evidence")
    store.keep(CAPTURE)
    store.keep(HEADER)
    files = Inventory((read("model.safetensors"),))
    store.note(f"read {TOY}", OBSERVATION, Observation(files))
    store.note("tool", TEXT, "the tool 1")
    store.close()
    return tmp_path / "evidence"


def test_every_capture_is_listed(kept: Path) -> None:
    assert list_evidence(kept) == (CAPTURE.evidence, HEADER.evidence)


@pytest.mark.parametrize(
    ("asked", "data"),
    [
        (DIGITS, b"seed = 7\n"),
        (f"sha256:{DIGITS}", b"seed = 7\n"),
        (f"{DIGITS}:0-0", b"seed = 7\n"),
        (f"{DIGITS}:7-8", b"7"),
    ],
)
def test_the_bytes_that_are_asked_for_are_shown(kept: Path, asked: str, data: bytes) -> None:
    found = show_evidence(asked, kept)

    assert isinstance(found, Shown)
    assert (found.data, found.by) == (data, "the tool 1")
    assert found.captures == (CAPTURE.evidence,)


def test_of_a_file_that_was_not_kept_the_facts_are_shown(kept: Path) -> None:
    found = show_evidence(SHA.hex[:10], kept)

    assert isinstance(found, OnlyFacts)
    assert [(one.address, one.how) for one in found.files] == [(WEIGHTS, How.READ)]
    assert found.headers == {WEIGHTS: HEADER.evidence}


@pytest.mark.parametrize("asked", ["", DIGITS[:5], "0" * 12])
def test_digits_that_name_nothing_are_an_error(kept: Path, asked: str) -> None:
    with pytest.raises(UsageError) as caught:
        show_evidence(asked, kept)

    assert caught.value.code is Code.PATH_MISSING


@pytest.mark.parametrize("span", ["5", "3-2", "0-99", "a-b"])
def test_a_span_that_the_bytes_do_not_have_is_an_error(kept: Path, span: str) -> None:
    with pytest.raises(UsageError, match="no span of 9 bytes"):
        show_evidence(f"{DIGITS}:{span}", kept)
