"""Tensors, and what the header of a weight file says of them."""

from enum import Enum, unique
from math import prod

import attrs

from provenance.values.digest import Digest
from provenance.values.hazard import Hazard
from provenance.values.path import RelPath


@unique
class DType(Enum):
    """The element types of safetensors, with their width in bits.

    Source: the ``Dtype`` enumeration of the safetensors format.
    """

    BOOL = ("BOOL", 8)
    F4 = ("F4", 4)
    F6_E2M3 = ("F6_E2M3", 6)
    F6_E3M2 = ("F6_E3M2", 6)
    U8 = ("U8", 8)
    I8 = ("I8", 8)
    F8_E5M2 = ("F8_E5M2", 8)
    F8_E4M3 = ("F8_E4M3", 8)
    F8_E8M0 = ("F8_E8M0", 8)
    F8_E4M3FNUZ = ("F8_E4M3FNUZ", 8)
    F8_E5M2FNUZ = ("F8_E5M2FNUZ", 8)
    I16 = ("I16", 16)
    U16 = ("U16", 16)
    F16 = ("F16", 16)
    BF16 = ("BF16", 16)
    I32 = ("I32", 32)
    U32 = ("U32", 32)
    F32 = ("F32", 32)
    C64 = ("C64", 64)
    F64 = ("F64", 64)
    I64 = ("I64", 64)
    U64 = ("U64", 64)

    @property
    def label(self) -> str:
        """Return the name that headers use."""
        return self.value[0]

    @property
    def bits(self) -> int:
        """Return the width of one element, in bits."""
        return self.value[1]


@attrs.frozen
class Tensor:
    """A named block of numbers: its type, shape and place in the file's data, in bytes."""

    name: str
    dtype: DType
    shape: tuple[int, ...]
    start: int
    end: int

    @property
    def elements(self) -> int:
        """Return the number of elements; 1 for a scalar."""
        return prod(self.shape)


@attrs.frozen
class Header:
    """What one weight file says it holds; every byte of its data belongs to one tensor."""

    tensors: tuple[Tensor, ...]
    metadata: tuple[tuple[str, str], ...] = ()


@attrs.frozen
class ShardIndex:
    """Which file each tensor of a sharded release is in, and the sizes' declared sum in bytes.

    ``odd`` is what is wrong with the index's own text and harms no reader.
    """

    path: RelPath
    weight_map: tuple[tuple[str, str], ...]
    total_size: int | None = None
    odd: tuple[Hazard, ...] = ()


@attrs.frozen
class Profile:
    """The final parameters of a release, over all shards.

    ``parameters`` counts elements; ``size`` is the tensors' data in bytes; ``dtypes`` are the
    element types' names, sorted.
    """

    format: str
    files: tuple[RelPath, ...]
    tensors: int
    parameters: int
    size: int
    dtypes: tuple[str, ...]
    tensor_root: Digest | None = None
