import pytest

from provenance.errors import Code, TextError
from provenance.text.budget import Allowance, Budget, over


@pytest.mark.parametrize("count", ["bytes", "depth", "items"])
def test_a_budget_of_nothing_is_refused(count: str) -> None:
    with pytest.raises(TextError) as caught:
        Budget(**{count: 0})

    assert caught.value.code is Code.RESOURCE


def test_bytes_up_to_the_budget_fit_and_one_more_does_not() -> None:
    budget = Budget(bytes=10)

    budget.require_bytes(10, "the text")
    with pytest.raises(TextError, match="the text has at least 11 bytes") as caught:
        budget.require_bytes(11, "the text")

    assert caught.value.code is Code.RESOURCE


def test_what_is_over_a_budget_is_said_with_both_numbers() -> None:
    assert str(over("the YAML", 7, 5, "events")) == (
        "the YAML has at least 7 events, and at most 5 are read [RESOURCE]"
    )


def test_what_is_too_dear_takes_nothing_of_an_allowance() -> None:
    allowance = Allowance(10, "tokens")
    allowance.spend(6, "a")

    with pytest.raises(TextError, match=r"b has 5 tokens, and of the 10 .* 4 are left") as caught:
        allowance.spend(5, "b")

    assert caught.value.code is Code.RESOURCE
    allowance.spend(4, "c")
    assert allowance.left == 0
