"""JSON as the loaders of models read it: more than RFC 8259 allows, and each oddity by name.

Common tools write ``Infinity``, whole numbers of 31 digits and keys twice, and common loaders read
them: whoever stops there does not see what a loader sees. What nobody can read stays an error.
"""

import json
import math
import re
from typing import Final

import attrs

from provenance.errors import Code
from provenance.text.budget import Budget
from provenance.text.note import Note
from provenance.text.span import Span
from provenance.text.strict_json import (
    BOM,
    DEFAULT_BUDGET,
    LONGEST_INTEGER,
    JsonValue,
    one_value,
    twice,
    wrong,
)

#: Python's own limit for reading a whole number (``sys.int_info.default_max_str_digits``).
_LOADED_INTEGER: Final = 4_300
_LONG: Final = re.compile(rb"[0-9]{%d}" % (LONGEST_INTEGER + 1))


@attrs.frozen
class LoaderJson:
    """A JSON value, what is odd about its text, and what a reader could take in its place.

    A whole number of more than 20 digits, and one that overflows, is a float here. Of a key that
    an object has twice, the value counts that stands last, as for Python's reader; ``shadowed`` are
    the others, each as an object of one key. ``odd`` has each code once, with the first place's
    words; JSON_INT is among them, and harms no reader in use.
    """

    value: JsonValue
    odd: tuple[Note, ...] = ()
    shadowed: tuple[JsonValue, ...] = ()


def read_as_loaders_do(data: bytes, *, budget: Budget = DEFAULT_BUDGET) -> LoaderJson:
    """Read one JSON value in UTF-8, and go on where loaders go on.

    Notes: JSON_BOM, JSON_NONFINITE for NaN, Infinity and what overflows, JSON_INT, JSON_DUP_KEY.

    Raises:
        TextError: as :func:`provenance.text.strict_json.parse`, but for those; JSON_INT for a whole
            number of more than 4,300 digits, which Python's reader refuses, too.
    """
    reader = _Reader()
    start = len(BOM) if data.startswith(BOM) else 0
    if start:
        reader.note(Code.JSON_BOM, "a byte order mark stands before the JSON", Span(0, start))
    decoder = json.JSONDecoder(
        object_pairs_hook=reader.object,
        # Python's own is faster by far, where no number is one to look at.
        parse_int=reader.integer if _LONG.search(data) else None,
        parse_float=reader.number,
        parse_constant=reader.constant,
    )
    value = one_value(data[start:], decoder, budget)
    return LoaderJson(value, tuple(reader.notes.values()), tuple(reader.shadowed))


class _Reader:
    """Makes values of what a text holds, and remembers what was odd."""

    def __init__(self) -> None:
        self.notes: dict[Code, Note] = {}
        self.shadowed: list[JsonValue] = []

    def note(self, code: Code, what: str, span: Span | None = None) -> None:
        self.notes.setdefault(code, Note(code, what, span))

    def object(self, pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
        found = dict(pairs)
        if len(found) != len(pairs):
            key = twice(pairs)
            self.note(Code.JSON_DUP_KEY, f"a JSON object has the key {key[:80]!a} twice")
            self.shadowed += ({key: one} for key, one in pairs if found[key] is not one)
        return found

    def integer(self, digits: str) -> int | float:
        size = len(digits.lstrip("-"))
        if size <= LONGEST_INTEGER:
            return int(digits)
        what = f"a whole number has {size} digits, more than {LONGEST_INTEGER}"
        if size > _LOADED_INTEGER:
            raise wrong(Code.JSON_INT, what)
        self.note(Code.JSON_INT, what)
        return float(digits)

    def number(self, digits: str) -> float:
        value = float(digits)
        if math.isinf(value):
            what = f"the number {digits[:40]} is too large for a float"
            self.note(Code.JSON_NONFINITE, what)
        return value

    def constant(self, name: str) -> float:
        self.note(Code.JSON_NONFINITE, f"{name} stands where JSON has no such number")
        return float(name)
