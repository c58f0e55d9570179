import os
import threading
from pathlib import Path

import pytest

from provenance.doors.quarantine import PIECE, quarantine
from provenance.errors import Code, SourceError, ToolError
from tests.doors.disks import unprivileged


def never() -> None:
    pytest.fail("nobody else has it")


def test_what_is_written_has_its_name_only_when_it_is_released(tmp_path: Path) -> None:
    place = tmp_path / "release/sub/file"

    with quarantine(tmp_path / "apart/part", never) as part:
        part.write(b"content")
        assert not place.exists()
        part.release(place)

    assert place.read_bytes() == b"content"
    assert list((tmp_path / "apart").iterdir()) == []


def test_what_an_earlier_try_left_is_read_again_and_continued(tmp_path: Path) -> None:
    with quarantine(tmp_path / "part", never) as part:
        part.write(b"a" * (PIECE + 1))

    with quarantine(tmp_path / "part", never) as part:
        pieces = list(part.pieces())
        part.write(b"b")

    assert [len(piece) for piece in pieces] == [PIECE, 1]
    assert (tmp_path / "part").read_bytes() == b"a" * (PIECE + 1) + b"b"


def test_a_part_begins_anew(tmp_path: Path) -> None:
    with quarantine(tmp_path / "part", never) as part:
        part.write(b"old content")
        part.clear()
        part.write(b"new")

    assert (tmp_path / "part").read_bytes() == b"new"


def test_a_part_that_is_cut_meanwhile_begins_anew(tmp_path: Path) -> None:
    with quarantine(tmp_path / "part", never) as part:
        part.write(b"content")
        os.truncate(tmp_path / "part", 0)

        assert list(part.pieces()) == []
        assert part.size == 0


def test_a_part_is_forgotten(tmp_path: Path) -> None:
    with quarantine(tmp_path / "part", never) as part:
        part.write(b"content")
        part.drop()
        part.drop()

    assert list(tmp_path.iterdir()) == []


def test_two_never_have_one_part(tmp_path: Path) -> None:
    entered, leave, asked = threading.Event(), threading.Event(), threading.Event()

    def first() -> None:
        with quarantine(tmp_path / "part", never) as part:
            entered.set()
            asked.wait(10)
            part.write(b"first")
            part.release(tmp_path / "file")
        leave.set()

    thread = threading.Thread(target=first)
    thread.start()
    entered.wait(10)

    def waiting() -> None:
        asked.set()
        leave.wait(10)

    with quarantine(tmp_path / "part", waiting) as part:
        assert part.size == 0
    thread.join()
    assert (tmp_path / "file").read_bytes() == b"first"


def test_who_waits_may_give_up(tmp_path: Path) -> None:
    def tired() -> None:
        raise SourceError("nobody waits any more")

    with (
        quarantine(tmp_path / "part", never),
        pytest.raises(SourceError),
        quarantine(tmp_path / "part", tired),
    ):
        pass


def test_a_link_in_the_place_of_a_part_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "part").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(ToolError) as caught, quarantine(tmp_path / "part", never):
        pass

    assert caught.value.code is Code.FS_IO
    assert not (tmp_path / "elsewhere").exists()


def test_a_folder_that_may_not_be_written_is_told_of(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)

    with unprivileged(), pytest.raises(ToolError) as caught:  # noqa: SIM117 - first the rights
        with quarantine(tmp_path / "apart/part", never):
            pass

    assert caught.value.code is Code.FS_PERMISSION
