import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.text.markdown_html import Anchor, Unfit, Words, is_active, pieces


def words(html: str) -> str:
    return "".join(it.text for it in pieces(html) if isinstance(it, Words))


def unfit(html: str) -> list[str]:
    return [it.what for it in pieces(html) if isinstance(it, Unfit)]


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>a <b>b</b></p>", "a b"),
        ("a<!-- no -->b<!-- no", "ab"),
        ("a<style>no</style>b", "ab"),
        ("a<script>no<style>no</style>no</script>b", "ab"),
        ("a<style>no", "a"),
        ("a</style>b", "ab"),
        ("1 &lt; 2 &amp; 3 < 4", "1 < 2 & 3 < 4"),
        ('<img alt="a>b">c', "c"),
        ("<img alt='a>b' src=x>c", "c"),
    ],
)
def test_only_what_is_visible_is_text(html: str, shown: str) -> None:
    assert words(html) == shown


@pytest.mark.parametrize(
    ("html", "target"),
    [
        ('<a href="https://x.org/?a=1&amp;b">', "https://x.org/?a=1&b"),
        ("<A class=x HREF='u'>", "u"),
        ("<a\nhref = u>", "u"),
        ("<a name=x>", None),
        ('<a href="">', ""),
        ("</a>", None),
    ],
)
def test_anchors_give_their_targets(html: str, target: str | None) -> None:
    assert [it for it in pieces(html) if isinstance(it, Anchor)] == [Anchor(target)]


@pytest.mark.parametrize(
    "html",
    [
        "<script>",
        "<IFRAME src=x>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        '<img src="x"onerror = "y">',
        "<p hidden>",
        "<p hidden=x>",
        '<p style="display: none">',
        "<p style='font-size:0px'>",
        "<p style=opacity:0>",
        "<p style='opacity:0.01'>",
        "<p style='font-size: 1px'>",
        "<p style='max-height:0; overflow:hidden'>",
        "<p style='transform:scale(0)'>",
        "<p style='clip-path: inset(100%)'>",
        "<p style='DISPLAY&#58;none'>",
        "<p style='display:/* block */none'>",
        "<p style='color:white'>",
        "<p style='color:#fff;background:#ffffff'>",
        "<p style='color: rgb(255, 255, 255)'>",
        "<font color=white>",
        "<font size=1 color='#FFFFFF'>",
    ],
)
def test_what_is_active_or_hides_is_named(html: str) -> None:
    assert len(unfit(html)) == 1


@pytest.mark.parametrize(
    "html",
    [
        "<p align=center>one = two</p>",
        "<p style='opacity:0.5'>",
        "<p style='font-size: 12px; line-height: 1'>",
        "<p style='font-size: 1.2em'>",
        "<p style='min-width: 0; width: 0.5em'>",
        "<p style='color:white; background:#246'>",
        "<p style='background-color:white'>",
        "<font color='#ff0000'>",
        "<img src='x?online=1'>",
        "</script>",
        "<details open>",
    ],
)
def test_what_only_shows_is_not_named(html: str) -> None:
    assert unfit(html) == []


@pytest.mark.parametrize(
    ("target", "active"),
    [
        ("javascript:alert(1)", True),
        (" Java\tScript:x", True),
        ("vbscript:x", True),
        ("data:text/html,x", True),
        ("data:image/png;base64,x", False),
        ("https://x.org/javascript:", False),
    ],
)
def test_targets_that_run_code_are_told(target: str, active: bool) -> None:
    assert is_active(target) is active


@given(st.text("<>!-/a=\"' &;hrefon\n", max_size=60))
def test_any_text_is_read_to_its_end(html: str) -> None:
    assert "<!--" not in words(html) or "&" in html
    assert len(words(html)) <= len(html)


@pytest.mark.parametrize(
    "unit", ["<a b='", "<!--", "<a ", "<a href=", "&a", "<", "<!-- ", "<a '", "<a \"b' "]
)
def test_broken_tags_cost_no_more_than_reading_them(unit: str) -> None:
    assert list(pieces("<div>" + unit * 50_000))
