"""Documents: the title of a web page, and that of a PDF, as far as it is written in the clear."""

import html
import re

from provenance.errors import Code, TextError
from provenance.values.artefact import Artefact
from provenance.values.component import Component
from provenance.values.evidence import Where

#: Of a document, in bytes: titles stand near the beginning, or the end of a PDF.
_READ = 2**18
_LONGEST = 300
_HTML = (
    re.compile(
        rb'<meta[^>]{0,100}name="citation_title"[^>]{0,100}content="([^"]{1,1000})"', re.IGNORECASE
    ),
    re.compile(
        rb'<meta[^>]{0,100}property="og:title"[^>]{0,100}content="([^"]{1,1000})"', re.IGNORECASE
    ),
    re.compile(rb"<title[^>]{0,100}>([^<]{1,1000})</title", re.IGNORECASE),
)
_PDF = re.compile(rb"/Title\s{0,4}\(((?:[^()\\]|\\.){1,600})\)")
_REPORT = re.compile(r"report|technical", re.IGNORECASE)


def page_title(data: bytes) -> str | None:
    """Return the title of a page or a PDF; ``None`` where none can be read.

    >>> page_title(b"<html><title>Toy &amp; Model</title>")
    'Toy & Model'
    """
    if data.startswith(b"%PDF-"):
        found = _PDF.search(data[:_READ]) or _PDF.search(data[-_READ:])
        return _shown(found[1]) if found else None
    matches = (pattern.search(data[:_READ]) for pattern in _HTML)
    return next((_shown(match[1]) for match in matches if match), None)


def is_document(path: str) -> bool:
    """Tell whether a file's name is that of a paper or report."""
    return path.lower().endswith(".pdf")


def document_of(path: str, data: bytes, where: Where) -> Artefact:
    """Return the paper or report that a PDF is: a report when its name or title says so.

    Raises:
        TextError: NOT_COVERED for what is no PDF from its first byte on.
    """
    if not data.startswith(b"%PDF-"):
        what = "it does not begin as a PDF does"
        raise TextError(what, hint="it counts as unread", code=Code.NOT_COVERED)
    title = page_title(data)
    is_report = _REPORT.search(path) or _REPORT.search(title or "")
    component = Component.TECHNICAL_REPORT if is_report else Component.RESEARCH_PAPER
    what = f"a PDF with the title {title!r}" if title else "a PDF without a title that can be read"
    return Artefact(component, path, where, what, (title,) if title else ())


def _shown(raw: bytes) -> str:
    text = html.unescape(raw.decode("utf-8", "replace"))
    return " ".join(text.split())[:_LONGEST]
