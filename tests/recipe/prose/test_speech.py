import pytest

from provenance.recipe.prose.speech import (
    about_named_others,
    about_others,
    about_readers,
    denies,
    denies_at,
    denies_what_was_named,
    gives,
    hedges,
    of_running,
    offers,
    partly,
    tells_of,
)


@pytest.mark.parametrize(
    "sentence",
    [
        "We do not release the training data.",
        "The training data cannot be shared.",
        "There are no plans to publish it.",
        "The dataset remains private.",
        "The code is not yet publicly available.",
        "The code isn\u2019t open-sourced.",
        "Training data: not released",
        "The release lacks it.",
    ],
)
def test_a_denial_is_understood(sentence: str) -> None:
    assert denies(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "We release the training data.",
        "Not only the weights but also the data is released.",
        "The data does not include personal information.",
        "It does not make assumptions.",
    ],
)
def test_what_is_no_denial_is_not_taken_for_one(sentence: str) -> None:
    assert not denies(sentence)


def test_a_denial_is_about_what_stands_in_its_place() -> None:
    assert denies_at("we do not release the code", 22)
    assert not denies_at("the code does not provide multi-GPU support", 4)
    assert denies_at("the code that we do not release: code", 4)
    assert denies_at("there is no public code", 19)
    assert denies_what_was_named("it is not")
    assert not denies_what_was_named("it is")


@pytest.mark.parametrize(
    "sentence",
    [
        "Coming soon.",
        "Data is available upon request.",
        "Code will be released.",
        "We\u2019ll publish it.",
        "We plan to open-source it.",
        "To be released.",
        "We would like to release our code, https://example.org, but are unable to.",
        "We'd love to share it.",
        "Code is available to partners under NDA.",
        "It is available under a non-disclosure agreement.",
    ],
)
def test_a_promise_is_no_claim(sentence: str) -> None:
    assert hedges(sentence)
    assert not hedges("Code is released.")


def test_somebody_else_s_work_is_told_from_the_publisher_s() -> None:
    assert about_others("Based on https://github.com/o/r.")
    assert about_others("We use the code of X.")
    assert not about_others("Our code is at https://github.com/o/r.")
    assert not about_others("It was trained using our code.")


def test_a_name_of_somebody_else_is_told_from_the_publisher_s_own() -> None:
    assert about_named_others("Meta did not release it.", frozenset({"acme"}))
    assert not about_named_others("Meta releases Llama 3.", frozenset({"meta", "llama"}))


@pytest.mark.parametrize(
    "sentence", ["Bring your own data.", "Users must provide data.", "Where is the data?"]
)
def test_what_is_said_to_the_reader_gives_nothing(sentence: str) -> None:
    assert about_readers(sentence)
    assert not about_readers("The data is here.")


def test_a_part_is_neither_all_nor_nothing() -> None:
    assert partly("Not all of the data is released.")
    assert partly("We share only a sample of the data.")
    assert not partly("The data is released.")


def test_a_bare_keyword_gives_nothing() -> None:
    assert not gives("training code inference code seeds")
    assert gives("The training code is here.")
    assert gives("Seed 7 was used.")
    assert offers("The training code is here.")
    assert not offers("Our training data has 2T tokens.")


def test_what_tells_of_a_thing_is_not_the_thing() -> None:
    assert tells_of("details of the data", 15)
    assert tells_of("scripts to get the data", 19)
    assert not tells_of("details: the data", 13)
    assert not tells_of("we share the data", 13)


def test_use_is_told_from_training() -> None:
    assert of_running("It needs at least two GPUs.")
    assert not of_running("Training needs at least two GPUs.")
