import errno
import os
import resource
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.doors.writing import atomic_publish, make_folder, publish_below, translated
from provenance.errors import Code, ToolError
from tests.doors.disks import unprivileged


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@given(parts=st.lists(st.binary()))
def test_what_is_published_is_what_is_there(
    parts: list[bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("out") / "file"

    atomic_publish(path, parts)
    assert path.read_bytes() == b"".join(parts)

    atomic_publish(path, b"whole")
    assert path.read_bytes() == b"whole"
    assert names(path.parent) == ["file"]


@pytest.mark.parametrize(("umask", "mode"), [(0o077, 0o644), (0, 0o644), (0, 0o600)])
def test_the_mode_does_not_depend_on_the_umask(tmp_path: Path, umask: int, mode: int) -> None:
    before = os.umask(umask)
    try:
        atomic_publish(tmp_path / "file", b"x", mode=mode)
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == mode


def test_a_name_as_long_as_can_be_is_published(tmp_path: Path) -> None:
    atomic_publish(tmp_path / ("n" * 255), b"x")

    assert (tmp_path / ("n" * 255)).read_bytes() == b"x"


def test_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "target").write_bytes(b"old")
    (tmp_path / "link").symlink_to("target")

    atomic_publish(tmp_path / "link", b"new")

    assert (tmp_path / "target").read_bytes() == b"old"
    assert not (tmp_path / "link").is_symlink()


class OutOfWordsError(Exception):
    """What a producer of bytes may raise."""


def failing() -> Iterator[bytes]:
    yield b"half"
    raise OutOfWordsError


def test_a_producer_that_fails_leaves_the_old_content(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")

    with pytest.raises(OutOfWordsError):
        atomic_publish(tmp_path / "file", failing())

    assert (tmp_path / "file").read_bytes() == b"old"
    assert names(tmp_path) == ["file"]


def interrupted() -> Iterator[bytes]:
    yield b"half"
    raise KeyboardInterrupt


def test_an_interrupt_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        atomic_publish(tmp_path / "file", interrupted())

    assert names(tmp_path) == []


def test_a_write_that_the_system_refuses_leaves_nothing(tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(ToolError) as caught:
            atomic_publish(tmp_path / "file", b"x" * 8192)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert caught.value.code is Code.FS_IO
    assert names(tmp_path) == []


def test_a_full_disk_is_told() -> None:
    full = os.open("/dev/full", os.O_WRONLY)

    with pytest.raises(ToolError) as caught, translated(Path("full")):
        os.write(full, b"x")

    assert caught.value.code is Code.DISK_FULL
    os.close(full)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.EDQUOT, Code.DISK_FULL),
        (errno.EROFS, Code.FS_PERMISSION),
        (errno.EIO, Code.FS_IO),
    ],
)
def test_an_error_of_the_system_becomes_one_with_a_code(number: int, code: Code) -> None:
    with pytest.raises(ToolError) as caught, translated(Path("name\x1b[2K")):
        raise OSError(number, os.strerror(number))

    assert caught.value.code is code
    assert "\x1b" not in str(caught.value)


def test_a_folder_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "folder/inside").mkdir(parents=True)

    with pytest.raises(ToolError) as caught:
        atomic_publish(tmp_path / "folder", b"x")

    assert caught.value.code is Code.FS_IO
    assert names(tmp_path) == ["folder"]


@pytest.mark.parametrize("name", ["nowhere/file", "file/below"])
def test_a_folder_that_is_not_there_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(ToolError) as caught:
        atomic_publish(tmp_path / name, b"x")

    assert caught.value.code is Code.FS_IO


def test_a_folder_that_may_not_be_written_to_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o555)
    monkeypatch.chdir(tmp_path)

    with unprivileged(), pytest.raises(ToolError) as caught:
        atomic_publish(Path("file"), b"x")

    assert caught.value.code is Code.FS_PERMISSION
    tmp_path.chmod(0o755)


def test_a_folder_is_made_with_those_around_it(tmp_path: Path) -> None:
    make_folder(tmp_path / "a/b")
    make_folder(tmp_path / "a/b")

    assert (tmp_path / "a/b").is_dir()


def test_a_folder_cannot_take_a_files_place(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(ToolError) as caught:
        make_folder(tmp_path / "file")

    assert caught.value.code is Code.FS_IO


def test_a_pipe_is_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(ToolError) as caught:
        atomic_publish(tmp_path / "pipe", b"x")

    assert caught.value.code is Code.FS_IO
    assert stat.S_ISFIFO((tmp_path / "pipe").lstat().st_mode)
    assert names(tmp_path) == ["pipe"]


def test_below_a_folder_no_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "root").mkdir()
    (tmp_path / "root/link").symlink_to(tmp_path / "elsewhere")

    publish_below(tmp_path / "root", "a/b/file", b"x")
    with pytest.raises(ToolError) as caught:
        publish_below(tmp_path / "root", "link/file", b"x")
    with pytest.raises(ToolError) as in_the_way:
        publish_below(tmp_path / "root", "a/b/file/c", b"x")

    assert (tmp_path / "root/a/b/file").read_bytes() == b"x"
    assert (caught.value.code, in_the_way.value.code) == (Code.FS_SYMLINK, Code.FS_IO)
    assert names(tmp_path / "elsewhere") == []
