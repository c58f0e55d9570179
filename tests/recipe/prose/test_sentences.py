import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.recipe.prose.sentences import located, split_sentences
from provenance.text.span import Span

SOURCE = (
    "The **training code** is at [our repo](https://github.com/o/r/tree/main), e.g. `a.py`. It\n"
    "works well.  We do\nnot release\n<b>data</b>. Done \u00e9 here!"
).encode()
SHOWN = (
    "The training code is at our repo, e.g. a.py. It\nworks well. We do\nnot release\ndata. "
    "Done \u00e9 here!"
)


def test_a_dot_inside_a_word_or_an_abbreviation_ends_no_sentence() -> None:
    assert split_sentences("See train.py at v1.0, e.g. here. It works!") == (
        "See train.py at v1.0, e.g. here.",
        "It works!",
    )
    assert split_sentences("") == ()


def test_a_wrapped_line_goes_on_and_a_new_one_begins_anew() -> None:
    assert split_sentences("Data: x\nCode: y") == ("Data: x", "Code: y")
    assert split_sentences("We do\nnot release it.") == ("We do\nnot release it.",)
    long = "This line is so long that the next one can only be what was wrapped of it: a\nName."
    assert split_sentences(long) == (long,)


def test_sentences_are_found_again_in_the_bytes_with_marks_and_targets_between() -> None:
    found = located(SHOWN, Span(0, len(SOURCE)), SOURCE)

    quoted = [one.span.of(SOURCE).decode() for one in found]
    assert quoted == [
        "The **training code** is at [our repo](https://github.com/o/r/tree/main), e.g. `a.py",
        "It\nworks well",
        "We do\nnot release\n<b>data",
        "Done \u00e9 here",
    ]


def test_a_mark_that_says_yes_or_no_belongs_to_the_bytes_of_its_sentence() -> None:
    source = "- Training code: **\u274c**\n".encode()
    other = "\u274c **Training code**\n".encode()

    (after,) = located("Training code: \u274c", Span(0, len(source)), source)
    (before,) = located("\u274c Training code", Span(0, len(other)), other)

    assert after.span.of(source).decode() == "Training code: **\u274c"
    assert before.span.of(other).decode() == "\u274c **Training code"


def test_what_is_not_found_stands_for_its_paragraph() -> None:
    (one,) = located("\u2026", Span(2, 9), SOURCE)
    (other,) = located("nowhere", Span(2, 9), SOURCE)

    assert (one.span, other.span) == (Span(2, 9), Span(2, 9))


def test_a_text_that_is_nowhere_takes_no_time() -> None:
    data = b"a b " * 50_000

    assert len(located("c d " * 50_000, Span(0, len(data)), data)) == 1


@given(st.lists(st.from_regex(r"[A-Z][a-z]{0,6}( [a-z]{1,6}){0,5}[.!?]", fullmatch=True)))
def test_the_words_of_every_sentence_stand_in_its_bytes(parts: list[str]) -> None:
    text = "  ".join(parts)
    data = text.encode()

    for one in located(text, Span(0, len(data)), data):
        quoted = one.span.of(data).decode()
        assert re.findall(r"\w+", quoted) == re.findall(r"\w+", one.text)


@pytest.mark.parametrize("text", ["a\n" * 20_000, "A\n" * 20_000, "." * 50_000, "a. " * 20_000])
def test_no_text_is_slow_to_split(text: str) -> None:
    assert len(split_sentences(text)) <= 20_000


def test_a_sentence_goes_on_behind_every_abbreviation_in_a_row() -> None:
    assert split_sentences("See e.g. i.e. cf. vs. here. And xNo. there.") == (
        "See e.g. i.e. cf. vs. here.",
        "And xNo.",
        "there.",
    )
