import os
from pathlib import Path

import pytest

from provenance.doors.named_file import read_named
from provenance.errors import Code, UsageError


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"123")

    assert read_named(tmp_path / "a", limit=3) == b"123"


@pytest.mark.parametrize("name", ["nothing", "folder", "pipe", "/dev/null"])
def test_what_is_no_regular_file_is_usage(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(UsageError) as caught:
        read_named(tmp_path / name)

    assert caught.value.code is Code.PATH_MISSING


def test_a_file_larger_than_its_limit_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1234")

    with pytest.raises(UsageError) as caught:
        read_named(tmp_path / "a", limit=3)

    assert caught.value.code is Code.RESOURCE
