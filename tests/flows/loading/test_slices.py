from pathlib import Path

import numpy as np
import pytest

from provenance.errors import VerificationError
from provenance.flows.loading.load import load
from provenance.flows.loading.slices import TensorSlice
from provenance.values.tree import LEAF
from provenance.values.weights import DType, Tensor
from tests.flows.weighed import NAME, flip, leaves_of, manifest, release

ROWS = np.arange(4 * LEAF // 8, dtype=np.int64).reshape(-1, 4, 8)


def data(tensor: Tensor) -> "np.ndarray[tuple[int, ...], np.dtype[np.generic]]":
    """Read rows from the array in memory."""
    return np.frombuffer(ROWS.tobytes()[tensor.start : tensor.end], np.int64).reshape(tensor.shape)


WHOLE = Tensor("rows", DType.I64, ROWS.shape, 0, ROWS.nbytes)


@pytest.mark.parametrize(
    "index",
    [
        slice(None),
        slice(3, 9),
        slice(-5, None),
        slice(9, 3),
        slice(0, 10**9),
        slice(0, 20, 3),
        slice(None, None, -1),
        (slice(2, 4), 1),
        (slice(2, 4), slice(None), slice(3)),
        (slice(2, 4), ..., 3),
        (slice(2, 4), None),
        5,
        -1,
        (5, 1, 2),
        ...,
    ],
    ids=str,
)
def test_a_slice_is_what_numpy_makes_of_the_whole(index: "int | slice") -> None:
    found = TensorSlice(WHOLE, data)[index]

    np.testing.assert_array_equal(found, ROWS[index], strict=True)


def test_a_number_alone_has_one_element() -> None:
    scalar = Tensor("scalar", DType.I64, (), 8, 16)

    assert TensorSlice(scalar, data)[()] == 1


def test_an_index_beyond_the_tensor_is_numpy_s_error() -> None:
    with pytest.raises(IndexError):
        TensorSlice(WHOLE, data)[10**9]


def test_only_the_rows_that_are_asked_for_are_read(tmp_path: Path) -> None:
    folder = release(tmp_path, {NAME: {"rows": ROWS}})
    listed = manifest(folder, tree=True)
    known = {NAME: leaves_of(folder / NAME)}
    flip(folder / NAME, 2 * LEAF + 5)

    rows = load(folder, manifest=listed, leaves=known).get_slice("rows")

    count = len(ROWS) // 4
    np.testing.assert_array_equal(rows[:count], ROWS[:count], strict=True)
    np.testing.assert_array_equal(rows[-count // 2 :], ROWS[-count // 2 :], strict=True)
    with pytest.raises(VerificationError):
        rows[: 3 * count]
