"""A part of a tensor, read without the rest where it is a run of rows."""

from typing import TYPE_CHECKING, TypeAlias

import attrs

from provenance.values.weights import Tensor

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import EllipsisType

    import numpy as np
    from numpy.typing import NDArray

    Index: TypeAlias = int | slice | EllipsisType | None


@attrs.frozen
class TensorSlice:
    """A tensor of which only what is asked for is read; what ``safe_open.get_slice`` returns.

    Neighbouring rows (the first axis, with step 1) are read and verified alone; for any other
    index the whole tensor is. What comes is read-only, and verified as whole tensors are.
    """

    _tensor: Tensor
    _read: "Callable[[Tensor], NDArray[np.generic]]"

    def get_shape(self) -> list[int]:
        """Return the shape of the whole tensor."""
        return list(self._tensor.shape)

    def get_dtype(self) -> str:
        """Return the element type as safetensors spells it."""
        return self._tensor.dtype.label

    def __getitem__(self, index: "Index | tuple[Index, ...]") -> "NDArray[np.generic]":
        """Return what the index selects; an int gives a row, not a number of Python's.

        Raises:
            IndexError: as numpy does.
            UsageError, ToolError, VerificationError, WeightsError, ReleaseError: as
                ``get_tensor``.
        """
        import numpy as np  # noqa: PLC0415 - an extra

        first, *others = index if isinstance(index, tuple) and index else (index,)
        if not isinstance(first, slice) or not self._tensor.shape:
            return np.asarray(self._read(self._tensor)[index])
        rows = range(self._tensor.shape[0])[first]
        if rows.step != 1:
            return self._read(self._tensor)[index]
        return self._read(self._rows(rows))[(slice(None), *others)]

    def _rows(self, rows: range) -> Tensor:
        """Return neighbouring rows as a tensor of their own."""
        one = self._tensor
        bits = one.dtype.bits
        for side in one.shape[1:]:
            bits *= side
        start = one.start + rows.start * bits // 8
        end = start + len(rows) * bits // 8
        return attrs.evolve(one, shape=(len(rows), *one.shape[1:]), start=start, end=end)
