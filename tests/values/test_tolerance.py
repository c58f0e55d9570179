from provenance.values.tolerance import Tolerance


def test_every_tolerance_says_something_of_its_own() -> None:
    assert len({one.value for one in Tolerance}) == len(Tolerance) > 0
    assert all(one.value for one in Tolerance)
