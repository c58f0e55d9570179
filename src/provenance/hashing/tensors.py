"""The digests of a file's tensors, from its bytes as they stream by."""

import hashlib

from provenance.errors import Code, WeightsError
from provenance.values.digest import Algorithm, Digest
from provenance.values.tensor_digest import TensorDigest
from provenance.weights.placed import Placed
from provenance.weights.tensor_root import tensor_root


class TensorHash:
    """Takes a safetensors file's bytes in order, in pieces of any size, and hashes each tensor.

    Every byte of the data is one tensor's, so this costs one SHA-256 of the file, and memory for
    one digest per tensor.
    """

    def __init__(self, placed: Placed) -> None:
        """Begin before the first byte of a file of which it is known where its tensors lie."""
        self._skip = placed.data
        self._tensors = placed.header.tensors
        self._hashed: list[TensorDigest] = []
        self._at = 0
        self._tensor = hashlib.sha256()
        self._finish()

    def update(self, data: bytes | memoryview) -> None:
        """Take the next bytes; those before the first tensor and after the last are skipped."""
        view = memoryview(data)
        skipped = min(self._skip, len(view))
        self._skip -= skipped
        view = view[skipped:]
        while view and len(self._hashed) < len(self._tensors):
            part = view[: self._tensors[len(self._hashed)].end - self._at]
            self._tensor.update(part)
            self._at += len(part)
            view = view[len(part) :]
            self._finish()

    def _finish(self) -> None:
        """Take the digest of each tensor that ends here: one with bytes, and empty ones after."""
        while len(self._hashed) < len(self._tensors):
            tensor = self._tensors[len(self._hashed)]
            if tensor.end > self._at:
                return
            digest = Digest(Algorithm.SHA256, self._tensor.digest())
            self._hashed.append(TensorDigest(tensor.name, tensor.dtype, tensor.shape, digest))
            self._tensor = hashlib.sha256()

    @property
    def tensors(self) -> tuple[TensorDigest, ...]:
        """Return the digests of all tensors, in order of their place in the data.

        Raises:
            WeightsError: ST_OFFSET, when the bytes ended before the last tensor.
        """
        if len(self._hashed) < len(self._tensors):
            missing = self._tensors[len(self._hashed)]
            raise WeightsError(
                f"the bytes end before the tensor {missing.name[:80]!a} does",
                hint="pass all bytes of the file",
                code=Code.ST_OFFSET,
            )
        return tuple(self._hashed)

    @property
    def root(self) -> Digest:
        """Return the tensor root of this file alone: see :mod:`provenance.weights.tensor_root`.

        Raises:
            WeightsError, TextError: as :attr:`tensors` and ``tensor_root`` do.
        """
        return tensor_root(self.tensors)
