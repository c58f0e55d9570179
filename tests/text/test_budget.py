import pytest

from provenance.errors import Code, TextError
from provenance.text.budget import Budget, over


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
