"""Values that reports and papers state: in the text of a PDF, or of a page."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

import attrs

from provenance.recipe.prose.stated_card import MOST_VALUES, values_of
from provenance.text.html_text import html_lines
from provenance.text.pdf_text import pdf_text
from provenance.values.artefact import Kind, StatedValue
from provenance.values.evidence import Where

# Sentences run over lines; as many of them are read together as a paragraph has.
_TOGETHER = 40
# A longer line is no line of a text; a page of more lines is read in part.
_LONGEST_LINE = 2000
MOST_LINES = 10_000
_ROW = re.compile(r"(?P<name>[A-Za-z][A-Za-z_ -]{1,40}[A-Za-z])[ :=.]{1,40}(?P<value>\S.{0,40})")


def stated_in_document(data: bytes, *, path: str, where: Where) -> tuple[StatedValue, ...]:
    """Return the values that a document states.

    Those of a PDF stand for the stream of their page, in which the text is packed; those of a web
    page for the page. ``where`` is the document as a whole.
    """
    if data.startswith(b"%PDF-"):
        found = (
            StatedValue(
                kind, value, path, attrs.evolve(where, start=page.span.start, end=page.span.end)
            )
            for page in pdf_text(data)
            for kind, value in dict.fromkeys(_values(page.lines))
        )
    else:
        pairs = dict.fromkeys(_values(html_lines(data)))
        found = (StatedValue(kind, value, path, where) for kind, value in pairs)
    return tuple(islice(found, MOST_VALUES))


def _values(lines: Iterable[str]) -> Iterator[tuple[Kind, str]]:
    """Yield what lines state: those of a table by their first cell, all others as sentences."""
    prose: list[str] = []
    for whole in islice(lines, MOST_LINES):
        line = whole[:_LONGEST_LINE]
        cells = [cell.strip() for cell in line.split("\t") if cell.strip()]
        if len(cells) > 1:
            yield from values_of(cells)
            continue
        row = _ROW.fullmatch(line)
        if row:
            yield from values_of([row["name"], row["value"]])
        prose += cells
    for at in range(0, len(prose), _TOGETHER):
        yield from values_of([" ".join(prose[at : at + _TOGETHER])])
