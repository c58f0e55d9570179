import pytest

from provenance.errors import TextError
from provenance.recipe.documents.document import document_of, is_document, page_title
from provenance.values.component import Component
from tests.building import WHERE

PDF = b"%PDF-1.7\n1 0 obj << /Title (Toy \\(a model\\)) >>"


@pytest.mark.parametrize(
    ("data", "title"),
    [
        (b"<title>A &amp; B</title>", "A & B"),
        (b"<TITLE lang='en'>\n A\n </TITLE>", "A"),
        (b'<title>x</title><meta name="citation_title" content="Toy"/>', "Toy"),
        (b'<meta property="og:title" content="Toy"/>', "Toy"),
        (b"<title></title>", None),
        (b"no title", None),
        (b"\x00\xff" * 10, None),
        (b"%PDF-1.7 nothing", None),
        (b"%PDF-1.7" + b" " * 2**19 + b"/Title (At the end)", "At the end"),
    ],
)
def test_a_page_or_pdf_has_the_title_that_is_written_in_the_clear(
    data: bytes, title: str | None
) -> None:
    assert page_title(data) == title


@pytest.mark.parametrize(
    ("path", "data", "component"),
    [
        ("toy.pdf", PDF, Component.RESEARCH_PAPER),
        ("toy.pdf", b"%PDF-1.7", Component.RESEARCH_PAPER),
        ("toy_technical.pdf", PDF, Component.TECHNICAL_REPORT),
        ("toy.pdf", b"%PDF-1 /Title (Toy: report)", Component.TECHNICAL_REPORT),
    ],
)
def test_a_pdf_is_a_report_when_it_says_so_and_else_a_paper(
    path: str, data: bytes, component: Component
) -> None:
    found = document_of(path, data, WHERE)

    assert found.component is component
    assert bool(found.names) == (b"/Title" in data)


def test_what_only_ends_like_a_pdf_is_not_passed_over() -> None:
    assert is_document("a.PDF")
    with pytest.raises(TextError):
        document_of("a.pdf", b"<html>", WHERE)
