import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import safetensors

from provenance.errors import Code, MissingTensorError, UsageError, VerificationError, WeightsError
from provenance.flows.loading.load import load
from provenance.flows.loading.tensors import VerifiedTensors
from provenance.values.settings import Settings
from tests.flows.weighed import ARRAYS, NAME, flip, manifest, release

SHARDS = {
    f"model-{number:05}-of-00003.safetensors": {
        f"layer.{number}.{name}": array for name, array in ARRAYS.items()
    }
    for number in (1, 2, 3)
}
TREE = pytest.mark.parametrize("tree", [True, False], ids=["tree", "sha256"])


def tensors(folder: Path, *, tree: bool, whole: int = 2**30) -> VerifiedTensors:
    listed = manifest(folder, tree=tree)
    return load(folder, manifest=listed, settings=Settings(jobs=2), whole=whole)


@TREE
@pytest.mark.parametrize("whole", [0, 2**30])
def test_shards_are_one_mapping(tmp_path: Path, whole: int, *, tree: bool) -> None:
    folder = release(tmp_path, SHARDS)
    expected = {name: array for shard in SHARDS.values() for name, array in shard.items()}

    for found in (
        dict(tensors(folder, tree=tree, whole=whole)),
        tensors(folder, tree=tree, whole=whole).get_tensors(),
    ):
        assert found.keys() == expected.keys()
        for name, array in expected.items():
            np.testing.assert_array_equal(found[name], array, strict=True)


def test_it_has_the_shape_of_safe_open(tmp_path: Path) -> None:
    folder = release(tmp_path)

    with (
        safetensors.safe_open(folder / NAME, "np") as theirs,
        tensors(folder, tree=True) as ours,
    ):
        assert sorted(ours.keys()) == sorted(theirs.keys())
        assert ours.offset_keys() == theirs.offset_keys()
        assert ours.metadata() == theirs.metadata()
        for name in theirs.keys():  # noqa: SIM118 - it is no mapping
            np.testing.assert_array_equal(ours.get_tensor(name), theirs.get_tensor(name))
            assert ours.get_slice(name).get_shape() == theirs.get_slice(name).get_shape()
            assert ours.get_slice(name).get_dtype() == theirs.get_slice(name).get_dtype()
            np.testing.assert_array_equal(ours.get_slice(name)[1:], theirs.get_slice(name)[1:])


def test_one_shard_is_enough_for_a_tensor_that_is_in_it(tmp_path: Path) -> None:
    folder = release(tmp_path, SHARDS)
    found = tensors(folder, tree=False)
    flip(folder / "model-00003-of-00003.safetensors", -1)

    assert found["layer.1.last"][99] == 99
    with pytest.raises(VerificationError, match="model-00003-of-00003"):
        found["layer.3.last"]


@TREE
def test_a_tensor_is_only_missing_when_every_header_was_verified(
    tmp_path: Path, *, tree: bool
) -> None:
    folder = release(tmp_path, SHARDS)
    found = tensors(folder, tree=tree)
    # The name of a tensor, changed where nothing else notices.
    path = folder / "model-00002-of-00003.safetensors"
    flip(path, path.read_bytes().index(b"layer.2.last"))

    with pytest.raises(VerificationError) as raised:
        found["layer.2.last"]

    assert raised.value.code is Code.FILE_CHANGED


def test_a_header_that_lies_about_where_a_tensor_is_leads_nowhere(tmp_path: Path) -> None:
    folder = release(tmp_path, SHARDS)
    found = tensors(folder, tree=True)
    path = folder / "model-00002-of-00003.safetensors"
    data = path.read_bytes()
    path.write_bytes(data.replace(b"layer.2.last", b"layer.9.last"))

    with pytest.raises(VerificationError):
        found["layer.9.last"]


@TREE
def test_one_bad_shard_and_all_tensors_are_refused(tmp_path: Path, *, tree: bool) -> None:
    folder = release(tmp_path, SHARDS)
    found = tensors(folder, tree=tree)
    flip(folder / "model-00002-of-00003.safetensors", -1)

    with pytest.raises(VerificationError, match="model-00002-of-00003") as raised:
        found.get_tensors()

    assert raised.value.code is Code.FILE_CHANGED


@pytest.mark.parametrize("access", ["get", "len", "all"])
def test_a_name_in_two_files_is_an_error(tmp_path: Path, access: str) -> None:
    folder = release(tmp_path, {"a.safetensors": ARRAYS, "b.safetensors": ARRAYS})
    found = tensors(folder, tree=True)
    ways = {"get": lambda: found["last"], "len": lambda: len(found), "all": found.get_tensors}

    with pytest.raises(WeightsError) as raised:
        ways[access]()

    assert raised.value.code is Code.IX_TENSOR_TWICE
    assert len(load(folder, manifest=manifest(folder, tree=True), files=["b.safetensors"])) == 3


def test_metadata_is_what_all_files_agree_on(tmp_path: Path) -> None:
    folder = release(tmp_path, SHARDS)

    assert tensors(folder, tree=True).metadata() == {"format": "np"}


def test_what_is_closed_gives_nothing_more_and_its_arrays_stay(tmp_path: Path) -> None:
    folder = release(tmp_path)
    with tensors(folder, tree=True) as found:
        array = found["last"]

    for access in (lambda: found["last"], lambda: list(found), found.get_tensors):
        with pytest.raises(UsageError, match="closed"):
            access()
    assert array[99] == 99


def test_a_tensor_is_described_without_being_read(tmp_path: Path) -> None:
    found = tensors(release(tmp_path), tree=True)

    assert found.describe("middle").shape == (2, ARRAYS["middle"].shape[1])
    with pytest.raises(MissingTensorError):
        found.describe("none")


def test_other_keys_than_texts_are_not_there(tmp_path: Path) -> None:
    found = tensors(release(tmp_path), tree=True)

    others: list[object] = [1, None, b"last", ("last",)]
    assert not any(other in found for other in others)
    assert "last" in found


@TREE
def test_threads_may_share_it(tmp_path: Path, *, tree: bool) -> None:
    folder = release(tmp_path, SHARDS)
    found = tensors(folder, tree=tree)
    together = threading.Barrier(4)

    def all_of(_: int) -> bool:
        together.wait()
        return all((found[name] == ARRAYS[name.split(".")[2]]).all() for name in found)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(all_of, range(4))) == [True] * 4
