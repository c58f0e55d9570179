import os
from pathlib import Path

import pytest

from provenance.doors.disk import Root
from provenance.doors.scan import Scan
from provenance.errors import Code, ReleaseError
from provenance.values.settings import Budget
from provenance.values.stamp import INODE, SIZE

BUDGET = Budget()


def scanned(folder: Path, budget: Budget = BUDGET) -> tuple[Scan, dict[str, Code]]:
    troubles: dict[str, Code] = {}

    def report(path: str, error: ReleaseError) -> None:
        troubles[path] = error.code

    with Root(folder) as root:
        return root.scan(budget, report), troubles


def names(scan: Scan) -> list[str]:
    return sorted(folder.prefix + name for folder in scan.folders for name in folder.names)


def test_files_come_with_the_stamps_that_the_system_gives(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for path, size in (("a", 1), ("b/a", 2), ("c", 0)):
        (tmp_path / path).write_bytes(bytes(size))

    scan, troubles = scanned(tmp_path)

    assert names(scan) == ["a", "b/a", "c"]
    for folder in scan.folders:
        for name, stamp in zip(folder.names, folder.stamps, strict=True):
            status = (tmp_path / folder.prefix / name).stat()
            assert (stamp[INODE], stamp[SIZE]) == (status.st_ino, status.st_size)
    assert scan.complete
    assert troubles == {}


def test_every_trouble_is_told_and_the_rest_is_listed(tmp_path: Path) -> None:
    (tmp_path / "good").write_bytes(b"x")
    (tmp_path / "below").mkdir()
    (tmp_path / "below/good").write_bytes(b"x")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "escape").symlink_to("/etc/passwd")
    (tmp_path / "broken").symlink_to("nowhere")
    (tmp_path / "below/loop").symlink_to("..")
    (tmp_path / "self").symlink_to("self")
    (tmp_path / os.fsdecode(b"latin-\xe9")).write_bytes(b"x")

    scan, troubles = scanned(tmp_path)

    assert names(scan) == ["below/good", "good"]
    assert troubles == {
        "pipe": Code.FS_SPECIAL,
        "escape": Code.FS_SYMLINK_ESCAPE,
        "broken": Code.FS_SYMLINK_BROKEN,
        "below/loop": Code.FS_SYMLINK_LOOP,
        "self": Code.FS_SYMLINK_LOOP,
        "latin-\\xe9": Code.NAME_ENCODING,
    }


def test_a_link_has_the_stamp_of_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"123")
    (tmp_path / "link").symlink_to("file")

    (folder,) = scanned(tmp_path)[0].folders

    assert folder.names == ["file"]
    assert folder.links == [("link", folder.stamps[0])]


def test_executables_and_shared_files_are_named(tmp_path: Path) -> None:
    (tmp_path / "run").write_bytes(b"x")
    (tmp_path / "run").chmod(0o755)
    (tmp_path / "a").write_bytes(b"x")
    os.link(tmp_path / "a", tmp_path / "b")

    (folder,) = scanned(tmp_path)[0].folders

    assert folder.executables == {"run"}
    assert folder.shared == {"a": 2, "b": 2}


@pytest.mark.parametrize("name", ["a\nb", "e\u0301", "\u2028"])
def test_a_name_that_cannot_be_written_down_is_left_out_and_told(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    (tmp_path / "good").write_bytes(b"x")

    scan, _ = scanned(tmp_path)

    assert names(scan) == ["good"]
    assert not scan.complete
    assert [one.what for one in scan.left_out] == [name]


def test_no_more_is_listed_than_the_budget_has(tmp_path: Path) -> None:
    for number in range(9):
        (tmp_path / str(number)).write_bytes(b"")

    scan, _ = scanned(tmp_path, Budget(files=4))

    assert len(names(scan)) <= 4
    assert [one.code for one in scan.left_out] == [Code.RESOURCE]


def test_a_folder_that_is_too_deep_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "a/b/c").mkdir(parents=True)
    (tmp_path / "a/b/c/file").write_bytes(b"")
    (tmp_path / "a/file").write_bytes(b"")

    scan, _ = scanned(tmp_path, Budget(depth=2))

    assert names(scan) == ["a/file"]
    assert [one.what for one in scan.left_out] == ["a/b/c"]


def test_an_empty_folder_has_nothing_to_list(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    assert scanned(tmp_path) == (Scan((), (), complete=True), {})
