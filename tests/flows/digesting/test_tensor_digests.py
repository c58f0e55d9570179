import hashlib
from pathlib import Path

import numpy as np
import pytest
import safetensors.numpy

from provenance.errors import Code
from provenance.flows.digesting.digest import Digesting, digest
from provenance.values.digest_list import DigestList

ARRAYS = {name: np.arange(size, dtype=np.float32) for size, name in enumerate("abcd")}


def hashed(folder: Path) -> DigestList:
    return digest([folder], Digesting(tensors=True))


def model(folder: Path, *shards: str, metadata: dict[str, str] | None = None) -> Path:
    folder.mkdir()
    for number, names in enumerate(shards):
        arrays = {name: ARRAYS[name] for name in names}
        safetensors.numpy.save_file(arrays, folder / f"{number}.safetensors", metadata)
    return folder


def test_each_tensor_has_the_digest_of_its_bytes(tmp_path: Path) -> None:
    found = hashed(model(tmp_path / "m", "abcd"))

    assert found.tensors is not None
    assert {one.name: one.digest.value for one in found.tensors} == {
        name: hashlib.sha256(array.tobytes()).digest() for name, array in ARRAYS.items()
    }
    assert found.clean


def test_the_root_does_not_depend_on_metadata_or_shards(tmp_path: Path) -> None:
    whole = hashed(model(tmp_path / "m", "abcd")).tensor_root

    assert whole is not None
    noted = model(tmp_path / "n", "abcd", metadata={"format": "pt", "z": "1", "a": "2"})
    assert hashed(noted).tensor_root == whole
    assert hashed(model(tmp_path / "o", "db", "ac")).tensor_root == whole
    assert hashed(model(tmp_path / "p", "a", "b", "c", "d")).tensor_root == whole
    assert hashed(model(tmp_path / "q", "abc")).tensor_root != whole


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", Code.ST_TOO_SHORT),
        (b"\xff" * 20, Code.ST_HEADER_LEN),
        (b"\x02\0\0\0\0\0\0\0[]", Code.ST_HEADER_JSON),
        (b"\x02\0\0\0\0\0\0\0{}x", Code.ST_TRAILING),
        (b'\x0a\0\0\0\0\0\0\0{"a":null}', Code.ST_HEADER_JSON),
    ],
    ids=str,
)
def test_a_malformed_header_is_trouble_and_stops_no_other_file(
    tmp_path: Path, data: bytes, code: Code
) -> None:
    folder = model(tmp_path / "m", "abcd")
    (folder / "bad.safetensors").write_bytes(data)

    found = hashed(folder)

    assert [(one.path, one.code) for one in found.troubles] == [("bad.safetensors", code)]
    assert found.tensors is not None
    assert [one.name for one in found.tensors] == list("abcd")
    assert found.tensor_root is None
    assert [row.path for row in found.rows] == ["0.safetensors", "bad.safetensors"]


def test_a_header_that_is_too_large_to_read_is_trouble(tmp_path: Path) -> None:
    folder = model(tmp_path / "m", "a")
    with (folder / "huge.safetensors").open("wb") as file:
        file.write((30_000_000).to_bytes(8, "little"))
        file.truncate(40_000_000)

    assert [one.code for one in hashed(folder).troubles] == [Code.RESOURCE]


def test_a_tensor_in_two_files_is_trouble_and_has_no_root(tmp_path: Path) -> None:
    found = hashed(model(tmp_path / "m", "ab", "bc"))

    assert [one.code for one in found.troubles] == [Code.IX_TENSOR_TWICE]
    assert found.tensor_root is None


def test_a_file_that_cannot_be_read_leaves_no_root(tmp_path: Path) -> None:
    folder = model(tmp_path / "m", "abcd")
    (folder / "gone.safetensors").symlink_to("nowhere")

    found = hashed(folder)

    assert [one.code for one in found.troubles] == [Code.FS_SYMLINK_BROKEN]
    assert found.tensor_root is None


def test_tensors_that_nobody_asked_for_are_not_read(tmp_path: Path) -> None:
    found = digest([model(tmp_path / "m", "abcd")])

    assert found.tensors is None
    assert found.tensor_root is None


def test_no_tensors_have_no_root(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")

    found = hashed(tmp_path)

    assert found.clean
    assert found.tensors == ()
    assert found.tensor_root is None
