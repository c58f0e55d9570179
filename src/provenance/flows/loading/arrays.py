"""Read-only numpy arrays over bytes that were verified where they lie."""

from typing import TYPE_CHECKING

from provenance.doors.memory import private_memory
from provenance.errors import Code, ToolError, UsageError, WeightsError
from provenance.values.weights import DType, Tensor

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Where tensors begin in memory, as far as the file's own layout lets them: a cache line.
ALIGNMENT = 64

_NUMPY = {
    DType.BOOL: "?",
    DType.U8: "u1",
    DType.I8: "i1",
    DType.I16: "<i2",
    DType.U16: "<u2",
    DType.F16: "<f2",
    DType.I32: "<i4",
    DType.U32: "<u4",
    DType.F32: "<f4",
    DType.C64: "<c8",
    DType.F64: "<f8",
    DType.I64: "<i8",
    DType.U64: "<u8",
}
# Those of ml_dtypes. The format's F8_E4M3 is the one without infinities.
_ML_DTYPES = {
    DType.BF16: "bfloat16",
    DType.F8_E5M2: "float8_e5m2",
    DType.F8_E4M3: "float8_e4m3fn",
    DType.F8_E8M0: "float8_e8m0fnu",
    DType.F8_E4M3FNUZ: "float8_e4m3fnuz",
    DType.F8_E5M2FNUZ: "float8_e5m2fnuz",
}


def require_numpy() -> None:
    """Refuse to begin where numpy is not installed.

    Raises:
        ToolError: EXTRA_MISSING.
    """
    try:
        import numpy as np  # noqa: PLC0415 - an extra
    except ImportError as cause:
        raise _missing("numpy") from cause
    del np


class Room:
    """Private memory for the bytes of a file; byte ``at`` of them lies at a whole cache line."""

    def __init__(self, size: int, at: int) -> None:
        """Take room for ``size`` bytes.

        Raises:
            ToolError: RESOURCE, when there is no such room.
        """
        start = -at % ALIGNMENT
        self.view = private_memory(start + size)[start:]

    def sealed(self) -> "NDArray[np.uint8]":
        """Return the bytes as an array that cannot be made writable, nor can any view of it."""
        return _sealed(self.view.toreadonly())


def apart(data: "NDArray[np.uint8]") -> "NDArray[np.uint8]":
    """Return a read-only copy, so that a few bytes do not keep much memory in use."""
    return _sealed(data.tobytes())


def _sealed(data: bytes | memoryview) -> "NDArray[np.uint8]":
    import numpy as np  # noqa: PLC0415 - an extra

    return np.frombuffer(data, np.uint8)


def array_of(data: "NDArray[np.uint8]", tensor: Tensor) -> "NDArray[np.generic]":
    """Return a tensor whose raw bytes ``data`` are: a view, or a copy where they lie askew.

    Raises:
        UsageError: for an element type of less than a byte, which numpy has no packed form of.
        WeightsError: ST_SHAPE, for the shape of an empty tensor that no array can have.
        ToolError: EXTRA_MISSING, for a type of ml_dtypes where that is not installed.
    """
    dtype = _dtype(tensor)
    try:
        array: NDArray[np.generic] = data.view(dtype).reshape(tensor.shape)
    except ValueError as cause:
        raise WeightsError(
            f"the tensor {tensor.name[:80]!a} has a shape that no array can have",
            hint="leave this tensor out",
            code=Code.ST_SHAPE,
        ) from cause
    # A file may put a tensor where its elements cannot be read at once; compilers count on that.
    return array if array.flags.aligned else array_of(apart(data), tensor)


def _dtype(tensor: Tensor) -> "np.dtype[np.generic]":
    import numpy as np  # noqa: PLC0415 - an extra

    if tensor.dtype in _NUMPY:
        return np.dtype(_NUMPY[tensor.dtype])
    if tensor.dtype not in _ML_DTYPES:
        raise UsageError(
            f"numpy has no packed elements of {tensor.dtype.bits} bits: {tensor.dtype.label}",
            hint="ask for the tensor's raw bytes: get_bytes(name)",
        )
    try:
        import ml_dtypes  # noqa: PLC0415 - an extra
    except ImportError as cause:
        raise _missing("ml_dtypes") from cause
    found: np.dtype[np.generic] = np.dtype(getattr(ml_dtypes, _ML_DTYPES[tensor.dtype]))
    return found


def _missing(name: str) -> ToolError:
    return ToolError(
        f"{name} is not installed",
        hint='pip install "provenance-verifier[numpy]"',
        code=Code.EXTRA_MISSING,
    )
