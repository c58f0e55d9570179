import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from provenance.doors.writable import can_hold, require_folder, require_place
from provenance.errors import Code
from tests.cli.running import alone
from tests.doors.wires import refused


def as_nobody(program: str, *arguments: str | Path) -> str:
    """Run a program as a user who owns nothing, where this one may; else as who we are."""
    drop = "import os\nif os.geteuid() == 0: os.setgid(65534); os.setuid(65534)\n"
    known = "import sys; from pathlib import Path; from provenance.doors.writable import *\n"
    done = subprocess.run(
        [sys.executable, "-c", known + drop + program, *map(str, arguments)],
        capture_output=True,
        check=True,
        env=alone(),
        text=True,
        timeout=50,
    )
    return done.stdout


def test_a_file_that_can_be_written_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "there").write_bytes(b"")
    (tmp_path / "link").symlink_to("nowhere")

    for name in ("new", "there", "link"):
        require_place(tmp_path / name)


def test_what_is_no_regular_file_is_left_to_who_writes(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as plug:
        plug.bind(str(tmp_path / "plug"))

        for path in (tmp_path / "pipe", tmp_path / "plug", Path("/dev/null"), Path("/dev/stdout")):
            require_place(path)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with refused(Code.USAGE, "is a folder"):
        require_place(tmp_path)
    with refused(Code.USAGE, "is a folder"):
        require_place(Path("/"))


@pytest.mark.parametrize("name", ["none/a", "file/a", "none/none/a", "x" * 300 + "/a", "a\0/b"])
def test_a_folder_that_is_not_there_is_missed_before_the_work(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_bytes(b"")

    with refused(Code.PATH_MISSING):
        require_place(tmp_path / name)


def test_what_may_not_be_written_is_denied_before_the_work(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o555)
    tmp_path.chmod(0o755)
    program = """
import contextlib
print(can_hold(Path(sys.argv[1])), can_hold(Path(sys.argv[1]) / "a" / "b"))
for what in (require_place, require_folder):
    try: what(Path(sys.argv[1]) / "a")
    except Exception as e: print(e.code)
"""
    # The folders of this run are closed to others; pytest's own lies in them.
    depth = next(at for at, one in enumerate(tmp_path.parents) if "provenance-tests-" in one.name)
    for parent in tmp_path.parents[: depth + 1]:
        parent.chmod(0o755)

    assert as_nobody(program, closed).split() == ["False", "False", *["FS_PERMISSION"] * 2]


def test_a_folder_can_be_made_where_its_nearest_parent_can_hold_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    assert can_hold(tmp_path)
    assert can_hold(tmp_path / "a" / "b")
    assert not can_hold(tmp_path / "file")
    assert not can_hold(tmp_path / "file" / "a")
    assert not can_hold(tmp_path / ("x" * 300))
    assert not can_hold(Path("a\0"))
    require_folder(tmp_path / "a")
    with refused(Code.FS_PERMISSION):
        require_folder(tmp_path / "file" / "a")
