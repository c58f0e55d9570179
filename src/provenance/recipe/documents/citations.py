"""Citations: the entries of BibTeX in cards and files, and the citation files of repositories."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice

import attrs

from provenance.recipe.links.identifiers import arxiv, doi
from provenance.text.restricted_yaml import parse as parse_yaml
from provenance.text.span import Span
from provenance.text.yaml_tree import YamlMapping, YamlNode, YamlScalar, YamlSequence, lookup
from provenance.values.citation import Citation
from provenance.values.evidence import Where
from provenance.values.locator import Locator, LocatorKind

#: Of one file; and how much of one is read.
MOST = 50
MOST_ENTRIES = 500
LARGEST = 2**20
_LONGEST_ENTRY = 20_000
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_ENTRY = re.compile(rb"@[A-Za-z]{3,20}\s{0,8}\{")
_FIELD = re.compile(
    rb"(?<![A-Za-z])(?P<name>title|doi|eprint|journal|booktitle|archiveprefix|url|note|howpublished)"
    rb"\s{0,8}=\s{0,8}(?:\{(?P<braced>(?:[^{}]|\{[^{}]{0,500}\})*+)\}|\"(?P<quoted>[^\"]*+)\")",
    re.IGNORECASE,
)
_ARXIV = re.compile(
    r"(?:arxiv[:. /]*(?:org/(?:abs|pdf)/)?)(\d{4}\.\d{4,5}(?:v\d{1,3})?)", re.IGNORECASE
)
_PREPRINT = re.compile(
    r"arxiv|corr\b|\w*rxiv|ssrn|preprint|openreview|zenodo|hugging ?face|under review|submitted"
    r"|to appear|technical report|blog|github",
    re.IGNORECASE,
)
_CFF = re.compile(r"citation\.cff", re.IGNORECASE)
_BIBLIOGRAPHY = re.compile(r"(?:citation|[\w.-]{1,60}\.bib)", re.IGNORECASE)


def is_citation(path: str) -> bool:
    """Tell whether a file's name is that of a citation, at the top of a repository.

    >>> is_citation("CITATION.cff"), is_citation("refs.bib"), is_citation("a/refs.bib")
    (True, True, False)
    """
    return bool(_CFF.fullmatch(path) or _BIBLIOGRAPHY.fullmatch(path))


def citations_of(path: str, data: bytes, where: Where) -> tuple[Citation, ...]:
    """Return the citations in a card or a file; ``where`` is the file as a whole.

    What stands in a comment is cited by nobody, and is left out.

    Raises:
        TextError: for a citation file that is no YAML.
    """
    read = _of_cff if _CFF.fullmatch(path) else _of_bibtex
    return tuple(islice(read(data[:LARGEST], where), MOST))


@attrs.frozen
class _Field:
    text: str
    span: Span


def _of_bibtex(data: bytes, where: Where) -> Iterator[Citation]:
    hidden = [match.span() for match in _COMMENT.finditer(data)]
    for match in islice(_ENTRY.finditer(data), MOST_ENTRIES):
        if any(start <= match.start() < end for start, end in hidden):
            continue
        following = _ENTRY.search(data, match.end())
        end = following.start() if following else len(data)
        entry = data[match.end() : min(end, match.end() + _LONGEST_ENTRY)]
        fields = {
            found["name"].decode().lower(): _field(found, match.end())
            for found in reversed(list(_FIELD.finditer(entry)))
        }
        yield from _cited(fields, where)


def _field(found: re.Match[bytes], offset: int) -> _Field:
    group = "braced" if found["braced"] is not None else "quoted"
    start, end = found.span(group)
    return _Field(found[group].decode("utf-8", "replace"), Span(start + offset, end + offset))


def _cited(fields: Mapping[str, _Field], where: Where) -> Iterator[Citation]:
    """Yield the citation that fields make, if they name an identifier or a venue."""
    title = (
        " ".join(fields["title"].text.replace("{", "").replace("}", "").split())
        if "title" in fields
        else ""
    )
    found: dict[str, tuple[Locator, _Field]] = {}
    venue: _Field | None = None
    for name, one in fields.items():
        text = one.text.strip()
        if name == "doi" and (named := doi(text.rpartition("doi.org/")[2])):
            found.setdefault("arxiv" if named.kind is LocatorKind.ARXIV else "doi", (named, one))
        elif name == "eprint" and (paper := arxiv(text)):
            found.setdefault("arxiv", (paper, one))
        elif name in {"journal", "url", "note", "howpublished"} and (match := _ARXIV.search(text)):
            if paper := arxiv(match[1]):
                found.setdefault("arxiv", (paper, one))
        elif name in {"journal", "booktitle"} and text and not _PREPRINT.search(text):
            venue = venue or one
    work, at = found.get("doi", (None, None))
    preprint, there = found.get("arxiv", (None, None))
    field = at or venue or there
    if field:
        place = attrs.evolve(where, start=field.span.start, end=field.span.end)
        journal = " ".join(venue.text.split()) if venue else None
        yield Citation(title, field.text, place, work, preprint, journal)


def _of_cff(data: bytes, where: Where) -> Iterator[Citation]:
    """Yield what a citation file names: the work itself, or the paper that it prefers."""
    root = parse_yaml(data).root
    for node in (lookup(root, "preferred-citation"), root):
        if isinstance(node, YamlMapping):
            yield from _cited(dict(_fields(node)), where)


def _fields(node: YamlNode) -> Iterator[tuple[str, _Field]]:
    named = (
        ("title", lookup(node, "title")),
        ("doi", lookup(node, "doi")),
        ("journal", lookup(node, "journal")),
        ("booktitle", lookup(node, "conference", "name")),
        ("booktitle", lookup(node, "collection-title")),
        ("url", lookup(node, "url")),
    )
    for name, value in named:
        if isinstance(value, YamlScalar):
            yield name, _Field(value.text, value.span)
    identifiers = lookup(node, "identifiers")
    for one in identifiers.items if isinstance(identifiers, YamlSequence) else ():
        value = lookup(one, "value")
        if isinstance(value, YamlScalar) and lookup(node, "doi") is None:
            yield "doi", _Field(value.text, value.span)
