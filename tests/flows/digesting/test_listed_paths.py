import os
from pathlib import Path

import pytest

from provenance.errors import Code
from provenance.flows.digesting.listed_paths import Listed, list_paths
from provenance.values.settings import Budget
from provenance.values.stamp import INODE, SIZE

BUDGET = Budget()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "release/sub").mkdir(parents=True)
    (tmp_path / "release/a").write_bytes(b"1")
    (tmp_path / "release/sub/b").write_bytes(b"22")
    return tmp_path / "release"


def sizes(listed: Listed) -> dict[str, int]:
    return {
        path: stamp[SIZE] for path, stamp in zip(listed.shown, listed.columns.stamps, strict=True)
    }


def test_a_single_folder_names_its_files_from_inside(folder: Path) -> None:
    assert sizes(list_paths([folder], BUDGET)) == {"a": 1, "sub/b": 2}


def test_several_paths_are_shown_as_they_were_typed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)

    found = list_paths([Path("sub"), Path("a"), folder / "a"], BUDGET)

    assert sizes(found) == {"sub/b": 2, "a": 1, f"{folder}/a": 1}


def test_every_listed_file_can_be_opened(folder: Path) -> None:
    listed = list_paths([folder, folder / "a"], BUDGET)

    for where, name, stamp in zip(*listed.columns, strict=True):
        with listed.places.within(where) as open_file:
            descriptor = open_file(name)
        assert os.fstat(descriptor).st_ino == stamp[INODE]
        os.close(descriptor)


def test_a_path_that_is_named_twice_is_listed_once(folder: Path) -> None:
    assert sizes(list_paths([folder / "a", folder / "a"], BUDGET)) == {f"{folder}/a": 1}


def test_a_link_that_the_caller_names_is_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(folder / "a")
    (tmp_path / "door").symlink_to(folder)

    assert sizes(list_paths([tmp_path / "link"], BUDGET)) == {f"{tmp_path}/link": 1}
    assert sizes(list_paths([tmp_path / "door"], BUDGET)) == {"a": 1, "sub/b": 2}


def test_links_of_a_snapshot_lead_to_the_blobs_of_its_cache(tmp_path: Path) -> None:
    snapshot = tmp_path / "models--org--name/snapshots" / ("a" * 40)
    blobs = tmp_path / "models--org--name/blobs"
    for made in (snapshot, blobs):
        made.mkdir(parents=True)
    (blobs / "beef").write_bytes(b"333")
    (snapshot / "weights").symlink_to("../../blobs/beef")

    assert sizes(list_paths([snapshot], BUDGET)) == {"weights": 3}


def test_trouble_with_one_path_stops_no_other(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    (folder / "out").symlink_to("/etc/passwd")

    found = list_paths([folder, folder / "pipe", folder / "none"], BUDGET)

    assert sizes(found) == {f"{folder}/a": 1, f"{folder}/sub/b": 2}
    assert {one.path: one.code for one in found.troubles} == {
        f"{folder}/out": Code.FS_SYMLINK_ESCAPE,
        f"{folder}/pipe": Code.FS_SPECIAL,
        f"{folder}/none": Code.PATH_MISSING,
    }


def test_what_is_beyond_the_budget_is_trouble(folder: Path) -> None:
    found = list_paths([folder], Budget(files=1))

    assert [one.code for one in found.troubles] == [Code.RESOURCE]
