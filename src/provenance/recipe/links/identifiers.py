"""Identifiers of papers and of archived software: one canonical spelling for each."""

import re

from provenance.errors import InvalidValueError
from provenance.values.locator import Locator, LocatorKind
from provenance.values.revision import Commit, Named, Revision, parse_revision

LONGEST_IDENTIFIER = 1024

# arXiv identifiers: since 2007 year, month and a number; before, an archive and seven digits.
_ARXIV = re.compile(
    r"(?P<new>\d{2}(?:0[1-9]|1[0-2])\.\d{4,5})(?P<version>v[1-9]\d{0,2})?"
    r"|(?P<archive>[a-z]{2,8}(?:-[a-z]{2,4})?)(?:\.[A-Z]{2})?/(?P<old>\d{7})(?P<v>v[1-9]\d{0,2})?"
)
_ARXIV_DOI = "10.48550/arxiv."
# The DOI handbook, 2.2: a registrant's prefix, and what the registrant likes.
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[!-~]+")
# ISO/IEC 18670, SoftWare Hash IDentifiers: version, kind of object, SHA-1.
_SWHID = re.compile(r"swh:1:(?:cnt|dir|rev|rel|snp):[0-9a-f]{40}")
# The order in which the specification writes qualifiers.
_QUALIFIERS = ("origin", "visit", "anchor", "path", "lines", "bytes")
_SENTENCE_END = ".,;:!?'"
_PAIRS = {")": "(", "]": "[", "}": "{"}


def arxiv(text: str) -> Locator | None:
    """Return the paper that an arXiv identifier names; its version is the revision.

    >>> str(arxiv("math.GT/0309136v1"))
    'arxiv:math/0309136@v1'
    """
    match = _ARXIV.fullmatch(text)
    if match is None:
        return None
    uri = match["new"] or f"{match['archive']}/{match['old']}"
    version = match["version"] or match["v"]
    return Locator(LocatorKind.ARXIV, uri, Named(version) if version else None)


def doi(text: str) -> Locator | None:
    """Return what a DOI names, in lower case: DOIs do not tell cases apart.

    One that arXiv gave to a paper is the paper.

    >>> str(doi("10.57967/HF/0003")), str(doi("10.48550/arXiv.2303.03915"))
    ('doi:10.57967/hf/0003', 'arxiv:2303.03915')
    """
    if len(text) > LONGEST_IDENTIFIER or not _DOI.fullmatch(text):
        return None
    if text.lower().startswith(_ARXIV_DOI):
        return arxiv(text[len(_ARXIV_DOI) :])
    return Locator(LocatorKind.DOI, text.lower())


def swhid(text: str) -> Locator | None:
    """Return what a SWHID names, with its qualifiers in the specification's order.

    A qualifier that is unknown, empty or given twice makes it no identifier.
    """
    core, *rest = text.rstrip(";").split(";")
    if len(text) > LONGEST_IDENTIFIER or not _SWHID.fullmatch(core):
        return None
    given = dict(one.partition("=")[::2] for one in rest)
    odd = len(given) != len(rest) or not set(given) <= set(_QUALIFIERS)
    if odd or not all(
        value and value.isascii() and value.isprintable() for value in given.values()
    ):
        return None
    ordered = (f"{key}={given[key]}" for key in _QUALIFIERS if key in given)
    return Locator(LocatorKind.SWHID, ";".join((core, *ordered)))


def revision(text: str) -> Revision | None:
    """Return a revision as a link or a file names it, or ``None`` for what cannot be one.

    A commit in capitals is a commit.
    """
    try:
        return Commit(text.lower())
    except InvalidValueError:
        pass
    try:
        return parse_revision(text)
    except InvalidValueError:
        return None


def without_sentence(text: str) -> str:
    """Return an address without the punctuation of the sentence around it.

    A closing bracket stays if the address holds the one that opens it.

    >>> without_sentence("https://example.org/a_(b)).")
    'https://example.org/a_(b)'
    """
    spare = {close: text.count(close) - text.count(start) for close, start in _PAIRS.items()}
    end = len(text)
    while end and (text[end - 1] in _SENTENCE_END or spare.get(text[end - 1], 0) > 0):
        end -= 1
        spare[text[end]] = spare.get(text[end], 0) - 1
    return text[:end]
