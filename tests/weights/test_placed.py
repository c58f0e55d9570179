import pytest

from provenance.errors import Code, WeightsError
from provenance.values.look import Seen, Unseen
from provenance.values.path import RelPath
from provenance.weights.placed import data_begins, is_placed, placed
from provenance.weights.safetensors import LONGEST_READ, MOST_TENSORS

PATH = RelPath("a.safetensors")
HEADER = b'{"t":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}'
FILE = len(HEADER).to_bytes(8, "little") + HEADER + b"ab"


def test_the_data_begins_after_the_header() -> None:
    asked: list[tuple[int, int]] = []

    def part(start: int, end: int) -> bytes:
        asked.append((start, end))
        return FILE[start:end]

    found = placed(PATH, len(FILE), part)

    assert isinstance(found, Seen)
    assert FILE[found.value.data :] == b"ab"
    assert [one.name for one in found.value.header.tensors] == ["t"]
    assert asked == [(0, 8), (8, 8 + len(HEADER))]
    assert data_begins(FILE[:8]) == found.value.data


@pytest.mark.parametrize(
    "header",
    [
        b" " * (LONGEST_READ + 1),
        b'{"data_offsets":0' + b',"data_offsets":0' * MOST_TENSORS + b"}",
    ],
    ids=["long", "many"],
)
def test_a_header_that_is_more_than_is_read_is_unseen(header: bytes) -> None:
    file = len(header).to_bytes(8, "little") + header

    found = placed(PATH, len(file), lambda start, end: file[start:end])

    assert isinstance(found, Unseen)
    assert found.code is Code.RESOURCE


def test_a_broken_header_is_an_error() -> None:
    with pytest.raises(WeightsError) as caught:
        placed(PATH, 3, lambda start, end: b"abc"[start:end])

    assert caught.value.code is Code.ST_TOO_SHORT


def test_the_place_of_tensors_is_known_in_files_that_are_called_so() -> None:
    assert is_placed(RelPath("a/B.SAFETENSORS"))
    assert not is_placed(RelPath("a.gguf"))
