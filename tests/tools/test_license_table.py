from tools.license_table import Text as LicenseCopy
from tools.license_table import layouts, plainest, titles_of


def test_a_licence_is_known_with_and_without_what_is_no_part_of_its_terms() -> None:
    text = "grant of rights end of terms and conditions how to apply"
    words = tuple(text.split())

    assert set(layouts(words)) == {words, words[:3], words[:8]}


def test_the_frame_of_a_creative_commons_licence_is_no_part_of_it() -> None:
    terms = "creative commons attribution by exercising the licensed rights you accept"
    around = (
        f"creative commons says {terms} creative commons is not a party to its public licenses x"
    )

    assert tuple(terms.split()) in set(layouts(tuple(around.split())))


def test_of_several_ids_for_the_same_words_the_narrowest_comes_first() -> None:
    every = {"GPL-2.0", "GPL-2.0-only", "GPL-2.0-or-later", "GPL-2.0+"}

    assert min(every, key=lambda one: plainest(one, every)) == "GPL-2.0-only"


def test_a_sentence_is_no_headline() -> None:
    long = "A licence is what you read here, and it goes on for long."
    sentence = LicenseCopy("X", (), long, listed=True)
    headed = LicenseCopy("X", (), "The X Licence\n\nterms", listed=True)

    assert list(titles_of(sentence)) == []
    assert list(titles_of(headed)) == [("the", "x", "license")]
