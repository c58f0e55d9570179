import pytest

from provenance.errors import Code, InvalidValueError
from provenance.values.digest import Algorithm, Digest
from provenance.values.tensor_digest import TensorDigest
from provenance.values.weights import DType


def test_a_tensor_is_named_by_its_sha256_alone() -> None:
    blob = Digest(Algorithm.GIT_BLOB, bytes(20))

    with pytest.raises(InvalidValueError, match="not a gitblob") as raised:
        TensorDigest("a", DType.F32, (2,), blob)

    assert raised.value.code is Code.DIGEST
