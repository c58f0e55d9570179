"""The digest of one tensor's bytes, wherever they are stored."""

import attrs

from provenance.errors import Code, InvalidValueError
from provenance.values.digest import Algorithm, Digest
from provenance.values.weights import DType


def _sha256(_: object, __: object, digest: Digest) -> None:
    if digest.algorithm is not Algorithm.SHA256:
        raise InvalidValueError(
            f"a tensor has a sha256, not a {digest.algorithm}",
            hint="hash the tensor's raw bytes with SHA-256",
            code=Code.DIGEST,
        )


@attrs.frozen
class TensorDigest:
    """A tensor by its name, element type, shape, and the SHA-256 of its raw bytes.

    The bytes are the elements in row-major order, each little-endian, packed without gaps: as
    safetensors stores them.
    """

    name: str
    dtype: DType
    shape: tuple[int, ...]
    digest: Digest = attrs.field(validator=_sha256)
