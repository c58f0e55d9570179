import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from provenance.doors.private_folder import FolderLock, PrivateFolder
from provenance.errors import Code, ToolError
from tests.doors.disks import handles_below, unprivileged


def names(folder: Path) -> list[str]:
    return sorted(it.name for it in folder.iterdir())


@pytest.mark.parametrize("umask", [0, 0o077])
def test_a_folder_is_made_private_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        folder = PrivateFolder(tmp_path / "a/b")
        folder.make("file", b"content")
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "a/b").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "a/b/file").stat().st_mode) == 0o600
    assert folder.read("file", 100) == b"content"
    assert folder.read("file", 3) == b"con"


@pytest.mark.parametrize("mode", [0o701, 0o710, 0o704, 0o720, 0o755])
def test_a_folder_that_is_open_to_others_is_refused_and_not_mended(
    tmp_path: Path, mode: int
) -> None:
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(mode)

    with pytest.raises(ToolError, match=f"is open to others: mode {mode:04o}") as caught:
        PrivateFolder(tmp_path / "open")

    assert caught.value.code is Code.NOT_PRIVATE
    assert stat.S_IMODE((tmp_path / "open").stat().st_mode) == mode


def test_a_folder_of_somebody_else_s_is_refused(tmp_path: Path) -> None:
    PrivateFolder(tmp_path / "ours").make("file", b"")

    with pytest.raises(ToolError, match=r"belongs to user \d+") as caught:
        PrivateFolder(tmp_path / "ours", user=os.geteuid() + 1)
    assert caught.value.code is Code.NOT_PRIVATE

    with unprivileged(), pytest.raises(ToolError, match="belongs to user 0"):
        PrivateFolder(Path("/"))


def test_a_link_to_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir(mode=0o700)
    (tmp_path / "link").symlink_to("there")

    with pytest.raises(ToolError, match="is no folder") as caught:
        PrivateFolder(tmp_path / "link")

    assert caught.value.code is Code.NOT_PRIVATE


@pytest.mark.parametrize("target", ["nowhere", "file"])
def test_what_cannot_become_a_folder_is_told_of(tmp_path: Path, target: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "link").symlink_to(target)

    with pytest.raises(ToolError) as caught:
        PrivateFolder(tmp_path / "link")

    assert caught.value.code is Code.FS_IO
    assert names(tmp_path) == ["file", "link"]


def test_a_place_that_may_not_be_written_is_told_of(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)

    with unprivileged(), pytest.raises(ToolError) as caught:
        PrivateFolder(tmp_path / "folder")

    tmp_path.chmod(0o755)
    assert caught.value.code is Code.FS_PERMISSION


def test_a_file_is_made_once(tmp_path: Path) -> None:
    folder = PrivateFolder(tmp_path / "folder")

    folder.make("file", b"first")
    folder.make("file", b"second")

    assert folder.read("file", 100) == b"first"
    assert names(tmp_path / "folder") == ["file"]


def test_a_file_that_cannot_be_made_leaves_nothing(tmp_path: Path) -> None:
    folder = PrivateFolder(tmp_path / "folder")

    with pytest.raises(ToolError):
        folder.make("n" * 256, b"content")

    assert names(tmp_path / "folder") == []


def test_a_secret_is_made_once_and_is_random(tmp_path: Path) -> None:
    first, second = PrivateFolder(tmp_path / "1"), PrivateFolder(tmp_path / "2")

    secret = first.secret("key", 32)

    assert len(secret) == 32
    assert first.secret("key", 32) == secret
    assert second.secret("key", 32) != secret


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_secret_of_another_size_is_none(tmp_path: Path, size: int) -> None:
    folder = PrivateFolder(tmp_path / "folder")
    folder.make("key", bytes(size))

    with pytest.raises(ToolError, match="does not hold 32 bytes") as caught:
        folder.secret("key", 32)

    assert caught.value.code is Code.CACHE_DAMAGED


def test_what_is_no_private_file_is_not_read(tmp_path: Path) -> None:
    folder = PrivateFolder(tmp_path / "folder")
    (tmp_path / "there").write_bytes(b"content")
    (tmp_path / "folder/link").symlink_to("../there")
    (tmp_path / "folder/folder").mkdir(mode=0o700)
    os.mkfifo(tmp_path / "folder/pipe", 0o600)
    folder.make("wide", b"content")
    (tmp_path / "folder/wide").chmod(0o644)

    for name in ("link", "folder", "pipe", "wide"):
        with pytest.raises(ToolError) as caught:
            folder.read(name, 100)
        assert caught.value.code is Code.NOT_PRIVATE
    with pytest.raises(ToolError) as caught:
        folder.read("nothing", 100)
    assert caught.value.code is Code.FS_IO


def test_files_are_renamed_and_removed_if_they_are_there(tmp_path: Path) -> None:
    folder = PrivateFolder(tmp_path / "folder")
    folder.make("a", b"a")
    folder.make("b", b"b")

    folder.rename("a", "b")
    folder.rename("a", "b")
    assert folder.read("b", 100) == b"a"

    folder.remove("b")
    folder.remove("b")
    assert names(tmp_path / "folder") == []


def test_the_handle_stays_on_the_folder_that_was_looked_at(tmp_path: Path) -> None:
    folder = PrivateFolder(tmp_path / "folder")
    folder.make("file", b"ours")
    (tmp_path / "folder").rename(tmp_path / "moved")
    PrivateFolder(tmp_path / "folder").make("file", b"another")

    assert folder.read("file", 100) == b"ours"


def test_handles_are_closed(tmp_path: Path) -> None:
    folder = PrivateFolder(tmp_path / "folder")
    lock = FolderLock(folder, "lock")
    folder.secret("key", 32)

    lock.close()
    folder.close()
    folder.close()

    assert handles_below(tmp_path) == []


def test_a_lock_is_shared_or_had_alone(tmp_path: Path) -> None:
    folder = PrivateFolder(tmp_path / "folder")
    one, two = FolderLock(folder, "lock"), FolderLock(folder, "lock")

    assert one.share()
    assert two.share()
    assert not one.alone()
    two.close()
    assert one.alone()
    assert not FolderLock(folder, "lock").share()
    one.close()
    assert FolderLock(folder, "lock").alone()


def test_a_process_that_ends_leaves_no_lock(tmp_path: Path) -> None:
    program = """
import os, sys
from pathlib import Path
from provenance.doors.private_folder import FolderLock, PrivateFolder
lock = FolderLock(PrivateFolder(Path(sys.argv[1])), "lock")
print(lock.alone(), flush=True)
os._exit(0)
"""
    folder = tmp_path / "folder"

    run = subprocess.run(
        [sys.executable, "-c", program, folder], check=True, capture_output=True, text=True
    )

    assert run.stdout == "True\n"
    assert FolderLock(PrivateFolder(folder), "lock").alone()
