import hashlib
from collections.abc import Callable
from io import FileIO
from pathlib import Path
from typing import BinaryIO

import pytest

from provenance.doors.disk import Root
from provenance.errors import Code, ReleaseError
from provenance.flows.silence import Silence
from provenance.hashing.engine import BUFFER, Open
from provenance.hashing.shards import Shard, digest_shards
from provenance.values.digest import Algorithm
from provenance.values.path import RelPath

A, B, EMPTY = RelPath("a"), RelPath("b"), RelPath("empty")


def shards(
    open_file: Open, files: list[tuple[RelPath, int]], size: int, threads: int = 0
) -> tuple[Shard, ...]:
    return digest_shards(
        files,
        open_file,
        algorithm=Algorithm.SHA256,
        size=size,
        threads=threads,
        progress=Silence(),
    )


@pytest.fixture
def folder(tmp_path: Path) -> Root:
    (tmp_path / "a").write_bytes(b"abcdefg")
    (tmp_path / "b").write_bytes(b"xyz")
    (tmp_path / "empty").write_bytes(b"")
    return Root(tmp_path)


@pytest.mark.parametrize("threads", [0, 1, 2, 7])
def test_files_are_cut_at_one_size(folder: Root, threads: int) -> None:
    found = shards(folder.open, [(A, 7), (EMPTY, 0), (B, 3)], 3, threads)

    parts = [(A, 0, 3, b"abc"), (A, 3, 6, b"def"), (A, 6, 7, b"g"), (B, 0, 3, b"xyz")]
    assert [(one.path, one.start, one.end, one.digest.value) for one in found] == [
        (path, start, end, hashlib.sha256(data).digest()) for path, start, end, data in parts
    ]


def test_a_part_may_be_larger_than_what_is_read_at_once(tmp_path: Path) -> None:
    data = bytes(range(256)) * (BUFFER // 256 + 1)
    (tmp_path / "a").write_bytes(data)

    (found,) = shards(Root(tmp_path).open, [(A, len(data))], len(data) + 1)

    assert found.digest.value == hashlib.sha256(data).digest()
    assert (found.start, found.end) == (0, len(data))


@pytest.mark.parametrize("size", [6, 8])
def test_a_file_of_another_size_is_noticed(folder: Root, size: int) -> None:
    with pytest.raises(ReleaseError) as caught:
        shards(folder.open, [(A, size)], 3)

    assert caught.value.code is Code.FS_CHANGED


class Meddled(FileIO):
    """A file that somebody writes to between two reads."""

    def __init__(self, path: Path, meddle: Callable[[Path], object]) -> None:
        super().__init__(path)
        self._path = path
        self._meddle = meddle

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self._meddle(self._path)
        return data or b""


def appended(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"!")


def truncated(path: Path) -> None:
    path.write_bytes(b"a")


@pytest.mark.parametrize("meddle", [appended, truncated])
def test_a_file_that_is_written_to_is_noticed(
    tmp_path: Path, meddle: Callable[[Path], object]
) -> None:
    place = tmp_path / "a"
    place.write_bytes(b"abcdefg")

    def opened(_: RelPath) -> BinaryIO:
        return Meddled(place, meddle)

    with pytest.raises(ReleaseError) as caught:
        shards(opened, [(A, 7)], 3)

    assert caught.value.code is Code.FS_CHANGED
