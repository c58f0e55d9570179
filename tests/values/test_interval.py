import pytest

from provenance.errors import InvalidValueError
from provenance.values.interval import Interval


@pytest.mark.parametrize(("lo", "hi"), [(0.5, 0.4), (-0.1, 0.5), (0.5, 1.1), (float("nan"), 1.0)])
def test_ends_out_of_order_or_range_are_refused(lo: float, hi: float) -> None:
    with pytest.raises(InvalidValueError):
        Interval(lo, hi)


def test_a_point_is_an_interval() -> None:
    assert Interval(0.5, 0.5).lo == 0.5
