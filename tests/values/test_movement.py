from provenance.values.movement import Aspect, Turn


def test_not_knowing_is_a_turn_of_its_own() -> None:
    assert Turn.UNKNOWN not in {Turn.OPENED, Turn.CLOSED, Turn.CHANGED}
    assert next(iter(Aspect)) is Aspect.LABEL
