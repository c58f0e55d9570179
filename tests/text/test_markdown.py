import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import Code, TextError
from provenance.text.budget import Budget
from provenance.text.markdown import MOST_ANGLES, MOST_NOTES, Prose, Section, read
from provenance.text.span import Span

CARD = """intro https://intro.org.

# Title *one*
Hello **world** and [code](https://x.org/a_(b)) here,
see (https://y.org/c_d).

## Data
- item [![badge](https://img.org/b)](https://badge.org)
- <https://auto.org>
<!-- hidden https://hidden.org -->

```
https://fenced.org
```

    https://indented.org

| a | b |
|---|---|
| https://c.org | https://c.org |

<p>Hi <a href="https://h.org">there</a></p>

In <a href='https://i.org'>a
line</a>. [r][1] ![image https://alt.org](https://src.org)

[1]: https://ref.org
"""


def targets(prose: Prose) -> list[str]:
    return [link.target for link in prose.links]


def codes(prose: Prose) -> list[Code]:
    return [note.code for note in prose.notes]


def test_visible_links_are_kept_and_hidden_ones_are_not() -> None:
    prose = read(CARD.encode())

    assert [(link.target, link.text) for link in prose.links] == [
        ("https://intro.org", "https://intro.org"),
        ("https://x.org/a_(b)", "code"),
        ("https://y.org/c_d", "https://y.org/c_d"),
        ("https://auto.org", "https://auto.org"),
        ("https://c.org", "https://c.org"),
        ("https://c.org", "https://c.org"),
        ("https://h.org", "there"),
        ("https://i.org", "a\nline"),
        ("https://ref.org", "r"),
    ]
    assert (prose.complete, prose.notes) == (True, ())


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_link_is_where_its_span_says(line_end: str) -> None:
    front = "---\né: 😀\n---\n".encode()
    data = front + CARD.replace("\n", line_end).encode()

    prose = read(data[len(front) :], offset=len(front))

    assert len(prose.links) == 9
    for link in prose.links:
        assert link.span.of(data).decode() == link.target
    assert len({link.span for link in prose.links}) == 9
    for section in prose.sections[1:]:
        assert section.span.of(data).startswith(b"#")


def test_sections_follow_each_other_without_a_gap() -> None:
    data = CARD.encode()

    first, title, second = read(data).sections

    assert (first.title, first.level, first.text) == ("", 0, "intro https://intro.org.")
    assert (title.title, title.level) == ("Title one", 1)
    assert title.text == "Hello world and code here,\nsee (https://y.org/c_d)."
    assert (second.title, second.level) == ("Data", 2)
    assert "fenced" not in second.text
    assert "indented" not in second.text
    assert "hidden" not in second.text
    assert (first.span.start, second.span.end) == (0, len(data))
    assert (first.span.end, title.span.end) == (title.span.start, second.span.start)


def test_nothing_has_no_section_and_a_heading_alone_has_one() -> None:
    assert read(b"\n<!-- x -->\n") == Prose()
    assert read(b"Title\n=====\n").sections == (Section("Title", 1, Span(0, 12), ""),)
    assert read(b"\n# T", offset=5).sections == (Section("T", 1, Span(6, 9), ""),)


def test_paragraphs_are_their_visible_text_and_the_lines_they_stand_in() -> None:
    data = "é *a*\nb\n\n> quoted `code`\\\n> more\n".encode()

    first, second = read(data).paragraphs

    assert (first.text, first.span.of(data).decode()) == ("é a\nb", "é *a*\nb")
    assert (second.text, second.span.of(data)) == (
        "quoted code\nmore",
        b"> quoted `code`\\\n> more",
    )


words = st.text(st.characters(codec="utf-8", categories=("L", "Nd")), min_size=1, max_size=6)


@given(
    st.lists(st.lists(words, min_size=1, max_size=4).map(" ".join), max_size=5),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.integers(0, 9),
)
def test_plain_paragraphs_are_where_their_spans_say(
    texts: list[str], line_end: str, offset: int
) -> None:
    data = b"." * offset + (line_end * 2).join(texts).encode()

    prose = read(data[offset:], offset=offset)

    assert [one.span.of(data).decode() for one in prose.paragraphs] == texts
    assert [one.text for one in prose.paragraphs] == texts


@given(st.lists(words, min_size=1, max_size=6), st.sampled_from(["{}", "[t]({})", "<{}>", "- {}"]))
def test_addresses_are_where_their_spans_say(names: list[str], form: str) -> None:
    urls = [f"https://host.org/{name}" for name in names]
    data = "\n\n".join(f"é {form.format(url)} x" for url in urls).encode()

    prose = read(data)

    assert targets(prose) == urls
    assert [link.span.of(data).decode() for link in prose.links] == urls


def test_an_address_with_entities_has_its_block_as_its_place() -> None:
    data = b"first\n\nsee [t](https://y.org/?a=1&amp;b=2) there"

    (link,) = read(data).links

    assert (link.target, link.span) == ("https://y.org/?a=1&b=2", Span(7, len(data)))


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("see https://x.org/a.", "https://x.org/a"),
        ("(see https://x.org/a_(b))", "https://x.org/a_(b)"),
        ("'https://x.org/a';", "https://x.org/a"),
        ("[https://x.org]!", "https://x.org"),
        ("git clone ext::sh -c x", "ext::sh"),
        ("fd::17", "fd::17"),
        ("file:///etc", "file:///etc"),
        ("ssh://-oProxyCommand=x/y", "ssh://-oProxyCommand=x/y"),
        ("git@github.com:o/r.git", "git@github.com:o/r.git"),
        ("http://[::1]/", "http://[::1]/"),
        ("https://github.com\\@127.0.0.1/", "https://github.com@127.0.0.1/"),
        ("`https://x.org/a`", "https://x.org/a"),
    ],
)
def test_an_address_ends_where_the_sentence_goes_on(text: str, url: str) -> None:
    assert targets(read(text.encode())) == [url]


@pytest.mark.parametrize(
    "text", ["https://", "https://...", "std::vector", "a:b", "x@y.org", "git@", "[empty]()"]
)
def test_what_is_no_address_is_no_link(text: str) -> None:
    assert targets(read(text.encode())) == []


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "text <img src=x onerror=alert(1)> text",
        "[x](javascript:alert(1))",
        "[](javascript:alert(1))",
        "<a href='java&#115;cript:x'>y</a>",
        "[x](data:text/html,y)",
        "<p style='display:none'>I am open</p>",
    ],
)
def test_active_and_hiding_markup_is_noted(text: str) -> None:
    prose = read(text.encode())

    assert codes(prose) == [Code.MARKUP]
    assert prose.complete


def test_the_number_of_notes_is_bounded() -> None:
    assert len(read(b"<p hidden>\n\n" * 200).notes) == MOST_NOTES


def test_links_beyond_the_first_thousand_are_left_out() -> None:
    prose = read("\n".join(f"https://github.com/o/r{number}" for number in range(1200)).encode())

    assert len(prose.links) == 1000
    assert (prose.complete, codes(prose)) == (False, [Code.RESOURCE])


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 50_000 + b"](" * 50_000 + b"*" * 50_000 + b"`" * 50_001,
        b"a" * (2**20 + 1),
        b"[a" * 5001,
        b"*a _b " * 25_001,
        b"x\n" * 30_000,
        b"x " + b"`" * 501,
        b"<a>" * (MOST_ANGLES + 1),
    ],
    ids=["case", "bytes", "brackets", "emphases", "lines", "run", "angles"],
)
def test_what_is_large_or_made_to_be_slow_is_not_parsed(body: bytes) -> None:
    prose = read(body)

    assert (prose.complete, codes(prose)) == (False, [Code.RESOURCE])
    assert (prose.sections, prose.links, prose.paragraphs) == ((), (), ())


@pytest.mark.parametrize(
    "body",
    [
        b"![a" * 4990,
        b"* a\n" * 29_990,
        b"x " + b"<!--" * MOST_ANGLES,
        b"https://a" + b".," * 200_000,
        b"https://a" + b").)." * 100_000,
        b"<div>" + b"<a b='" * (MOST_ANGLES - 1),
        b"".join(b"e" + b"`" * size for size in range(499)),
        b"> " * 20 + b"a",
        b"- " * 400 + b"a",
    ],
    ids=lambda it: ascii(it[:12]),
)
def test_what_is_parsed_is_parsed_in_a_few_seconds(body: bytes) -> None:
    assert read(body).complete


def test_a_budget_bounds_bytes_and_links() -> None:
    budget = Budget(bytes=30, items=1)

    assert read(b"https://a.org https://b.org", budget=budget).links[0].target == "https://a.org"
    assert not read(b"https://a.org https://b.org", budget=budget).complete
    assert (
        read(b"a" * 31, budget=budget).notes[0].detail == "not read: it has 31 bytes, more than 30"
    )


def test_what_is_not_utf_8_is_refused() -> None:
    with pytest.raises(TextError) as caught:
        read(b"\xff")

    assert caught.value.code is Code.CARD_ENCODING
