import json
from datetime import UTC, datetime
from pathlib import Path

import attrs
import pytest

from provenance.errors import Code, ReleaseError, TextError, ToolError, UsageError
from provenance.stores import evidence
from provenance.stores.evidence import EvidenceStore, is_recorded, read_recording
from provenance.values.address import Address
from provenance.values.evidence import Capture, EvidenceKind
from provenance.wire.notes_json import TEXT

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
CARD = Capture(EvidenceKind.FILE, Address.parse("hf:o/n@1/README.md"), "text/markdown", NOW, b"# M")
REFS = Capture(
    EvidenceKind.REFS, Address.parse("https://example.org/r"), "text/plain", NOW, b"refs"
)


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_capture_is_kept_under_the_digest_of_its_bytes(tmp_path: Path) -> None:
    kept = EvidenceStore(tmp_path / "e").keep(CARD)

    digits = CARD.evidence.digest.hex
    assert kept == CARD.evidence
    assert (tmp_path / "e/sha256" / digits[:2] / digits).read_bytes() == b"# M"
    assert files(tmp_path / "e") == [f"sha256/{digits[:2]}/{digits}"]


def test_what_was_kept_is_read_back(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    store.keep(CARD)
    store.keep(REFS)

    assert store.read(CARD.evidence.digest) == b"# M"
    assert EvidenceStore(tmp_path).read(REFS.evidence.digest) == b"refs"


def test_evidence_comes_in_order_and_once_with_the_moment_it_was_first_seen() -> None:
    later = attrs.evolve(CARD, seen_at=NOW.replace(year=2027))
    store = EvidenceStore(None)
    for capture in (REFS, later, CARD, REFS):
        store.keep(capture)

    assert store.evidence == (later.evidence, REFS.evidence)


def test_the_same_bytes_from_two_addresses_are_stored_once(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    store.keep(CARD)
    store.keep(attrs.evolve(CARD, address=Address.parse("https://example.org/copy")))

    assert len(store.evidence) == 2
    assert len(files(tmp_path)) == 1


def test_the_index_says_what_every_capture_is(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path / "e")
    store.keep(REFS)
    store.keep(CARD)

    store.close()

    index = json.loads((tmp_path / "e/index.json").read_bytes())
    assert index[0] == {
        "captured_at": "2026-01-02T03:04:05Z",
        "digest": {"sha256": CARD.evidence.digest.hex},
        "id": CARD.evidence.id,
        "kind": "file",
        "media_type": "text/markdown",
        "size": 3,
        "uri": "hf:o/n@1/README.md",
    }
    assert [one["uri"] for one in index] == [CARD.uri, REFS.uri]


def test_an_empty_store_has_an_empty_index(tmp_path: Path) -> None:
    EvidenceStore(tmp_path / "e").close()

    assert json.loads((tmp_path / "e/index.json").read_bytes()) == []


def test_a_store_without_a_folder_keeps_no_bytes() -> None:
    store = EvidenceStore(None)
    store.keep(CARD)
    store.close()

    with pytest.raises(UsageError) as caught:
        store.read(CARD.evidence.digest)

    assert caught.value.code is Code.PATH_MISSING


def test_evidence_that_was_changed_is_refused(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    store.keep(CARD)
    (tmp_path / files(tmp_path)[0]).write_bytes(b"# X")

    with pytest.raises(ReleaseError) as caught:
        store.read(CARD.evidence.digest)

    assert caught.value.code is Code.FILE_CHANGED


def test_evidence_that_was_never_kept_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError) as caught:
        EvidenceStore(tmp_path).read(CARD.evidence.digest)

    assert caught.value.code is Code.FS_CHANGED


def test_evidence_that_became_a_link_to_elsewhere_is_refused(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path / "e")
    store.keep(CARD)
    place = tmp_path / "e" / files(tmp_path / "e")[0]
    place.rename(tmp_path / "elsewhere")
    place.symlink_to(tmp_path / "elsewhere")

    with pytest.raises(ReleaseError) as caught:
        store.read(CARD.evidence.digest)

    assert caught.value.code is Code.FS_SYMLINK_ESCAPE


def test_evidence_too_large_to_read_back_is_refused(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    store.keep(CARD)
    with (tmp_path / files(tmp_path)[0]).open("r+b") as file:
        file.truncate(evidence.LARGEST + 1)

    with pytest.raises(ReleaseError) as caught:
        store.read(CARD.evidence.digest)

    assert caught.value.code is Code.RESOURCE


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(ToolError) as caught:
        EvidenceStore(tmp_path / "file").keep(CARD)

    assert caught.value.code is Code.FS_IO


def replayed(folder: Path) -> EvidenceStore:
    """Keep what an audit keeps, end it, and return the store that replays it."""
    first = EvidenceStore(folder)
    first.keep(CARD)
    first.note("tool", TEXT, "the first tool")
    first.close()
    return EvidenceStore(folder, replayed=True)


def test_what_is_replayed_was_seen_when_it_was_seen_first(tmp_path: Path) -> None:
    store = replayed(tmp_path)

    kept = store.keep(attrs.evolve(CARD, seen_at=NOW.replace(year=2027)))

    assert kept == CARD.evidence
    assert store.known() == store.evidence == (CARD.evidence,)


def test_what_is_recalled_has_its_bytes(tmp_path: Path) -> None:
    assert replayed(tmp_path).recall(CARD.evidence) == CARD


def test_what_was_noted_is_told_again_only_in_a_replay(tmp_path: Path) -> None:
    store = replayed(tmp_path)

    assert store.told("tool", TEXT) == "the first tool"
    assert store.told("other", TEXT) is None
    assert EvidenceStore(tmp_path).told("tool", TEXT) is None


def test_a_question_that_was_answered_is_not_asked_in_a_replay(tmp_path: Path) -> None:
    store = replayed(tmp_path)

    def never() -> str:
        raise AssertionError("it was answered")

    assert store.answer("tool", TEXT, never) == "the first tool"


def test_a_question_is_asked_where_nobody_was_told(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)

    assert store.answer("tool", TEXT, lambda: "a tool") == "a tool"
    store.close()
    assert EvidenceStore(tmp_path, replayed=True).told("tool", TEXT) == "a tool"


def test_what_is_no_answer_is_not_noted(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)

    assert store.answer("tool", TEXT, lambda: None) is None
    store.close()
    assert read_recording(tmp_path) == {}


def test_a_replay_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    store = replayed(tmp_path)
    before = {name: (tmp_path / name).read_bytes() for name in files(tmp_path)}

    store.keep(CARD)
    store.close()

    assert {name: (tmp_path / name).read_bytes() for name in files(tmp_path)} == before


def test_a_folder_without_an_audit_is_not_replayed(tmp_path: Path) -> None:
    assert not is_recorded(tmp_path)
    with pytest.raises(UsageError) as caught:
        EvidenceStore(tmp_path, replayed=True)

    assert caught.value.code is Code.PATH_MISSING


def test_an_index_that_is_too_large_is_refused(tmp_path: Path) -> None:
    replayed(tmp_path)
    with (tmp_path / "index.json").open("wb") as file:
        file.truncate(evidence.LARGEST + 1)

    with pytest.raises(ReleaseError) as caught:
        EvidenceStore(tmp_path, replayed=True)

    assert caught.value.code is Code.RESOURCE


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("index.json", b"[1]", Code.JSON_SHAPE),
        ("index.json", b"{}", Code.JSON_SHAPE),
        ("index.json", b"[ ]", Code.JSON_NOT_CANONICAL),
        ("recording.json", b"[]", Code.JSON_SHAPE),
        ("recording.json", b"", Code.JSON_SYNTAX),
    ],
)
def test_a_store_that_is_not_written_as_ours_are_is_refused(
    tmp_path: Path, name: str, text: bytes, code: Code
) -> None:
    replayed(tmp_path)
    (tmp_path / name).write_bytes(text)

    with pytest.raises(TextError) as caught:
        EvidenceStore(tmp_path, replayed=True)

    assert caught.value.code is code


def test_evidence_that_is_gone_is_not_recalled(tmp_path: Path) -> None:
    store = replayed(tmp_path)
    digits = CARD.evidence.digest.hex
    (tmp_path / "sha256" / digits[:2] / digits).unlink()

    with pytest.raises(ReleaseError) as caught:
        store.recall(CARD.evidence)

    assert caught.value.code is Code.FILE_CHANGED


def test_evidence_that_cannot_be_read_is_not_recalled(tmp_path: Path) -> None:
    store = replayed(tmp_path)
    digits = CARD.evidence.digest.hex
    (tmp_path / "sha256" / digits[:2] / digits).unlink()
    (tmp_path / "sha256" / digits[:2] / digits).mkdir()

    with pytest.raises(ReleaseError) as caught:
        store.recall(CARD.evidence)

    assert caught.value.code is Code.FS_SPECIAL


@pytest.mark.parametrize(
    "inner", ["sha256", "sha256/{two}", "sha256/{two}/{all}", "index.json", "recording.json", "x"]
)
def test_a_folder_whose_inside_is_a_link_is_refused(tmp_path: Path, inner: str) -> None:
    folder, elsewhere = tmp_path / "e", tmp_path / "elsewhere"
    store = EvidenceStore(folder)
    store.keep(CARD)
    store.close()
    digits = CARD.evidence.digest.hex
    place = folder / inner.format(two=digits[:2], all=digits)
    (folder / "x").write_bytes(b"")
    place.rename(elsewhere)
    place.symlink_to(elsewhere)

    for use in (
        lambda: EvidenceStore(folder),
        lambda: EvidenceStore(folder, replayed=True),
        lambda: evidence.read_index(folder),
        lambda: evidence.read_recording(folder),
    ):
        with pytest.raises(UsageError) as caught:
            use()
        assert caught.value.code is Code.FS_SYMLINK


def test_a_link_that_comes_later_is_not_followed(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "e", tmp_path / "elsewhere"
    elsewhere.mkdir()
    store = EvidenceStore(folder)
    folder.mkdir()
    (folder / "sha256").symlink_to(elsewhere)

    with pytest.raises(ToolError) as caught:
        store.keep(CARD)

    assert caught.value.code is Code.FS_SYMLINK
    assert list(elsewhere.iterdir()) == []


def test_the_folder_itself_may_be_reached_by_a_link(tmp_path: Path) -> None:
    (tmp_path / "e").mkdir()
    (tmp_path / "link").symlink_to("e")

    EvidenceStore(tmp_path / "link").keep(CARD)

    assert len(files(tmp_path / "e")) == 1
