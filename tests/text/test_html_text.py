import pytest

from provenance.text.html_text import LONGEST_PAGE, html_lines


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (b"<p>24\n <em>layers</em> &amp; more</p>", ("24 layers & more",)),
        (b"one<br>two", ("one", "two")),
        (b"<tr><th>Seed<td>7</td><td>8</td></tr>", ("Seed7\t8",)),
        (b"<tr><th>Seed</th><td>7</td></tr><tr><td>x</td></tr>", ("Seed\t7", "x")),
        (b"<script>seed 7</script><style>p {}</style><!-- seed 7 -->seen", ("seen",)),
        (b"<p hidden>seed 7</p><p>seen</p>", ("seen",)),
        (b"<div style='display:none'>seed 7</div>seen", ("seen",)),
        (b"a\tb", ("a b",)),
        (b"<pre>a\nb</pre>c\nd", ("a", "b", "c d")),
        (b"\xff", ("\ufffd",)),
        (b"", ()),
    ],
)
def test_a_page_is_what_its_reader_sees(page: bytes, expected: tuple[str, ...]) -> None:
    assert html_lines(page) == expected


def test_a_very_long_page_is_read_in_part() -> None:
    assert html_lines(b"a" * (LONGEST_PAGE + 9)) == ("a" * LONGEST_PAGE,)
