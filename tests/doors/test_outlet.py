import os
import socket
import stat
import tempfile
from pathlib import Path
from threading import Thread

import pytest

from provenance.doors.outlet import (
    holds_files,
    publish,
    stream_of,
    would_replace,
)
from provenance.errors import Code, ToolError


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("-", 1),
        ("/dev/stdout", 1),
        ("//dev//stdout", 1),
        ("/dev/./fd/../stdout", 1),
        ("/dev/fd/1", 1),
        ("/proc/self/fd/1", 1),
        ("/proc/thread-self/fd/63", 63),
        pytest.param(f"/proc/{os.getpid()}/fd/7", 7, id="own"),
        ("/dev/stderr", 2),
        ("/proc/1/fd/1", None),
        ("/dev/null", None),
        ("/dev/fd/x", None),
        ("out.json", None),
        ("a/-", None),
    ],
)
def test_a_path_names_a_stream_by_its_text_alone(text: str, number: int | None) -> None:
    assert stream_of(Path(text)) == number


def test_a_path_counts_from_the_current_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("/dev")

    assert stream_of(Path("stdout")) == 1


def test_an_open_stream_is_written_into(tmp_path: Path) -> None:
    with (tmp_path / "file").open("w+b") as file:
        publish(Path(f"/dev/fd/{file.fileno()}"), b"one")
        publish(Path(f"/proc/self/fd/{file.fileno()}"), b"two")

    assert (tmp_path / "file").read_bytes() == b"onetwo"


def test_a_stream_that_is_not_open_is_told() -> None:
    with pytest.raises(ToolError) as caught:
        publish(Path("/dev/fd/987654"), b"x")

    assert caught.value.code is Code.FS_IO


def test_a_device_stays_a_device() -> None:
    before = Path("/dev/null").stat()

    publish(Path("/dev/null"), b"gone")

    after = Path("/dev/null").lstat()
    assert stat.S_ISCHR(after.st_mode)
    assert (after.st_ino, after.st_rdev) == (before.st_ino, before.st_rdev)


def test_what_a_device_refuses_is_told() -> None:
    with pytest.raises(ToolError) as caught:
        publish(Path("/dev/full"), b"x")

    assert caught.value.code is Code.DISK_FULL


def test_a_terminal_gets_all_of_it() -> None:
    master, slave = os.openpty()

    publish(Path(os.ttyname(slave)), b"all of it\n")

    assert os.read(master, 100).strip() == b"all of it"
    os.close(master)
    os.close(slave)


def test_a_pipe_with_a_name_is_written_into(tmp_path: Path) -> None:
    pipe, data = tmp_path / "pipe", bytes(300_000)
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()

    publish(pipe, data)

    reader.join()
    assert got == [data]
    assert stat.S_ISFIFO(pipe.lstat().st_mode)


def test_a_socket_is_written_into() -> None:
    # Its name may be no longer than 107 bytes.
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as server:
        path = Path(folder) / "s"
        server.bind(str(path))
        server.listen()
        publish(path, b"hello")

        connection, _ = server.accept()
        with connection:
            assert connection.recv(100) == b"hello"
        assert stat.S_ISSOCK(path.lstat().st_mode)


def test_a_link_to_a_device_is_replaced_and_not_followed(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to("/dev/full")

    publish(link, b"here")

    assert not link.is_symlink()
    assert link.read_bytes() == b"here"


def test_files_are_held_by_no_stream_and_no_device(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "link").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe")
    paths = [*(tmp_path / name for name in ("file", "link", "new", "pipe")), Path("-")]

    assert [holds_files(path) for path in paths] == [True, True, True, False, False]
    assert [would_replace(path) for path in paths] == [True, True, False, False, False]
