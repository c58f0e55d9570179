import re

import pytest
from huggingface_hub.repocard import REGEX_YAML_BLOCK
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import Code, TextError
from provenance.text.budget import Budget
from provenance.text.front_matter import Card, split

parts = st.lists(
    st.sampled_from(["---", "\n", "\r\n", "\r", " ", "\t", "license: mit", "a", "é", "<!--"]),
    max_size=12,
).map("".join)


#: A card, its metadata and its Markdown (``None``: not asked), and the codes of its notes.
CARDS: list[tuple[bytes, bytes | None, bytes | None, list[Code]]] = [
    (b"---\nlicense: mit\n---\n# M\n", b"license: mit", b"# M\n", []),
    (b"---\nlicense: mit\r\ndatasets:\r\n- squad\r\n---\n# M\n", None, b"# M\n", []),
    (b"---\r\na: b\r\n---\r\nx", b"a: b", b"x", []),
    (b" \n---\na: b\n---", b"a: b", b"", []),
    (b"---\na: b\n--- \t\nx", b"a: b", b"x", []),
    (b"---\na: b\n--- x\n----\n---\n", b"a: b\n--- x\n----", b"", []),
    (b"# M\n", None, b"# M\n", [Code.CARD_EMPTY]),
    (b"", None, b"", [Code.CARD_EMPTY]),
    (b"---\n---\n# M\n", b"", b"# M\n", [Code.CARD_EMPTY]),
    (b"---\n \n---\n# M\n", b" ", b"# M\n", [Code.CARD_EMPTY]),
    (
        b"---\n---\nlicense: mit\n---\n",
        b"",
        b"license: mit\n---\n",
        [Code.CARD_EMPTY, Code.CARD_AMBIGUOUS],
    ),
    (b"---\nlicense: mit\n# M\n", None, None, [Code.CARD_FRONT_MATTER]),
    (b"--- \nx: y\n---\n", None, None, [Code.CARD_EMPTY]),
    (
        b"<!--\n---\nlicense: mit\n---\n-->\n# M\n",
        None,
        None,
        [Code.CARD_EMPTY, Code.CARD_AMBIGUOUS],
    ),
    (
        b"---\na: b\n---\nText\n\n---\ndatasets:\n- x\n---\n",
        b"a: b",
        None,
        [Code.CARD_AMBIGUOUS],
    ),
    (b"---\na: b\n---\nText\n\n---\nMore: words\n---\nTitle\n---\n", b"a: b", None, []),
    (b"\xef\xbb\xbf---\na: b\n---\n", b"a: b", b"", [Code.CARD_AMBIGUOUS]),
    (b"\xef\xbb\xbf# M", None, b"# M", [Code.CARD_AMBIGUOUS, Code.CARD_EMPTY]),
    (b"---\na: b\n---\n\x1b[2J", b"a: b", b"\x1b[2J", [Code.CTRL_CHARS]),
    ("---\na: b\n---\n\u202e".encode(), b"a: b", "\u202e".encode(), [Code.BIDI]),
]


def codes(card: Card) -> list[Code]:
    return [note.code for note in card.notes]


@given(parts)
def test_the_parts_are_where_they_say(text: str) -> None:
    data = text.encode()

    card = split(data)

    assert data[card.body_start :] == card.body
    if card.front is not None:
        assert data[card.front_start :].startswith(card.front)


@given(parts)
def test_a_block_is_what_the_hub_sees_or_a_note_says_why_not(text: str) -> None:
    found = REGEX_YAML_BLOCK.search(text)
    card = split(text.encode())

    seen = found[2] if found else ""
    ours = (card.front or b"").decode()
    if "license" in seen + ours and seen.strip() != ours.strip():
        # A carriage return alone ends a line for us, and the block, even where the Hub reads on.
        assert Code.CARD_AMBIGUOUS in codes(card) or re.search(r"---[ \t]*\r(?!\n)", text)


@pytest.mark.parametrize(
    ("data", "front", "body", "expected"), CARDS, ids=lambda it: ascii(it)[:40]
)
def test_a_card_is_split_at_its_dashes(
    data: bytes, front: bytes | None, body: bytes | None, expected: list[Code]
) -> None:
    card = split(data)

    assert codes(card) == expected
    if front is not None:
        assert card.front == front
    if body is not None:
        assert card.body == body


def test_the_note_on_a_block_elsewhere_says_where() -> None:
    data = b"<!--\n---\nlicense: mit\n---\n-->\n"

    note = split(data).notes[-1]

    assert note.span is not None
    assert note.span.of(data) == b"license: "


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"---\nlicense: \xff\xfe\n---\n", Code.CARD_ENCODING),
        (b"---\nlicense: mit\x00evil\n---\n", Code.CARD_CTRL),
        (b"a" * (5 * 2**20 + 1), Code.RESOURCE),
    ],
    ids=["encoding", "zero", "large"],
)
def test_a_card_that_is_no_text_is_refused(data: bytes, code: Code) -> None:
    with pytest.raises(TextError) as caught:
        split(data)

    assert caught.value.code is code


def test_the_size_of_a_card_is_bounded_by_its_budget() -> None:
    assert split(b"abc", budget=Budget(bytes=3)).body == b"abc"

    with pytest.raises(TextError):
        split(b"abcd", budget=Budget(bytes=3))
