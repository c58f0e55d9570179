import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import Code
from provenance.text.note import Note
from provenance.text.span import Span
from provenance.text.untrusted import (
    character_notes,
    has_bidi,
    has_control,
    printable,
)

anything = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=("Cc", "Cf", "Cs", "Zl", "Zp")),
        st.sampled_from("\x1b\r\n\t\u202e\u2066\u200b\ufeff\U000e0041"),
    ),
    max_size=30,
)


@given(anything)
def test_nothing_that_hides_or_moves_text_is_shown(text: str) -> None:
    shown = printable(text)

    assert not has_control(shown)
    assert not has_bidi(shown)
    assert not set(shown) & set("\r\n\t\u2028\u2029\u200b\u200d\u2060\ufeff")
    assert shown == shown.encode().decode()


@given(anything)
def test_escaping_twice_changes_nothing_more(text: str) -> None:
    assert printable(printable(text)) == printable(text)


@given(anything, st.integers(1, 40))
def test_a_limit_holds_and_cuts_no_escape_in_two(text: str, limit: int) -> None:
    whole, shown = printable(text), printable(text, limit)

    assert len(shown) <= limit
    assert shown == whole if len(whole) <= limit else shown.endswith("…")
    assert whole.startswith(shown.removesuffix("…"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain é 中 😀", "plain é 中 😀"),
        ("\x1b[8m", r"\x1b[8m"),
        ("a\u202eb", r"a\u202eb"),
        ("a\nb\tc\r", r"a\nb\tc\r"),
        ("\ud800", r"\ud800"),
        ("\U000e0041", r"\U000e0041"),
        ("\x9b2J", r"\x9b2J"),
    ],
)
def test_escapes_name_the_character(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_a_limit_cuts_before_an_escape_that_does_not_fit() -> None:
    assert printable("ab\x1bcd", 5) == "ab…"
    assert printable("abcdef", 5) == "abcd…"
    assert printable("abcde", 5) == "abcde"


def test_control_and_bidirectional_characters_are_told_apart() -> None:
    assert (has_control("a\x1b"), has_bidi("a\x1b")) == (True, False)
    assert (has_control("a\u202e"), has_bidi("a\u202e")) == (False, True)
    assert (has_control("a\n\t\r"), has_bidi("a\n")) == (False, False)


def test_notes_count_such_characters_and_name_the_first() -> None:
    span = Span(3, 9)

    assert character_notes("plain\n", span) == ()
    assert character_notes("\x1b\x07\u202e", span) == (
        Note(Code.CTRL_CHARS, "2 control characters, the first is U+001B", span),
        Note(
            Code.BIDI,
            "1 characters that change the direction of writing, the first is U+202E",
            span,
        ),
    )
