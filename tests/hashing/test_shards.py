import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from provenance.doors.disk import Root
from provenance.errors import Code, ReleaseError
from provenance.hashing.shards import Shard, digest_shards
from provenance.hashing.wants import Want
from provenance.hashing.work import BUFFER, Files
from provenance.values.digest import Algorithm
from tests.hashing.files import Heard, Opening, sized, stamped

ONE = (Algorithm.SHA256,)


def shards(
    files: Files, wants: list[Want], size: int, threads: int = 0, heard: Heard | None = None
) -> tuple[Shard, ...]:
    return digest_shards(wants, files, size=size, threads=threads, progress=heard or Heard())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a").write_bytes(b"abcdefg")
    (tmp_path / "b").write_bytes(b"xyz")
    (tmp_path / "empty").write_bytes(b"")
    return tmp_path


@pytest.mark.parametrize("threads", [0, 1, 2, 7])
def test_files_are_cut_at_one_size(folder: Path, threads: int) -> None:
    heard = Heard()
    wants = [stamped(folder, name, ONE) for name in ("a", "empty", "b")]

    found = shards(Root(folder), wants, 3, threads, heard)

    parts = [("a", 0, 3, b"abc"), ("a", 3, 6, b"def"), ("a", 6, 7, b"g"), ("b", 0, 3, b"xyz")]
    assert [(one.path, one.begin, one.end, one.digest) for one in found] == [
        (path, begin, end, hashlib.sha256(data).digest()) for path, begin, end, data in parts
    ]
    assert heard.expected == heard.advanced == 10


def test_a_part_may_be_larger_than_what_is_read_at_once(tmp_path: Path) -> None:
    data = bytes(range(256)) * (BUFFER // 256 + 1)
    (tmp_path / "a").write_bytes(data)

    (found,) = shards(Root(tmp_path), [stamped(tmp_path, "a", ONE)], len(data) + 1)

    assert found == Shard("a", 0, len(data), hashlib.sha256(data).digest())


@pytest.mark.parametrize("size", [6, 8])
def test_a_file_of_another_size_is_noticed(folder: Path, size: int) -> None:
    with pytest.raises(ReleaseError) as caught:
        shards(Root(folder), [sized("a", size, ONE)], 3)

    assert caught.value.code is Code.FS_CHANGED


def test_a_file_that_was_replaced_since_it_was_listed_is_noticed(folder: Path) -> None:
    listed = stamped(folder, "a", ONE)
    (folder / "new").write_bytes(b"ABCDEFG")
    (folder / "new").replace(folder / "a")

    with pytest.raises(ReleaseError) as caught:
        shards(Root(folder), [listed], 3)

    assert caught.value.code is Code.FS_CHANGED


def appended(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"!")


def truncated(path: Path) -> None:
    os.truncate(path, 4)


@pytest.mark.parametrize("meddle", [appended, truncated])
def test_a_file_that_is_written_to_while_it_is_read_is_noticed(
    folder: Path, meddle: Callable[[Path], None]
) -> None:
    heard = Heard(on_advance=lambda _: meddle(folder / "a"))

    with pytest.raises(ReleaseError) as caught:
        shards(Root(folder), [stamped(folder, "a", ONE)], 3, heard=heard)

    assert caught.value.code is Code.FS_CHANGED


def test_a_disk_that_fails_is_told_of(folder: Path) -> None:
    def write_only(path: str) -> int:
        return os.open(folder / path, os.O_WRONLY)

    with pytest.raises(ReleaseError) as caught:
        shards(Opening(write_only), [sized("a", 7, ONE)], 3)

    assert caught.value.code is Code.FS_IO
