import pytest

from provenance.errors import Code, TextError
from provenance.text.markdown import read
from provenance.text.markdown_links import Context, read_mentions
from provenance.text.markdown_page import read_page

BODY = b"# T\n\nSee [x](https://a.example/b) and https://c.example/d.\n\n## U\n\nMore.\n"


def test_a_page_is_what_both_readers_make_of_it() -> None:
    page = read_page(BODY, offset=7)

    assert page.prose == read(BODY, offset=7)
    assert page.mentions == read_mentions(BODY, offset=7)


def test_what_is_not_worth_parsing_is_not_read_either_way() -> None:
    page = read_page(b"[" * 6000)

    assert (page.prose.complete, page.mentions.complete) == (False, False)
    assert [note.code for note in page.prose.notes] == [Code.RESOURCE]


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(TextError) as caught:
        read_page(b"\xff")

    assert caught.value.code is Code.CARD_ENCODING


@pytest.mark.parametrize(
    "hiding",
    [
        '<div style="display:none">\n\n{}\n\n</div>\n\nshown\n',
        "<span hidden>{}</span> shown\n",
        '<p style="font-size: 0">{}</p>\n\nshown\n',
        '<div style="position:absolute; left:-9999px"><div>{}</div></div>\n\nshown\n',
        "<!-- {} -->\n\nshown\n",
        "<!--\n\n{}\n\n-->\n\nshown\n",
    ],
)
def test_what_is_hidden_is_no_prose_and_its_links_say_nothing(hiding: str) -> None:
    kept_back = "hidden https://a.example/x and [y](https://a.example/y)"

    page = read_page(hiding.format(kept_back).encode())

    shown = " ".join(one.text for one in page.prose.paragraphs)
    assert "shown" in shown
    assert "hidden" not in shown
    assert not any(one.context.is_evidence for one in page.mentions.found)


def test_what_is_hidden_and_never_ends_hides_all_behind_it() -> None:
    page = read_page(b"a\n\n<div hidden>\n\nb https://a.example/x\n")

    assert [one.text for one in page.prose.paragraphs] == ["a"]
    assert [one.context for one in page.mentions.found] == [Context.HIDDEN]


def test_an_element_without_an_end_hides_nothing() -> None:
    page = read_page(b'<img style="display:none" src="x.png"> shown\n\n<br hidden>\n\nmore\n')

    assert [one.text for one in page.prose.paragraphs] == ["shown", "more"]


def test_a_page_of_too_many_marks_is_prose_whose_links_were_not_read() -> None:
    page = read_page(b"x ++++++ y\n" * 20_000)

    assert (page.prose.complete, page.mentions.complete) == (True, False)


def test_of_a_link_s_text_the_beginning_is_kept() -> None:
    (mention,) = read_page(b"[" + b"word *x* " * 200 + b"](https://a.example/b)\n").mentions.found

    assert 400 <= len(mention.text) < 500
