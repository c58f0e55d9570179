from provenance.values.verdict import Failed, Passed, Undecided


def test_the_three_verdicts_are_never_equal() -> None:
    reasons = ("the same reason",)

    assert len({str(one) for one in (Passed(reasons), Failed(reasons), Undecided(reasons))}) == 3
