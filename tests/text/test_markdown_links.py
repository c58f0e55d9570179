import time

import pytest

from provenance.errors import Code, TextError
from provenance.text.budget import Budget
from provenance.text.markdown_links import MOST_MISSES, Context, read_mentions


def contexts(text: str) -> list[tuple[str, str]]:
    return [(one.target, str(one.context)) for one in read_mentions(text.encode()).found]


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("at https://a.org", "prose"),
        ("[x](https://a.org)", "prose"),
        ("[x][1]\n\n[1]: https://a.org", "prose"),
        ("<https://a.org>", "prose"),
        ("<p><a href='https://a.org'>x</a></p>", "prose"),
        ("<p><a src=x href='https://a.org'>x</a></p>", "prose"),
        ("an <a href=https://a.org>x</a>", "prose"),
        ("# T https://a.org", "heading"),
        ("| a |\n|---|\n| https://a.org |", "table"),
        ("```\nhttps://a.org\n```", "code block"),
        ("    https://a.org", "code block"),
        ("`https://a.org`", "inline code"),
        ("a <code>https://a.org</code>", "inline code"),
        ("a <code><kbd>x</kbd> https://a.org", "inline code"),
        ("![x](https://a.org)", "badge"),
        ("<img src='https://a.org'>", "badge"),
        ("<a href='https://a.org'></a>", "badge"),
        ("## Table of contents\n\n- [x](https://a.org)", "navigation"),
        ("## Contents\n\nis [x](https://a.org)", "prose"),
        ("## [Contents](x)\n\n1. [x](https://a.org)\n", "navigation"),
        ("<!-- https://a.org -->", "comment"),
        ("a <!-- https://a.org --> b", "comment"),
        ("<!-- https://a.org", "comment"),
        ("<style>\nhttps://a.org\n</style>", "comment"),
        ("<template>\n\n[x](https://a.org)\n\n</template>", "comment"),
        ("<template>\n\n<style></style>\n\n<https://a.org>\n\n</template>", "comment"),
        ("<template></template>\n\n<https://a.org>", "prose"),
        ("<div>\n<!--\n\n[x](https://a.org)\n\n", "comment"),
        ("<div>\n<!--\n\n<div>\nhttps://a.org\n</div>\n", "comment"),
        ("<div>\n<!--\n\n<div>\n-->\n</div>\n\nhttps://a.org", "prose"),
    ],
)
def test_a_link_is_told_by_what_it_stands_in(text: str, context: str) -> None:
    found = [one for one in contexts(text) if one[0] != "x"]

    assert found == [("https://a.org", context)]


def test_a_badge_is_its_link_and_its_picture() -> None:
    assert contexts("[![b](https://i.org)](https://t.org)") == [
        ("https://i.org", "badge"),
        ("https://t.org", "badge"),
    ]
    assert contexts("<a href='https://t.org'><img alt=x src='https://i.org'> so</a>") == [
        ("https://i.org", "badge"),
        ("https://t.org", "prose"),
    ]
    assert contexts("<a href='https://t.org'>`so`") == [("https://t.org", "prose")]


def test_a_link_without_a_target_is_none() -> None:
    assert contexts("[a]() ![b]() <a>c</a> <a name=x href=''>d</a> <img src=''> <b a=1>e</b>") == []


def test_only_evidence_says_something() -> None:
    evidence = {one for one in Context if one.is_evidence}

    assert evidence == {
        *(Context.METADATA, Context.PROSE, Context.HEADING, Context.TABLE, Context.CODE)
    }


def test_an_address_with_entities_has_the_place_of_its_block() -> None:
    data = "é\n\na [x](https://a.org/?b&amp;c) d\n".encode()

    (found,) = read_mentions(data, offset=5).found

    assert found.target == "https://a.org/?b&c"
    assert found.span.start == 4 + 5
    assert data[found.span.start - 5 : found.span.end - 5] == b"a [x](https://a.org/?b&amp;c) d"


def test_the_same_address_twice_has_two_places_and_one_before_is_found_too() -> None:
    data = b"[https://a.org](https://b.org) https://a.org [a](https://a.org)"

    found = read_mentions(data).found

    assert [one.span.start for one in found] == [16, 31, 49]
    assert [one.bare for one in found] == [False, True, False]


def test_a_definition_is_the_place_of_what_refers_to_it() -> None:
    data = (
        b"[x][1] [y][2]\n\n```\nhttps://a.org\n```\n[1]: https://a.org\n[2]: https://a.org?b&amp;c"
    )

    first, second, _ = read_mentions(data).found

    assert first.span.of(data) == b"https://a.org"
    assert first.span.start == 42
    assert second.span.of(data) == b"[2]: https://a.org?b&amp;c"


def test_what_is_not_found_many_times_is_looked_for_no_more() -> None:
    text = "[x](https://a.org?b&amp;c) " * MOST_MISSES + "https://b.org"

    found = read_mentions(text.encode()).found

    assert found[-1].span.of(text.encode()) == text.encode()


def test_more_links_than_the_budget_are_said_to_be_left_out() -> None:
    data = b"https://a.org https://b.org https://c.org"

    found = read_mentions(data, budget=Budget(items=2))

    assert len(found.found) == 2
    assert not found.complete
    assert read_mentions(data, budget=Budget(items=3)).complete


def test_what_is_not_utf_8_is_an_error() -> None:
    with pytest.raises(TextError) as caught:
        read_mentions(b"\xff")

    assert caught.value.code is Code.CARD_ENCODING


@pytest.mark.parametrize(
    "piece",
    [
        *(b"[", b"http://", b"http:// ", b"<a>", b"<!--", b"| ", b"> ", b"![](", b"`", b"&amp;"),
        *(b"git@", b"https://a.org ", b"[a](https://a.org/?x&amp;y)\n\n", b"github.com/", b"(("),
    ],
)
def test_a_mebibyte_made_to_be_slow_is_not(piece: bytes) -> None:
    data = (piece * (2**20 // len(piece)))[: 2**20]
    before = time.process_time()

    read_mentions(data)

    assert time.process_time() - before < 10
