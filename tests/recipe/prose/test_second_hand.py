import pytest

from provenance.recipe.prose.second_hand import is_keywords, unsettled, without_struck


@pytest.mark.parametrize(
    "sentence",
    [
        "It is not true that we release the training code.",
        "It isn't the case that the data is public.",
        "It is a myth that the code is closed.",
        "There is no reason to keep the code private.",
        "We have not decided whether to release it.",
        "We cannot not release it.",
        "No training data is withheld.",
        "The training data is not private.",
        "The training data is hardly available.",
        "According to a blog, the code is there.",
        "Another team's code is at a place.",
        "If the license permits, the training data is released.",
        "Users say that the code is open.",
    ],
)
def test_nothing_follows_from_hearsay_doubt_and_two_negations(sentence: str) -> None:
    assert unsettled(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "We do not release the training data.",
        "We do not release our private training data.",
        "The data is not public but private.",
        "The training code is released.",
        "According to our licence, the data cannot be shared.",
        "The paper says more.",
    ],
)
def test_what_the_publisher_says_is_settled(sentence: str) -> None:
    assert not unsettled(sentence)


def test_what_is_struck_through_is_taken_back() -> None:
    assert without_struck("a ~~b c~~ d ~~e") == "a d ~~e"


def test_a_heap_of_keywords_is_told_from_a_list() -> None:
    assert is_keywords("training code seeds training data released", 3)
    assert not is_keywords("training code, seeds, training data released", 3)
    assert not is_keywords("training code released", 1)
