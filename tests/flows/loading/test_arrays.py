import sys

import numpy as np
import pytest

from provenance.errors import Code, ToolError, UsageError, WeightsError
from provenance.flows.loading.arrays import ALIGNMENT, Room, apart, array_of, require_numpy
from provenance.values.weights import DType, Tensor

PACKED = [DType.F4, DType.F6_E2M3, DType.F6_E3M2]


def filled(data: bytes, at: int = 0) -> "np.ndarray[tuple[int], np.dtype[np.uint8]]":
    room = Room(len(data), at)
    room.view[:] = data
    return room.sealed()


@pytest.mark.parametrize("dtype", [one for one in DType if one not in PACKED])
def test_every_type_of_whole_bytes_has_an_array(dtype: DType) -> None:
    size = dtype.bits // 8
    data = filled(bytes(6 * size))

    array = array_of(data, Tensor("a", dtype, (2, 3), 0, 6 * size))

    assert (array.shape, array.itemsize) == ((2, 3), size)
    assert not array.flags.writeable
    assert np.shares_memory(array, data)


@pytest.mark.parametrize(
    ("dtype", "data", "value"),
    [
        (DType.BF16, b"\x80\x3f", 1.0),
        (DType.F16, b"\x00\x3c", 1.0),
        (DType.F8_E5M2, b"\x3c", 1.0),
        (DType.F8_E4M3, b"\x38", 1.0),
        # The largest value: the encoding without infinities has 448 where another has infinity.
        (DType.F8_E4M3, b"\x7e", 448.0),
        (DType.F8_E8M0, b"\x80", 2.0),
        (DType.I64, b"\xff" * 8, -1),
        (DType.C64, b"\x00\x00\x80\x3f\x00\x00\x00\x40", 1 + 2j),
        (DType.BOOL, b"\x01", True),
    ],
)
def test_elements_are_little_endian_and_of_their_type(
    dtype: DType, data: bytes, value: complex
) -> None:
    array = array_of(filled(data), Tensor("a", dtype, (), 0, len(data)))

    assert complex(array[()]) == value


@pytest.mark.parametrize("dtype", PACKED)
def test_elements_of_less_than_a_byte_have_none(dtype: DType) -> None:
    with pytest.raises(UsageError, match=dtype.label) as raised:
        array_of(filled(bytes(6)), Tensor("a", dtype, (8,), 0, 6))

    assert "get_bytes" in raised.value.hint


@pytest.mark.parametrize("at", [0, 1, 8, 63, 64, 65])
def test_the_place_that_matters_lies_at_a_cache_line(at: int) -> None:
    room = Room(200, at)

    assert len(room.view) == 200
    assert (room.sealed().__array_interface__["data"][0] + at) % ALIGNMENT == 0


def test_an_array_that_lies_askew_is_a_read_only_copy() -> None:
    data = filled(bytes(range(9)))[1:]

    array = array_of(data, Tensor("a", DType.F64, (1,), 0, 8))

    assert array.flags.aligned
    assert array.tobytes() == bytes(range(1, 9))
    assert not array.flags.writeable


def test_an_empty_tensor_has_an_array_if_any_array_has_its_shape() -> None:
    empty = filled(b"")

    assert array_of(empty, Tensor("a", DType.F32, (0, 3), 0, 0)).shape == (0, 3)
    with pytest.raises(WeightsError) as raised:
        array_of(empty, Tensor("a", DType.F32, (0, 2**62), 0, 0))
    assert raised.value.code is Code.ST_SHAPE


def test_bytes_apart_are_a_copy_that_stays_read_only() -> None:
    data = filled(b"abc")

    copy = apart(data[1:])

    assert copy.tobytes() == b"bc"
    assert not np.shares_memory(copy, data)
    with pytest.raises(ValueError, match="WRITEABLE"):
        copy.flags.writeable = True


def test_without_numpy_nothing_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    require_numpy()
    monkeypatch.setitem(sys.modules, "numpy", None)

    with pytest.raises(ToolError, match="numpy is not installed") as raised:
        require_numpy()

    assert raised.value.code is Code.EXTRA_MISSING
    assert "provenance-verifier[numpy]" in raised.value.hint


def test_without_ml_dtypes_only_its_types_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ml_dtypes", None)
    data = filled(bytes(2))

    assert array_of(data, Tensor("a", DType.F16, (1,), 0, 2))[0] == 0
    with pytest.raises(ToolError, match="ml_dtypes is not installed") as raised:
        array_of(data, Tensor("a", DType.BF16, (1,), 0, 2))
    assert raised.value.code is Code.EXTRA_MISSING
