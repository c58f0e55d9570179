from pathlib import Path

import pytest

from provenance.recipe.licenses.license_likeness import likeness
from provenance.recipe.licenses.license_table import table
from provenance.recipe.licenses.license_words import words_of
from provenance.values.license import Likeness

APACHE = (Path(__file__).resolve().parents[3] / "LICENSE").read_text("utf-8")


def like(text: str) -> Likeness:
    terms, _ = table().headlines(words_of(text))
    found = likeness(terms, table())
    assert found
    return found


def test_the_words_that_differ_are_shown_on_both_sides() -> None:
    found = like(APACHE.replace("irrevocable", "revocable", 1))

    assert (found.id, found.added, found.missing) == (
        "Apache-2.0",
        ("revocable",),
        ("irrevocable",),
    )
    assert 0.99 < found.similarity < 1


def test_the_same_words_in_another_order_are_not_the_licence() -> None:
    half = len(APACHE) // 2

    assert like(APACHE[half:] + "\n" + APACHE[:half]).similarity < 1


def test_many_differences_are_shown_in_part_and_counted() -> None:
    words = APACHE.split()
    words[::25] = [f"new{number}" for number in range(len(words[::25]))]

    found = like(" ".join(words))

    assert len(found.added) == 8
    assert found.more > 20


def test_a_long_difference_is_cut() -> None:
    found = like(APACHE + " and".join(f" word{number}" for number in range(200)))

    assert max(map(len, found.added)) == 240
    assert found.added[-1].endswith("…")


@pytest.mark.parametrize("text", ["", "A fine day for a walk by the sea, and for nothing else."])
def test_what_is_no_licence_is_like_none(text: str) -> None:
    assert likeness(words_of(text), table()) is None
