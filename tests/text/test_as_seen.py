import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.text.as_seen import as_seen, disguised, split_unseen


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("plain", "plain"),
        ("tr\u0430ining", "training"),
        ("c\u043ede", "code"),
        ("n\u200bot", "not"),
        ("\uff43ode", "code"),
        ("\u043a\u043e\u0434 \u0434\u0430", "\u043a\u043e\u0434 \u0434\u0430"),
    ],
)
def test_a_text_is_read_in_the_letters_that_it_looks_to_be_written_in(
    written: str, seen: str
) -> None:
    assert as_seen(written) == seen


def test_only_words_that_mix_alphabets_are_disguised() -> None:
    assert disguised("tr\u0430ining \u03b2-VAE \u043a\u043e\u0434 plain") == ("tr\u0430ining",)
    assert disguised("plain") == ()


def test_a_joined_emoji_breaks_no_word() -> None:
    assert split_unseen("n\u200bot")
    assert not split_unseen("\U0001f468\u200d\U0001f4bb works")


@given(st.text(max_size=100))
def test_what_was_read_once_stays_as_it_is(text: str) -> None:
    seen = as_seen(text)

    assert as_seen(seen) == seen


@pytest.mark.parametrize("blank", [" ", "\t", "\n", "\u00a0", "\u2003", " \u200b", "\u2028"])
def test_blanks_are_one_space_however_many_there_are(blank: str) -> None:
    assert as_seen(f"the{blank * 500}code") == "the code"
