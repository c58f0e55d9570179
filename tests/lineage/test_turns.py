import pytest

from provenance.lineage.turns import Ends, turn_of, turn_of_order
from provenance.values.movement import Turn


@pytest.mark.parametrize(
    ("before", "after", "turn"),
    [
        ((2, 2), (3, 6), Turn.OPENED),
        ((3, 6), (0, 2), Turn.CLOSED),
        ((3, 3), (3, 3), Turn.CHANGED),
        ((2, 4), (4, 6), Turn.UNKNOWN),
        ((4, 6), (0, 4), Turn.UNKNOWN),
        ((3, 3), (3, 6), Turn.UNKNOWN),
    ],
)
def test_it_opened_or_closed_only_if_it_surely_did(before: Ends, after: Ends, turn: Turn) -> None:
    assert turn_of(before, after) is turn


def test_a_side_that_does_not_know_leaves_it_unknown() -> None:
    assert turn_of_order(None, 1) is turn_of_order(1, None) is Turn.UNKNOWN
    assert turn_of_order(0, 1) is Turn.OPENED
    assert turn_of_order(1, 0) is Turn.CLOSED
    assert turn_of_order(1, 1) is Turn.CHANGED
