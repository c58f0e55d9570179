import pytest

from provenance.recipe.prose.words import (
    bare_places_of,
    components_of,
    ends_of,
    places_of,
    sentences,
    speaks,
)
from provenance.values.component import Component


def test_a_text_is_split_into_sentences() -> None:
    assert sentences("One. Two.") == ("One.", "Two.")


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
    assert speaks(sentence)


def test_a_sentence_that_names_nothing_speaks_of_nothing() -> None:
    assert components_of("A fine day.") == ()
    assert not speaks("A fine day.")


def test_what_is_named_in_general_counts_for_a_denial_only() -> None:
    assert list(places_of("The code is great.")) == []
    assert dict(bare_places_of("The code is great.")) == {Component.TRAINING_CODE: 4}


def test_every_place_where_a_thing_is_named_is_told() -> None:
    text = "Training code: the training code."

    assert [at for _, at in places_of(text)] == [0, 19]
    assert list(ends_of(Component.TRAINING_CODE, text)) == [13, 32]
    assert components_of(text) == (Component.TRAINING_CODE,)
