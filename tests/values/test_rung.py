import pytest

from provenance.errors import InvalidValueError
from provenance.values.rung import Reach, Rung


def test_unknown_is_not_absent() -> None:
    assert Reach(Rung.ABSENT, Rung.REPRODUCED).unknown
    assert not Reach(Rung.ABSENT, Rung.ABSENT).unknown
    assert not Reach(Rung.LOCATED, Rung.REPRODUCED).unknown


def test_the_upper_end_is_never_below_the_lower() -> None:
    with pytest.raises(InvalidValueError):
        Reach(Rung.BOUND, Rung.RETRIEVED)
