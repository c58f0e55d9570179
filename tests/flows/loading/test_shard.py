from pathlib import Path
from typing import BinaryIO

import numpy as np
import pytest

from provenance.errors import Code, VerificationError, WeightsError
from provenance.flows.loading.shard import Shard
from provenance.hashing.checked import Expected, Pace
from provenance.values.path import RelPath
from provenance.values.tree import LEAF, Leaves
from provenance.values.weights import Header
from tests.flows.weighed import ARRAYS, NAME, entry, flip, leaves_of, release


class Folder:
    """Opens files of a folder, and counts."""

    def __init__(self, path: Path) -> None:
        self._path, self.opened = path, 0

    def open(self, path: RelPath) -> BinaryIO:
        self.opened += 1
        return (self._path / path.text).open("rb", buffering=0)


def shard(
    folder: Path, *, tree: bool, most: int = 2**40, leaves: Leaves | None = None
) -> tuple[Shard, Folder]:
    found = entry(folder, NAME, tree=tree)
    digest = found.digests.tree_sha256 or found.sha256
    assert digest is not None
    files = Folder(folder)
    expected = Expected(found.path, found.size, digest)
    return Shard(expected, files.open, leaves, most=most), files


def names(header: Header) -> set[str]:
    return {tensor.name for tensor in header.tensors}


def test_a_file_in_memory_is_not_opened_again(tmp_path: Path) -> None:
    one, files = shard(release(tmp_path), tree=False)
    header = one.header(Pace())

    parts = [one.bytes_of(tensor, Pace()) for tensor in header.tensors]

    assert files.opened == 1
    assert np.shares_memory(parts[0], one.whole(Pace())[1])


def test_a_file_stays_in_memory_as_long_as_its_arrays_do(tmp_path: Path) -> None:
    one, files = shard(release(tmp_path), tree=False)
    first, *others = one.header(Pace()).tensors
    array = one.bytes_of(first, Pace())

    one.let_go()
    one.bytes_of(others[0], Pace())

    assert files.opened == 1
    del array
    one.bytes_of(others[0], Pace())
    assert files.opened == 3


@pytest.mark.parametrize("tree", [True, False])
def test_what_was_let_go_of_is_verified_by_leaves(tmp_path: Path, *, tree: bool) -> None:
    one, _ = shard(release(tmp_path), tree=tree)
    tensors = {tensor.name: tensor for tensor in one.header(Pace()).tensors}
    one.let_go()
    one.bytes_of(tensors["last"], Pace())
    flip(tmp_path / NAME, LEAF // 2)

    assert one.bytes_of(tensors["last"], Pace()).tobytes() == ARRAYS["last"].tobytes()
    with pytest.raises(VerificationError, match="between byte 0 and"):
        one.bytes_of(tensors["first"], Pace())


def test_a_file_that_is_too_large_is_never_in_memory(tmp_path: Path) -> None:
    size = release(tmp_path).joinpath(NAME).stat().st_size
    fitting, _ = shard(tmp_path, tree=True, most=size)
    larger, _ = shard(tmp_path, tree=True, most=size - 1)

    for one, shared in ((fitting, True), (larger, False)):
        tensors = one.header(Pace()).tensors
        held = one.whole(Pace())[1] if shared else one.bytes_of(tensors[0], Pace())
        assert np.shares_memory(one.bytes_of(tensors[1], Pace()), held) is shared


def test_a_hint_is_what_the_file_says_now_and_nothing_is_verified(tmp_path: Path) -> None:
    one, _ = shard(release(tmp_path), tree=True)
    path = tmp_path / NAME
    path.write_bytes(path.read_bytes().replace(b'"last"', b'"lost"'))

    hint = one.hinted()

    assert hint is not None
    assert names(hint) == {"first", "middle", "lost"}
    with pytest.raises(VerificationError):
        one.header(Pace())


def test_a_header_that_cannot_be_read_is_no_hint(tmp_path: Path) -> None:
    one, _ = shard(release(tmp_path), tree=True)
    (tmp_path / NAME).write_bytes(b"none")

    assert one.hinted() is None


@pytest.mark.parametrize("tree", [True, False])
@pytest.mark.parametrize("most", [0, 2**40])
@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", Code.ST_TOO_SHORT),
        (b"none", Code.ST_TOO_SHORT),
        (b"\xff" * 8, Code.ST_HEADER_LEN),
        ((2).to_bytes(8, "little") + b"[]", Code.ST_HEADER_JSON),
        ((2).to_bytes(8, "little") + b"{}tail", Code.ST_TRAILING),
    ],
)
def test_a_listed_file_that_is_no_safetensors_file_breaks_a_rule(
    tmp_path: Path, data: bytes, code: Code, most: int, *, tree: bool
) -> None:
    (tmp_path / NAME).write_bytes(data)
    one, _ = shard(tmp_path, tree=tree, most=most)

    for read in (lambda: one.header(Pace()), lambda: one.whole(Pace())):
        with pytest.raises(WeightsError) as raised:
            read()
        assert raised.value.code is code


def test_a_header_over_the_cap_is_not_read(tmp_path: Path) -> None:
    length = 25_000_001
    (tmp_path / NAME).write_bytes(length.to_bytes(8, "little") + b"{}" + b" " * (length - 2))
    one, _ = shard(tmp_path, tree=True)

    with pytest.raises(WeightsError) as raised:
        one.header(Pace())

    assert raised.value.code is Code.RESOURCE


def test_a_header_beyond_the_budget_of_its_reader_is_not_read(tmp_path: Path) -> None:
    header = b'{"__metadata__":{"a":"' + b"," * 5_000_000 + b'"}}'
    (tmp_path / NAME).write_bytes(len(header).to_bytes(8, "little") + header)
    one, _ = shard(tmp_path, tree=True)

    with pytest.raises(WeightsError) as raised:
        one.header(Pace())

    assert raised.value.code is Code.RESOURCE


def test_a_header_of_several_leaves_is_read_by_them(tmp_path: Path) -> None:
    arrays = {f"layer.{number:040}": np.zeros(1) for number in range(12_000)}
    folder = release(tmp_path, {NAME: arrays})
    header = int.from_bytes((folder / NAME).read_bytes()[:8], "little")
    one, _ = shard(folder, tree=True, most=0, leaves=leaves_of(folder / NAME))

    assert header > LEAF
    assert names(one.header(Pace())) == arrays.keys()


def test_small_neighbours_are_read_once_and_keep_no_more_than_themselves(tmp_path: Path) -> None:
    arrays = {f"bias.{number}": np.full(10, number) for number in range(100)}
    folder = release(tmp_path, {NAME: arrays | {"weight": np.zeros(LEAF)}})
    one, files = shard(folder, tree=True, most=0, leaves=leaves_of(folder / NAME))
    tensors = [it for it in one.header(Pace()).tensors if it.name != "weight"]
    before = files.opened

    parts = [one.bytes_of(tensor, Pace()) for tensor in tensors]

    assert files.opened - before <= 2
    assert all(not np.shares_memory(part, parts[0]) for part in parts[1:])
    assert parts[-1].tobytes() == arrays[tensors[-1].name].tobytes()
