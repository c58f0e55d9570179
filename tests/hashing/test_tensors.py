import hashlib
from collections.abc import Iterable

import numpy as np
import pytest
import safetensors.numpy
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from provenance.errors import Code, WeightsError
from provenance.hashing.tensors import TensorHash
from provenance.values.look import Seen
from provenance.values.path import RelPath
from provenance.weights.placed import placed
from provenance.weights.tensor_root import tensor_root

ARRAYS: dict[str, NDArray[np.generic]] = {
    "empty": np.zeros((0, 3), np.float32),
    "bytes": np.arange(7, dtype=np.uint8),
    "scalar": np.asarray(1.5),
    "matrix": np.arange(12, dtype=np.float32).reshape(3, 4),
    "none": np.zeros(0, np.uint8),
}


def file(arrays: dict[str, NDArray[np.generic]], metadata: dict[str, str] | None = None) -> bytes:
    return safetensors.numpy.save(arrays, metadata)


def begun(data: bytes) -> TensorHash:
    look = placed(RelPath("a.safetensors"), len(data), lambda start, end: data[start:end])
    assert isinstance(look, Seen)
    return TensorHash(look.value)


def hashed(data: bytes, sizes: Iterable[int] = ()) -> TensorHash:
    found = begun(data)
    for size in sizes:
        found.update(data[:size])
        data = data[size:]
    found.update(data)
    return found


@given(st.lists(st.integers(0, 200), max_size=12))
def test_pieces_of_any_size_give_each_tensor_s_own_digest(sizes: list[int]) -> None:
    tensors = hashed(file(ARRAYS), sizes).tensors

    assert {one.name: one.digest.value for one in tensors} == {
        name: hashlib.sha256(array.tobytes()).digest() for name, array in ARRAYS.items()
    }
    assert {one.name: one.shape for one in tensors} == {k: v.shape for k, v in ARRAYS.items()}


def test_the_root_is_equal_across_metadata_order_and_shards() -> None:
    whole = hashed(file(ARRAYS)).root
    names = list(ARRAYS)

    assert hashed(file(ARRAYS, {"format": "pt", "z": "1", "a": "2"})).root == whole
    assert hashed(reordered()).root == whole
    for cut in range(len(names) + 1):
        shards = [{name: ARRAYS[name] for name in part} for part in (names[:cut], names[cut:])]
        tensors = [one for shard in shards for one in hashed(file(shard)).tensors]
        assert tensor_root(tensors) == whole


def reordered() -> bytes:
    """Return a file that holds the same tensors in another order than any library writes them."""
    parts, header, end = [], [], 0
    labels = {"float32": "F32", "uint8": "U8", "float64": "F64"}
    for name, array in ARRAYS.items():
        data = array.tobytes()
        offsets = f'"data_offsets":[{end},{end + len(data)}]'
        dtype = labels[array.dtype.name]
        header.append(f'"{name}":{{"dtype":"{dtype}","shape":{list(array.shape)},{offsets}}}')
        parts.append(data)
        end += len(data)
    text = f"{{{','.join(header)}}}".encode()
    return len(text).to_bytes(8, "little") + text + b"".join(parts)


def test_a_file_without_tensors_has_the_root_of_none() -> None:
    assert hashed(file({})).root == tensor_root([])


def test_one_flipped_bit_gives_another_root() -> None:
    data = bytearray(file(ARRAYS))
    before = hashed(bytes(data)).root
    data[-1] ^= 1

    assert hashed(bytes(data)).root != before


def test_bytes_that_end_early_have_no_root() -> None:
    data = file(ARRAYS)
    found = begun(data)
    found.update(data[:-1])

    with pytest.raises(WeightsError, match="end before the tensor") as raised:
        _ = found.root

    assert raised.value.code is Code.ST_OFFSET
