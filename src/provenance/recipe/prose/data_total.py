"""How much training data a card says that there is: the most that its words allow, in bytes.

Only bytes and characters are read (a character is at most four bytes in UTF-8); tokens weigh
nothing in bytes. A sentence counts in a section about training data, or when it speaks of training
data itself, and not when it speaks of memory or disks. It need not offer the data: what is kept
back is part of the whole, too.
"""

import re
from collections.abc import Iterable

from provenance.recipe.prose.words import sentences
from provenance.text.markdown import Section
from provenance.text.span import Span

_SECTION = re.compile(
    r"\b(?:training|pre-?training) (?:data|corpus|set)|\bdatasets?\b", re.IGNORECASE
)
# Two searches: one pattern for both words would look for the second after each of the first.
_TRAINED = re.compile(r"\b(?:pre-?)?train", re.IGNORECASE)
_DATA = re.compile(r"\b(?:data|corpus\b|text\b)", re.IGNORECASE)
_NO_DATA = re.compile(
    r"\b(?:memory|v?ram|disks?|gpus?|weights|checkpoints?|shards?)\b", re.IGNORECASE
)
_AMOUNT = re.compile(
    r"(?<![\w.,])(?P<number>\d{1,3}(?:,\d{3})+|\d{1,12})(?P<part>\.\d{1,6})?[ \u00a0]?"
    r"(?P<scale>thousand|million|billion|trillion)?[ \u00a0]?"
    r"(?P<unit>[kmgtp]i?b|bytes|characters)\b",
    re.IGNORECASE,
)
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_UNITS = {"bytes": 1, "characters": 4}
_PREFIXES = "kmgtp"
# What every reader of a manifest takes alike.
_MOST = 2**53 - 1


def data_total(sections: Iterable[Section]) -> tuple[int, Span] | None:
    """Return the largest amount of training data that a card states, with where it stands."""
    found: list[tuple[int, Span]] = []
    for section in sections:
        about = _SECTION.search(section.title) is not None
        for sentence in sentences(section.text):
            speaks = _TRAINED.search(sentence) and _DATA.search(sentence)
            if (about or speaks) and not _NO_DATA.search(sentence):
                found += ((amount, section.span) for amount in amounts(sentence))
    return max(found, key=lambda one: one[0], default=None)


def amounts(sentence: str) -> list[int]:
    """Return the amounts that a sentence states, in bytes, rounded up.

    >>> amounts("268,379 characters; 825 GiB in all, 1.5 million bytes")
    [1073516, 885837004800, 1500000]
    """
    found = (_bytes(match) for match in _AMOUNT.finditer(sentence))
    return [amount for amount in found if 0 < amount <= _MOST]


def _bytes(match: re.Match[str]) -> int:
    digits, part = match["number"].replace(",", ""), (match["part"] or ".").removeprefix(".")
    scale = _SCALES.get((match["scale"] or "").lower(), 1) * _unit(match["unit"].lower())
    return -(-int(digits + part) * scale // int(10 ** len(part)))


def _unit(unit: str) -> int:
    if unit in _UNITS:
        return _UNITS[unit]
    base = 1024 if "i" in unit else 1000
    return int(base ** (_PREFIXES.index(unit[0]) + 1))
