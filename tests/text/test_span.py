import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import InvalidValueError
from provenance.text.span import Offsets, Span

texts = st.text(st.characters(codec="utf-8"), max_size=40)


@given(st.one_of(texts, texts.map(lambda text: text * 60)), st.integers(0, 3000))
def test_a_position_in_characters_becomes_the_offset_of_its_byte(text: str, position: int) -> None:
    assert Offsets.of(text).byte(position) == len(text[:position].encode())


@given(texts, texts, texts)
def test_a_span_covers_the_bytes_of_its_characters(before: str, text: str, after: str) -> None:
    whole = before + text + after

    span = Offsets.of(whole).span(len(before), len(before) + len(text))

    assert span.of(whole.encode()) == text.encode()
    assert span.moved(3).of(b"abc" + whole.encode()) == text.encode()


@pytest.mark.parametrize(("start", "end"), [(-1, 0), (2, 1)])
def test_a_span_that_cannot_be_is_refused(start: int, end: int) -> None:
    with pytest.raises(InvalidValueError):
        Span(start, end)
