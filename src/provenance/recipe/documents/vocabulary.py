"""Vocabularies: which kind a file holds, and how many entries, by what stands in it."""

import re
from typing import Final

import attrs

from provenance.recipe.documents.loaded_json import loaded_json
from provenance.recipe.documents.sentencepiece import pieces_in
from provenance.text.budget import Allowance, Budget
from provenance.text.strict_json import JsonValue, items_in
from provenance.values.hazard import Hazard

# The largest known tokenizer.json files come near 35 MB, with two million values.
_BUDGET = Budget(bytes=64 * 2**20, depth=64, items=3_000_000)
#: Of all files of one tokenizer, or of several in one release, in values of JSON.
MOST_ITEMS: Final = 4_000_000
_TIKTOKEN_LINE = re.compile(
    rb"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?[ ]\d{1,9}"
)
_MERGES = re.compile(r"merges\.txt|vocab\.bpe|bpe[._]codes", re.IGNORECASE)
_LISTS = re.compile(r"[\w.-]+\.(?:txt|vocab)", re.IGNORECASE)
_MODELS = re.compile(r"[\w.-]+\.(?:model(?:\.v\d+)?|spm|tiktoken)", re.IGNORECASE)
#: Of a list, as many lines as no vocabulary has.
MOST_LINES: Final = 5_000_000


@attrs.frozen
class Vocabulary:
    """What a file was recognised as; ``size`` is 0 for a vocabulary that holds nothing."""

    kind: str
    size: int
    hazards: tuple[Hazard, ...] = ()
    #: Whether it takes another file to make a vocabulary of it.
    part: bool = False
    #: Whether its entries are those of one model: of several languages each may have its own.
    of_one: bool = True


def vocabulary_in(path: str, data: bytes, allowance: Allowance | None = None) -> Vocabulary | None:
    """Return the vocabulary in a file; ``None`` where it is of no kind that is known.

    An ``allowance`` is of values of JSON, for many files together.

    Raises:
        TextError: for JSON that no loader reads, or that is over the budget.
    """
    name = path.rpartition("/")[2]
    if name.lower().endswith(".json"):
        if allowance:
            allowance.spend(items_in(data), "the JSON")
        return _in_json(path, data)
    if _MODELS.fullmatch(name):
        return _in_model(data)
    if b"\0" in data[:4096]:
        return None
    if _MERGES.fullmatch(name):
        return Vocabulary("merges", _lines(data), part=True)
    return Vocabulary("word list", _lines(data)) if _LISTS.fullmatch(name) else None


def _lines(data: bytes) -> int:
    return min(len(data.splitlines()), MOST_LINES)


def _in_model(data: bytes) -> Vocabulary | None:
    """Tell SentencePiece's models from tiktoken's lists: both are called ``tokenizer.model``."""
    if pieces := pieces_in(data):
        return Vocabulary("sentencepiece", pieces)
    lines = data.splitlines()
    if lines and all(map(_TIKTOKEN_LINE.fullmatch, lines)):
        return Vocabulary("tiktoken", len(lines))
    return None if data else Vocabulary("unnamed", 0)


def _in_json(path: str, data: bytes) -> Vocabulary | None:
    value, hazards = loaded_json(data, path=path, budget=_BUDGET)
    found = _named(value, path)
    return found and attrs.evolve(found, hazards=hazards)


def _named(value: JsonValue, path: str) -> Vocabulary | None:
    name = path.rpartition("/")[2]
    table = value if isinstance(value, dict) else {}
    model = table.get("model")
    if name == "tokenizer.json":
        inside = model.get("vocab") if isinstance(model, dict) else None
        kind = str(model.get("type", "unnamed")) if isinstance(model, dict) else ""
        return _sized(kind, inside)
    if name == "tekken.json":
        return _sized("tekken", table.get("vocab"))
    tokens = table.values() if isinstance(value, dict) else ()
    plain = all(isinstance(one, int | float) for one in tokens)
    # One for each language: {"eng": {"a": 0}}.
    nested = bool(table) and all(isinstance(one, dict) for one in tokens)
    if nested:
        size = sum(len(one) for one in tokens if isinstance(one, dict))
        return Vocabulary("multilingual vocabulary", size, of_one=False)
    return _sized("vocabulary", value) if plain else None


def _sized(kind: str, value: JsonValue) -> Vocabulary | None:
    return Vocabulary(kind[:40], len(value)) if isinstance(value, dict | list) else None
