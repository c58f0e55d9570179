import hashlib
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from provenance.errors import Code, ReleaseError, VerificationError
from provenance.hashing.checked import Expected, Interrupted, Pace, Reading, require_leaves
from provenance.values.digest import Algorithm, Digest
from provenance.values.path import RelPath
from provenance.values.tree import LEAF, Leaves
from provenance.values.tree_hash import TreeHash

PATH = RelPath("model.safetensors")
SIZES = [0, 1, LEAF - 1, LEAF, LEAF + 1, 5 * LEAF + 7]
TREE = pytest.mark.parametrize("tree", [True, False], ids=["tree", "sha256"])
THREADS = pytest.mark.parametrize("threads", [0, 1, 3])


def content(size: int) -> bytes:
    """Return bytes of which no two leaves are equal."""
    return b"".join(hashlib.sha256(b"%d" % at).digest() for at in range(-(-size // 32)))[:size]


def leaves(data: bytes) -> Leaves:
    tree = TreeHash()
    tree.update(data)
    return tree.leaves


def expected(data: bytes, *, tree: bool) -> Expected:
    sha256 = Digest(Algorithm.SHA256, hashlib.sha256(data).digest())
    return Expected(PATH, len(data), leaves(data).root if tree else sha256)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[[bytes], BinaryIO]]:
    """Write bytes into a file and open it; closed at the end."""
    files: list[BinaryIO] = []

    def open_with(data: bytes) -> BinaryIO:
        path = tmp_path / str(len(files))
        path.write_bytes(data)
        files.append(path.open("rb", buffering=0))
        return files[-1]

    yield open_with
    for file in files:
        file.close()


Opened = Callable[[bytes], BinaryIO]


@TREE
@THREADS
@pytest.mark.parametrize("size", SIZES)
def test_the_buffer_holds_the_file(opened: Opened, size: int, threads: int, *, tree: bool) -> None:
    data = content(size)
    buffer = bytearray(size)

    found = Reading(opened(data), expected(data, tree=tree), Pace(threads)).whole(
        memoryview(buffer)
    )

    assert buffer == data
    assert found == (leaves(data) if tree else None)


@TREE
@THREADS
@pytest.mark.parametrize("size", SIZES)
def test_one_pass_gives_the_leaves(opened: Opened, size: int, threads: int, *, tree: bool) -> None:
    data = content(size)

    found = Reading(opened(data), expected(data, tree=tree), Pace(threads)).learn()

    assert found == leaves(data)


@THREADS
@pytest.mark.parametrize(("first", "count"), [(0, 1), (0, 4), (1, 2), (3, 1), (2, 0)])
def test_a_part_is_read_by_its_leaves_alone(
    opened: Opened, first: int, count: int, threads: int
) -> None:
    data = content(3 * LEAF + 100)
    begin, end = first * LEAF, min((first + count) * LEAF, len(data))
    # Whatever is not asked for may be wrong.
    file = opened(bytes(begin) + data[begin:end] + bytes(len(data) - end))
    buffer = bytearray(end - begin)

    reading = Reading(file, expected(data, tree=True), Pace(threads))
    reading.part(leaves(data), first, memoryview(buffer))

    assert buffer == data[begin:end]


@TREE
@THREADS
@pytest.mark.parametrize("place", [0, LEAF - 1, LEAF, 2 * LEAF - 1, 2 * LEAF, -1])
def test_one_flipped_bit_is_an_error(
    opened: Opened, place: int, threads: int, *, tree: bool
) -> None:
    data = content(2 * LEAF + 100)
    changed = bytearray(data)
    changed[place] ^= 0x80
    reading = Reading(opened(bytes(changed)), expected(data, tree=tree), Pace(threads))
    buffer = memoryview(bytearray(len(data)))

    reads: list[Callable[[], object]] = [
        lambda: reading.whole(buffer),
        reading.learn,
        lambda: reading.part(leaves(data), 0, buffer),
    ]
    for read in reads:
        with pytest.raises(VerificationError) as raised:
            read()
        assert raised.value.code is Code.FILE_CHANGED


def test_leaves_in_another_order_are_an_error(opened: Opened) -> None:
    data = content(3 * LEAF)
    swapped = data[LEAF : 2 * LEAF] + data[:LEAF] + data[2 * LEAF :]
    reading = Reading(opened(swapped), expected(data, tree=True), Pace())

    with pytest.raises(VerificationError):
        reading.whole(memoryview(bytearray(len(data))))


@TREE
def test_a_file_that_shrinks_after_it_was_opened_is_an_error(tmp_path: Path, *, tree: bool) -> None:
    data = content(3 * LEAF)
    path = tmp_path / "file"
    path.write_bytes(data)

    class Shrinking:
        """A file that loses its end when its size was asked for."""

        def __init__(self, file: BinaryIO) -> None:
            self._file, self._asked = file, 0

        def fileno(self) -> int:
            self._asked += 1
            if self._asked == 2:
                os.truncate(path, LEAF)
            return self._file.fileno()

    with path.open("rb", buffering=0) as file:
        reading = Reading(Shrinking(file), expected(data, tree=tree), Pace(1))  # type: ignore[arg-type]
        with pytest.raises(VerificationError, match="ends at byte 1048576") as raised:
            reading.whole(memoryview(bytearray(len(data))))

    assert raised.value.code is Code.FILE_CHANGED


def test_a_disk_that_fails_is_a_typed_error(tmp_path: Path) -> None:
    data = content(10)
    path = tmp_path / "file"
    path.write_bytes(data)

    # A descriptor that is not for reading refuses every read, as a failing disk does.
    with path.open("ab", buffering=0) as file, pytest.raises(ReleaseError) as raised:
        Reading(file, expected(data, tree=False), Pace()).learn()

    assert raised.value.code is Code.FS_IO


@TREE
@pytest.mark.parametrize("threads", [1, 3])
def test_whoever_gives_up_ends_the_work(opened: Opened, threads: int, *, tree: bool) -> None:
    data = content(4 * LEAF)
    stop = threading.Event()
    stop.set()
    reading = Reading(opened(data), expected(data, tree=tree), Pace(threads, stop))

    with pytest.raises(Interrupted):
        reading.whole(memoryview(bytearray(len(data))))


def test_leaves_are_believed_when_their_root_is_listed() -> None:
    data = content(2 * LEAF)

    assert require_leaves(expected(data, tree=True), leaves(data)) == leaves(data)


@pytest.mark.parametrize("other", [content(LEAF), content(2 * LEAF)[::-1], b""])
def test_other_leaves_are_refused(other: bytes) -> None:
    with pytest.raises(VerificationError) as raised:
        require_leaves(expected(content(2 * LEAF), tree=True), leaves(other))

    assert raised.value.code is Code.FILE_CHANGED


def test_leaves_are_refused_where_no_root_is_listed() -> None:
    data = content(LEAF)

    with pytest.raises(VerificationError, match="without a tree-sha256"):
        require_leaves(expected(data, tree=False), leaves(data))
