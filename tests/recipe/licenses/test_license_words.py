import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.recipe.licenses.license_words import without_title, words_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The LICENCE, as is.", "the license as is"),
        ("1. Grant. (a) You may\n2) copy", "Grant. You may copy"),
        ("sub-license non-infringement", "sublicense noninfringement"),
        ("Copyright (c) 2015-2018 A. Author <a@b.example>\nPermission", "permission"),
        ("Copyright <year> <copyright holders>\nPermission", "permission"),
        ("\uff2d\uff29\uff34“x”", "mit x"),
        ("All rights reserved.\nPermission", "permission"),
    ],
)
def test_what_makes_no_other_licence_does_not_count(one: str, other: str) -> None:
    assert words_of(one) == words_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("copy", "\u0441\u043epy"),
        ("copy", "copy 不得商用"),
        ("Copyright 2024 A\ncopy", "Copyright 2024 A, for research only\ncopy"),
        ("Copyright 2024 A\ncopy", "Copyright 2024 A. Companies pay 5% of revenue\ncopy"),
        ("Copyright 2024 A\ncopy", "Copyright 2024 A, $99 monthly fee\ncopy"),
        ("copy", "Copyright forbids sale\ncopy"),
        ("copyright holders be liable for any damages", ""),
        ("100 million", "200 million"),
        ("li\u200bcense", "license"),
    ],
)
def test_every_other_word_counts_in_any_script(one: str, other: str) -> None:
    assert words_of(one) != words_of(other)


def test_a_name_in_a_bsd_licence_is_any_name_and_only_a_name() -> None:
    def clause(name: str) -> tuple[str, ...]:
        return words_of(f"Neither the name of {name} nor the names of its contributors may be used")

    assert clause("Some Company, Inc.") == clause("the copyright holder")
    assert clause("X. No commercial use, and not Y") != clause("the copyright holder")
    assert clause("X, to whom companies pay 5%,") != clause("the copyright holder")


def test_a_headline_is_taken_off_and_told() -> None:
    titles = {("mit", "license"): ["MIT"], ("license",): [], ("mit",): ["MIT"]}

    terms, found = without_title(words_of("# License\nMIT License\n\nPermission is"), titles)

    assert (terms, found) == (("permission", "is"), (("license",), ("mit", "license")))
    assert without_title(("license",), titles) == (("license",), ())


@given(st.text(max_size=200))
def test_words_of_words_are_the_same_words(text: str) -> None:
    words = words_of(text)

    assert words_of(" ".join(words)) == words or not words
