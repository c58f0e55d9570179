import hashlib
import json
from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import Code, TextError, WeightsError
from provenance.values.digest import Algorithm, Digest
from provenance.values.tensor_digest import TensorDigest
from provenance.values.weights import DType
from provenance.weights.tensor_root import tensor_root


def digest(name: str, data: bytes = b"", shape: tuple[int, ...] = (0,)) -> TensorDigest:
    found = Digest(Algorithm.SHA256, hashlib.sha256(data).digest())
    return TensorDigest(name, DType.BF16, shape, found)


def naive(tensors: Sequence[TensorDigest]) -> str:
    """Write the lines down as the definition says them, with nothing of ours."""
    lines = "provenance tensor-root v1\n"
    for one in sorted(tensors, key=lambda one: [ord(char) for char in one.name]):
        parts = [one.name, one.dtype.label, list(one.shape), one.digest.value.hex()]
        lines += json.dumps(parts, ensure_ascii=False, separators=(",", ":")) + "\n"
    return hashlib.sha256(lines.encode()).hexdigest()


VECTORS = [
    ([], "baeffc4c9942fc73236e900113c453f0eb5a5e1c3b247f65c2ada1f9489e3d55"),
    (
        [digest("weight", bytes(4), (1, 2))],
        "51d7b05b8fd1fd427433669f28c9b20d63d8d2ede2269f3ab10409ec58861d48",
    ),
    # By code points, the second comes first; by UTF-16 units, it would come last.
    (
        [digest("\U0001f600", b"1"), digest("\ufb01", b"2"), digest("a.b", b"3", ())],
        "54ea78be889653e273ccd300bed6511ef531f786bfd2c410e42ea2a67f6ec439",
    ),
]


@pytest.mark.parametrize(("tensors", "expected"), VECTORS)
def test_the_root_is_that_of_the_vector(tensors: list[TensorDigest], expected: str) -> None:
    assert str(tensor_root(tensors)) == f"sha256:{expected}"
    assert naive(tensors) == expected


names = st.text('aB.0"\\ \u00e9\ufb01\U0001f600', max_size=4)


@given(st.lists(names, unique=True, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_the_tensors_has_no_part_in_the_root(names: list[str], random: Random) -> None:
    tensors = [digest(name, name.encode(), (2, 3)) for name in names]
    shuffled = list(tensors)
    random.shuffle(shuffled)

    assert tensor_root(shuffled) == tensor_root(tensors)
    assert tensor_root(tensors).value.hex() == naive(tensors)


@pytest.mark.parametrize(
    "other",
    [
        digest("b", b"1", (2,)),
        digest("a", b"2", (2,)),
        digest("a", b"1", (1, 2)),
        TensorDigest("a", DType.F16, (2,), digest("a", b"1").digest),
    ],
)
def test_name_type_shape_and_bytes_each_have_a_part_in_the_root(other: TensorDigest) -> None:
    assert tensor_root([other]) != tensor_root([digest("a", b"1", (2,))])


def test_one_name_twice_has_no_root() -> None:
    with pytest.raises(WeightsError) as raised:
        tensor_root([digest("a"), digest("b"), digest("a")])

    assert raised.value.code is Code.IX_TENSOR_TWICE


def test_a_shape_that_no_array_has_has_no_root() -> None:
    with pytest.raises(TextError) as raised:
        tensor_root([digest("a", shape=(0, 2**60))])

    assert raised.value.code is Code.JSON_INT
