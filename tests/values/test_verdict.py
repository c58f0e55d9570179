import pytest

from provenance.values.verdict import Answer, Failed, Passed, State, Undecided, Verdict, to_do, word


def test_the_three_verdicts_are_never_equal() -> None:
    reasons = ("the same reason",)

    assert len({str(one) for one in (Passed(reasons), Failed(reasons), Undecided(reasons))}) == 3


def test_what_to_do_is_said_once_for_what_is_not_met() -> None:
    answers = (
        Answer("a", State.MET, "it is", "nothing"),
        Answer("b", State.OPEN, "it may be", "look"),
        Answer("c", State.UNMET, "it is not", "look"),
        Answer("d", State.UNMET, "it is not", ""),
    )

    assert to_do(answers) == ("look",)
    assert word(Undecided(("a",), answers)) == "undecided"


@pytest.mark.parametrize("verdict", [Passed(("a",)), Failed(("a",)), Undecided(("a",))])
def test_a_verdict_cannot_be_used_as_a_condition(verdict: Verdict) -> None:
    with pytest.raises(TypeError, match="no truth value"):
        bool(verdict)
