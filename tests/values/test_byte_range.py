import pytest

from provenance.errors import InvalidValueError
from provenance.values.byte_range import ByteRange


@pytest.mark.parametrize(("start", "end"), [(-1, 0), (2, 1), (0, 10**18 + 1)])
def test_a_range_that_cannot_be_is_refused(start: int, end: int) -> None:
    with pytest.raises(InvalidValueError):
        ByteRange(start, end)


def test_a_range_covers_itself_and_no_more() -> None:
    assert ByteRange(1, 3).covers(ByteRange(1, 3))
    assert not ByteRange(1, 3).covers(ByteRange(1, 4))
    assert ByteRange(1, 3).size == 2
