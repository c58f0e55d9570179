import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import InvalidValueError
from provenance.values.byte_range import ByteRange
from provenance.values.file_parts import FilePart, FileParts
from provenance.values.path import RelPath

DATA = bytes(range(64))
FILE = FileParts(RelPath("a"), len(DATA))
RANGES = st.tuples(st.integers(0, 64), st.integers(0, 64)).map(
    lambda pair: ByteRange(*sorted(pair))
)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_a_range_does_not_end_before_it_starts(start: int, end: int) -> None:
    with pytest.raises(InvalidValueError):
        ByteRange(start, end)


@given(st.lists(RANGES), RANGES)
def test_what_is_held_is_what_the_file_has(came: list[ByteRange], wanted: ByteRange) -> None:
    file = FILE
    for one in came:
        file = file.with_part(one.start, DATA[one.start : one.end])

    here = {at for one in came for at in range(one.start, one.end)}
    assert file.holds(wanted) is (here >= set(range(wanted.start, wanted.end)))
    if file.holds(wanted):
        assert file.take(wanted) == DATA[wanted.start : wanted.end]


def test_parts_that_touch_are_one_and_others_are_apart() -> None:
    file = FILE.with_part(8, b"ij").with_part(0, b"ab").with_part(2, b"cd").with_part(60, b"")

    assert file.parts == (FilePart(0, b"abcd"), FilePart(8, b"ij"))
    assert file.start == b"abcd"


def test_without_its_first_byte_a_file_has_no_beginning() -> None:
    assert FILE.with_part(1, b"b").start == b""
    assert FILE.start == b""


def test_bytes_that_were_not_read_cannot_be_taken() -> None:
    file = FILE.with_part(0, b"ab")

    with pytest.raises(InvalidValueError, match="were not read"):
        file.take(ByteRange(1, 3))

    assert file.take(ByteRange(9, 9)) == b""
