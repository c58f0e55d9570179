"""The tensor root: one digest for all tensors of a model, whatever container they come in."""

import hashlib
from collections.abc import Iterable
from itertools import pairwise
from operator import attrgetter

from provenance.errors import Code, WeightsError
from provenance.text.canonical_json import encode
from provenance.values.digest import Algorithm, Digest
from provenance.values.tensor_digest import TensorDigest

DOMAIN = b"provenance tensor-root v1\n"


def tensor_root(tensors: Iterable[TensorDigest]) -> Digest:
    r"""Return the SHA-256 over all tensors of a model, in any order, from any number of files.

    Hashed are the line ``provenance tensor-root v1``, then one line for each tensor, sorted by the
    code points of the names: the RFC 8785 canonical JSON of ``[name, dtype, shape, sha256]``, with
    the dtype as safetensors spells it, the shape as an array of whole numbers and the SHA-256 of
    the tensor's raw bytes in lowercase hex. Every line ends in ``\n``.

    Metadata, the order in a file and the division into files have no part in it.

    Raises:
        WeightsError: IX_TENSOR_TWICE, for two tensors of one name.
        TextError: JSON_INT, for a side of 2**53 elements or more, which only an empty tensor has.
    """
    ordered = sorted(tensors, key=attrgetter("name"))
    for before, after in pairwise(ordered):
        if before.name == after.name:
            raise WeightsError(
                f"the tensor {after.name[:80]!a} is there twice",
                hint="name the files of one model only",
                code=Code.IX_TENSOR_TWICE,
            )
    hashed = hashlib.sha256(DOMAIN)
    for one in ordered:
        line = encode((one.name, one.dtype.label, one.shape, one.digest.value.hex()))
        hashed.update(line + b"\n")
    return Digest(Algorithm.SHA256, hashed.digest())
