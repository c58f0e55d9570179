import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from provenance.errors import Code, InvalidValueError, ReleaseError, UsageError
from provenance.sources.local import LocalSource
from provenance.values.access import Access
from provenance.values.evidence import EvidenceKind
from provenance.values.inventory import FileEntry, How, Kind
from provenance.values.path import RelPath
from provenance.values.ref import Ref
from provenance.values.settings import Budget
from tests.doors.disks import unprivileged

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "my-model"
    folder.mkdir()
    (folder / "README.md").write_text("# M")
    (folder / "run.sh").write_text("#!/bin/sh\n")
    (folder / "run.sh").chmod(0o755)
    (folder / "link").symlink_to("README.md")
    return folder


def source(folder: Path, name: Ref | None = None, budget: Budget | None = None) -> LocalSource:
    return LocalSource(folder, name=name, budget=budget or Budget(), clock=lambda: NOW)


def test_a_folder_is_named_after_itself(folder: Path) -> None:
    assert source(folder).ref == Ref.parse("local:my-model")


def test_a_folder_may_be_given_another_name(folder: Path) -> None:
    name = Ref.parse("hf:org/name")

    assert source(folder, name).ref == name


def test_a_folder_by_a_relative_path_has_its_own_name(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)

    assert source(Path()).ref == Ref.parse("local:my-model")


def test_a_folder_whose_name_is_no_name_for_a_release_needs_one(folder: Path) -> None:
    odd = folder.rename(folder.parent / "a@b")

    with pytest.raises(UsageError) as caught:
        source(odd)

    assert caught.value.code is Code.REF
    assert source(odd, Ref.parse("local:a")).ref.name == "a"


def test_a_listing_holds_every_file_unread(folder: Path) -> None:
    listing = source(folder).listing()

    assert listing.inventory.entries == (
        FileEntry(RelPath("README.md"), 3),
        FileEntry(RelPath("link"), 3, Kind.LINK),
        FileEntry(RelPath("run.sh"), 10, Kind.EXECUTABLE),
    )
    assert {entry.how for entry in listing.inventory} == {How.UNREAD}
    assert listing.inventory.complete
    assert listing.access is Access.UNKNOWN
    assert listing.hazards == ()
    assert listing.limits == ()


def test_the_capture_of_a_listing_is_canonical_and_says_what_is_there(folder: Path) -> None:
    capture = source(folder).listing().capture

    assert capture.kind is EvidenceKind.LISTING
    assert capture.uri == "local:my-model"
    assert capture.media_type == "application/json"
    assert capture.seen_at == NOW
    assert json.loads(capture.payload) == {
        "complete": True,
        "files": [
            {"kind": "file", "path": "README.md", "size": 3},
            {"kind": "link", "path": "link", "size": 3},
            {"kind": "executable", "path": "run.sh", "size": 10},
        ],
    }
    assert capture.payload.startswith(b'{"complete":true,"files":[{"kind":"file","path":')


def test_two_listings_of_one_folder_are_equal(folder: Path) -> None:
    assert source(folder).listing() == source(folder).listing()


def test_hazards_and_limits_of_the_walk_are_passed_on(folder: Path) -> None:
    (folder / "a\n").write_text("x")

    listing = source(folder).listing()

    assert [one.code for one in listing.hazards] == [Code.NAME_CTRL]
    assert [one.code for one in listing.limits] == [Code.NAME_CTRL]
    assert not listing.inventory.complete
    assert b'"complete":false' in listing.capture.payload


def test_the_budget_bounds_a_listing(folder: Path) -> None:
    listing = source(folder, budget=Budget(files=2)).listing()

    assert [one.code for one in listing.hazards] == [Code.RESOURCE]


def test_what_a_download_left_is_a_limit_and_no_entry(folder: Path) -> None:
    left = folder / ".cache/huggingface/download"
    left.mkdir(parents=True)
    (left / "README.md.lock").touch()
    (left / "NUL.lock").touch()
    (left / "payload.bin").touch()

    listing = source(folder).listing()

    assert [entry.path.text for entry in listing.inventory] == [
        ".cache/huggingface/download/payload.bin",
        "README.md",
        "link",
        "run.sh",
    ]
    (limit,) = listing.limits
    assert (limit.code, limit.what) == (Code.NOT_COVERED, ".cache/huggingface")
    assert limit.why.startswith("2 files")
    assert listing.hazards == ()
    assert listing.inventory.complete


def test_a_folder_of_nothing_but_what_a_download_left_is_refused(tmp_path: Path) -> None:
    left = tmp_path / "m/.cache/huggingface/download"
    left.mkdir(parents=True)
    (left / "README.md.lock").touch()

    with pytest.raises(ReleaseError) as caught:
        source(tmp_path / "m").listing()

    assert caught.value.code is Code.EMPTY


def test_a_folder_without_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError) as caught:
        source(tmp_path).listing()

    assert caught.value.code is Code.EMPTY


def test_a_folder_that_is_not_there_is_the_callers_mistake(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        source(tmp_path / "nowhere")

    assert caught.value.code is Code.PATH_MISSING


def test_a_file_is_read_without_preparation(folder: Path) -> None:
    local = source(folder)

    local.prepare([RelPath("link")])

    with local.open(RelPath("link")) as file:
        assert file.read() == b"# M"


def test_a_file_that_may_not_be_read_is_refused(folder: Path) -> None:
    (folder / "README.md").chmod(0)
    local = source(folder)

    with unprivileged(), pytest.raises(ReleaseError) as caught:
        local.open(RelPath("README.md"))

    assert caught.value.code is Code.FS_PERMISSION


def test_names_of_one_file_share_a_stamp(folder: Path) -> None:
    local = source(folder)
    local.listing()

    assert local.stamp(RelPath("README.md")) == local.stamp(RelPath("link"))
    assert local.stamp(RelPath("README.md")) != local.stamp(RelPath("run.sh"))
    assert local.stamp(RelPath("unlisted")) is None


def test_a_clock_that_is_not_in_utc_is_refused(folder: Path) -> None:
    local = LocalSource(folder, budget=Budget(), clock=lambda: NOW.replace(tzinfo=None))

    with pytest.raises(InvalidValueError):
        local.listing()
