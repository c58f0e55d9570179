from provenance.recipe.links.links import candidate
from provenance.recipe.prose.card_page import LONGEST_WITH_LINKS, Said, said_on
from provenance.text.markdown_page import read_page


def said(text: str) -> tuple[Said, ...]:
    data = text.encode()
    page = read_page(data)
    mentioned = [(one, candidate(one)) for one in page.mentions.found]
    return said_on(page.prose, mentioned, data)


def of(one: Said) -> list[str]:
    return [str(link.locator) for link in one.links]


def test_a_link_stands_in_its_sentence() -> None:
    first, second = said(
        "One is [here](https://github.com/o/a). Two: https://github.com/o/b now.\n"
    )

    assert (first.text, of(first)) == ("One is here.", ["git:https://github.com/o/a"])
    assert of(second) == ["git:https://github.com/o/b"]


def test_a_link_that_is_defined_elsewhere_stands_in_the_sentence_that_shows_it() -> None:
    first, second = said("One is nice. Two is [there][x].\n\n[x]: https://github.com/o/b\n")

    assert (of(first), of(second)) == ([], ["git:https://github.com/o/b"])
    assert second.text == "Two is there."


def test_the_bytes_of_a_sentence_hold_its_words_and_its_links() -> None:
    text = "The **code** is at <https://github.com/o/a>\n"

    (one,) = said(text)

    assert text[one.span.start : one.span.end] == "The **code** is at <https://github.com/o/a"


def test_the_cells_of_a_row_are_one_sentence() -> None:
    rows = said("| what | where |\n|---|---|\n| training data | not released |\n")

    assert rows[-1].text == "training data: not released"


def test_a_sentence_knows_its_headings() -> None:
    one, other = said("# M\n\n## Data\n\na b\n\n## Acknowledgements\n\n### X\n\nc d\n")

    assert (one.under, one.elsewhere) == (("M", "Data"), False)
    assert (other.under, other.elsewhere) == (("M", "Acknowledgements", "X"), True)


def test_a_link_in_a_heading_stands_for_itself() -> None:
    (one,) = said("# [Our code](https://github.com/o/a)\n")

    assert (one.text, of(one)) == ("Our code", ["git:https://github.com/o/a"])


def test_samples_and_badges_are_left_out() -> None:
    found = said(
        "`git clone https://github.com/o/a`\n\n"
        "[![b](https://img.shields.io/x.svg)](https://github.com/o/b)\n\n"
        "```\nhttps://github.com/o/c\n```\n"
    )

    assert [of(one) for one in found] == [[]]


def test_each_link_of_a_wall_of_links_stands_for_itself() -> None:
    lines = "\n".join(f"https://github.com/o/r{at}" for at in range(LONGEST_WITH_LINKS // 20))

    held = [of(one) for one in said(lines + "\n") if one.links]

    assert {len(one) for one in held} == {1}
    assert len(held) == LONGEST_WITH_LINKS // 20
