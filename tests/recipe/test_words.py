import pytest

from provenance.recipe.words import (
    about_others,
    components_of,
    denies,
    hedges,
    sentence_at,
    sentences,
    starts_of,
)
from provenance.values.component import Component


def test_a_dot_inside_a_word_ends_no_sentence() -> None:
    assert sentences("See train.py at v1.0. It works!") == ("See train.py at v1.0.", "It works!")
    assert sentences("") == ()


@pytest.mark.parametrize(
    ("sentence", "component"),
    [
        ("The training code is here.", Component.TRAINING_CODE),
        ("We release the pretraining data.", Component.DATASETS),
        ("Seed 7 was used.", Component.SEEDS),
        ("It took 8 H100 GPUs.", Component.HARDWARE),
    ],
)
def test_a_sentence_speaks_of_what_it_names(sentence: str, component: Component) -> None:
    assert component in components_of(sentence)


def test_the_sentence_around_a_place_is_found() -> None:
    text = "One is here. Two is there. "
    starts = starts_of(text)

    assert sentence_at(starts, text, 0) == "One is here."
    assert sentence_at(starts, text, text.index("there")) == "Two is there."


def test_a_sentence_that_names_nothing_speaks_of_nothing() -> None:
    assert components_of("A fine day.") == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "We do not release the training data.",
        "The training data cannot be shared.",
        "There are no plans to publish it.",
        "The dataset remains private.",
        "The code is not yet publicly available.",
    ],
)
def test_a_denial_is_understood(sentence: str) -> None:
    assert denies(sentence)
    assert not denies("We release the training data.")


@pytest.mark.parametrize(
    "sentence", ["Coming soon.", "Data is available upon request.", "Code will be released."]
)
def test_a_promise_is_no_claim(sentence: str) -> None:
    assert hedges(sentence)
    assert not hedges("Code is released.")


def test_somebody_else_s_work_is_told_from_the_publisher_s() -> None:
    assert about_others("Based on https://github.com/o/r.")
    assert not about_others("Our code is at https://github.com/o/r.")
