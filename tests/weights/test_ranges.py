from collections.abc import Callable
from typing import ClassVar

import attrs
import pytest

from provenance.errors import Code, WeightsError
from provenance.values.byte_range import ByteRange
from provenance.values.file_parts import FileParts
from provenance.values.hazard import Hazard
from provenance.values.look import Unseen
from provenance.values.path import RelPath
from provenance.values.weight_kind import WeightKind
from provenance.weights.ranges import MOST_BYTES, lacking, require_whole


@attrs.frozen
class Wanting:
    """A format that wants what it is told to."""

    ranges: Callable[[FileParts], tuple[ByteRange, ...]]
    kind: ClassVar[WeightKind] = WeightKind("wanting", read=True)

    def begins(self, start: bytes) -> bool:
        return not start

    def wants(self, file: FileParts) -> tuple[ByteRange, ...]:
        return self.ranges(file)

    def parse(self, file: FileParts) -> tuple[Unseen, tuple[Hazard, ...]]:
        return Unseen(file.path.text), ()


FILE = FileParts(RelPath("a"), 2**40)
TWO = Wanting(lambda file: (ByteRange(file.size - 4, file.size), ByteRange(0, 8)))


def test_what_is_here_is_not_wanted_again() -> None:
    file = FILE.with_part(0, bytes(100))

    assert lacking(TWO, file) == (ByteRange(2**40 - 4, 2**40),)
    assert lacking(TWO, file.with_part(2**40 - 4, b"tail")) == ()


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (ByteRange(2**40 - 1, 2**40 + 1), Code.WEIGHT_FORMAT),
        (ByteRange(2**50, 2**50 + 1), Code.WEIGHT_FORMAT),
        (ByteRange(0, MOST_BYTES + 1), Code.RESOURCE),
    ],
)
def test_a_file_that_says_too_much_is_an_error(wanted: ByteRange, code: Code) -> None:
    with pytest.raises(WeightsError) as caught:
        lacking(Wanting(lambda _: (wanted,)), FILE)

    assert caught.value.code is code


def test_small_steps_do_not_pass_the_bound() -> None:
    endless = Wanting(lambda file: (ByteRange(len(file.start), len(file.start) + MOST_BYTES // 2),))
    file = FILE
    for _ in range(2):
        (one,) = lacking(endless, file)
        file = file.with_part(one.start, bytes(one.size))

    with pytest.raises(WeightsError) as caught:
        lacking(endless, file)

    assert caught.value.code is Code.RESOURCE


def test_a_file_that_was_not_read_to_its_end_is_an_error() -> None:
    with pytest.raises(WeightsError) as caught:
        require_whole(TWO, FILE)

    assert caught.value.code is Code.RESOURCE
    require_whole(Wanting(lambda _: ()), FILE)
