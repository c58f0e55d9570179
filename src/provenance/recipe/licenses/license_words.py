"""The words of a licence, as two copies of it are compared.

Source of the rules: the matching guidelines of the SPDX licence list (annex B of SPDX 2.3). Case,
punctuation, layout, numbering, the headline, copyright notices and the names in a BSD licence do
not count; a spelling that the guidelines call equal does not either. Every other word does, in any
script: one more makes another text.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from functools import partial

#: Which licences a headline names; none for one that fits any (``license``).
Titles = Mapping[tuple[str, ...], Collection[str]]

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+")
# (a), (iv), (2) wherever they stand; 2., 3.1, b) and roman numbers only where a line begins.
_BRACKETED = re.compile(r"\((?:[a-z]|[ivx]{1,5}|\d{1,2})\)")
_NUMBERED = re.compile(
    r"^[^\w\n]*(?:(?:section |article )?\d{1,2}(?:\.\d{1,2})*[.):]|\d{1,2}(?:\.\d{1,2})+"
    r"|(?:[a-z]|[ivx]{1,5})[.)])(?=\s)",
    re.MULTILINE,
)
_EQUAL_WORDS = {
    "licence": "license",
    "licences": "licenses",
    "licenced": "licensed",
    "sublicence": "sublicense",
    "acknowledgement": "acknowledgment",
    "acknowledgements": "acknowledgments",
    "favour": "favor",
    "honour": "honor",
    "organisation": "organization",
    "authorised": "authorized",
    "https": "http",
}
_EQUAL_PHRASES = (
    (" sub license", " sublicense"),
    (" non commercial", " noncommercial"),
    (" non infringement", " noninfringement"),
    (" per cent ", " percent "),
    (" copyright owner", " copyright holder"),
)
# A copyright line names years and people. One that says more is part of the terms.
_COPYRIGHT = re.compile(r"(?:portions )?copyright(?: \S+){1,16}")
_RESERVED = frozenset({"all rights reserved", "some rights reserved"})
_SAYS_MORE = """
    academic agree agreement applies apply ban banned buy can cannot commercial companies
    condition conditions could damages denied deny disclaimer do does education educational
    evaluation except fee fees forbid forbidden forbids granted holder holders if internal law
    laws liable license licensed may military month monthly must no noncommercial not notice
    notices only owner owners paid pay payment payments pays per percent permission permitted
    personal prohibited prohibits provided purchase require required requires research
    restricted revenue royalties royalty sale sales sell selling shall sold statement statements
    subject subscription terms unless until use used uses using when who without you your
"""
# What stands for years and people where they are still to be filled in.
_PLACEHOLDERS = """
    all and author by c copyright first fullname holder holders last name names of or organization
    owner owners reserved rights the year years yyyy xxxx
"""
_TERMS = frozenset(_SAYS_MORE.split())
_TO_FILL_IN = frozenset(_PLACEHOLDERS.split())
_LONGEST_NAME = 12
_NAME = rf"((?: \S+){{1,{_LONGEST_NAME}}}?)"
# What the BSD licences leave for names: the words around them, and what stands for any name.
_NAMED = (
    (
        re.compile(
            rf"\bneither the names? of{_NAME} nor the names of (?:its|their|any) contributors"
        ),
        "neither the name of the copyright holder nor the names of its contributors",
    ),
    (
        re.compile(rf"\bthis software is provided by{_NAME} as is and any express"),
        "this software is provided by the copyright holders and contributors as is and any express",
    ),
    (
        re.compile(rf"\bin no event shall{_NAME} be liable for any direct indirect"),
        "in no event shall the copyright holder or contributors be liable for any direct indirect",
    ),
)
LONGEST_TITLE = 16


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text that count, the headline still among them.

    >>> words_of("(a) The Licence, version 2.0.")
    ('the', 'license', 'version', '2', '0')
    """
    plain = _BRACKETED.sub(" ", unicodedata.normalize("NFKC", text).casefold())
    lines = (_line(one) for one in _NUMBERED.sub(" ", plain).splitlines())
    whole = f" {' '.join(one for one in lines if one and not _is_copyright(one))} "
    for written, equal in _EQUAL_PHRASES:
        whole = whole.replace(written, equal)
    for pattern, named in _NAMED:
        whole = pattern.sub(partial(_unnamed, named), whole)
    return tuple(whole.split())


def without_title(
    words: tuple[str, ...], titles: Titles
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return the words behind the headlines at the start, and the headlines, first to last."""
    found: list[tuple[str, ...]] = []
    while title := _first_title(words, titles):
        found.append(title)
        words = words[len(title) :]
    return words, tuple(found)


def _first_title(words: tuple[str, ...], titles: Titles) -> tuple[str, ...]:
    """Return the longest headline that the words start with; nothing is left of a mere headline."""
    for size in range(min(LONGEST_TITLE, len(words) - 1), 0, -1):
        if words[:size] in titles:
            return words[:size]
    return ()


def _line(text: str) -> str:
    return " ".join(_EQUAL_WORDS.get(one, one) for one in _WORD.findall(text))


def _is_copyright(line: str) -> bool:
    if line in _RESERVED:
        return True
    words = set(line.split())
    return bool(_COPYRIGHT.fullmatch(line)) and (not _TERMS & words or words <= _TO_FILL_IN)


def _unnamed(named: str, match: re.Match[str]) -> str:
    """Return what stands for any name, unless more than a name stands there."""
    return match[0] if (_TERMS - _TO_FILL_IN) & set(match[1].split()) else named
