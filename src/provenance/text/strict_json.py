"""JSON (RFC 8259) read strictly: one meaning for each text, or an error that names the trouble."""

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NoReturn, TypeAlias

from provenance.errors import Code, TextError
from provenance.text.budget import Budget, over

JsonValue: TypeAlias = bool | int | float | str | list["JsonValue"] | dict[str, "JsonValue"] | None

# 20 digits hold every unsigned 64-bit number; beyond, `int` is slow and no reader agrees.
LONGEST_INTEGER = 20
DEFAULT_BUDGET = Budget()

BOM = b"\xef\xbb\xbf"
_NO_SPACE = re.compile(r"[^ \t\n\r]")
_SURROGATE_ESCAPE = re.compile(rb"\\u[dD][89a-fA-F]")
_HINT = "give one JSON value in UTF-8, as RFC 8259 and RFC 7493 (I-JSON) have it"


def parse(data: bytes, *, budget: Budget = DEFAULT_BUDGET) -> JsonValue:
    """Read one JSON value in UTF-8.

    The budget's items are the bytes ``,``, ``:``, ``[`` and ``{``, those inside texts included:
    they are counted before anything is parsed. Its depth is that of arrays and objects: ``[]``
    has depth 1. The default reads 32 MiB, 64 deep, of 4 million items, in at most 400 MB.

    Raises:
        TextError: RESOURCE over the budget's bytes or items; JSON_DEPTH over its depth; JSON_BOM;
            JSON_ENCODING for what is not UTF-8, or a lone surrogate in a text; JSON_DUP_KEY;
            JSON_INT for a whole number of more than 20 digits; JSON_NONFINITE for NaN, Infinity
            and what overflows (``1e999``); JSON_TRAILING for anything after the value;
            JSON_SYNTAX for all else.
    """
    decoder = json.JSONDecoder(
        object_pairs_hook=_object,
        parse_int=_integer,
        parse_float=_finite,
        parse_constant=_constant,
    )
    return one_value(data, decoder, budget)


def one_value(data: bytes, decoder: json.JSONDecoder, budget: Budget) -> JsonValue:
    """Read the one value that bytes hold; numbers and objects are what the decoder makes of them.

    Raises:
        TextError: as :func:`parse`, but for what the decoder lets through.
    """
    text = _decoded(data, budget)
    start = _NO_SPACE.search(text)
    if start is None:
        raise wrong(Code.JSON_SYNTAX, "there is no JSON value")
    # The C scanner counts its own depth in the interpreter's: the stack cannot overflow.
    try:
        value, end = decoder.raw_decode(text, start.start())
    except RecursionError as cause:
        raise _too_deep(budget) from cause
    except json.JSONDecodeError as cause:
        where = f"line {cause.lineno}, column {cause.colno}"
        what = f"the JSON breaks off at {where}: {cause.msg}"
        raise wrong(Code.JSON_SYNTAX, what, cause.lineno) from cause
    if more := _NO_SPACE.search(text, end):
        what = f"something follows the JSON value, at character {end}"
        raise wrong(Code.JSON_TRAILING, what, text.count("\n", 0, more.start()) + 1)
    found: JsonValue = value
    if is_deeper(found, budget.depth):
        raise _too_deep(budget)
    if _SURROGATE_ESCAPE.search(data):
        _require_unicode(found)
    return found


def levels(value: object) -> Iterator[list[object]]:
    """Yield the values of a tree, level by level, the root alone first; lists are never empty.

    Dictionaries, lists and tuples have a level below them. Nothing here recurses, and whoever
    stops asking is safe from circles.
    """
    level = [value]
    while level:
        yield level
        level = [
            child
            for one in level
            if isinstance(one, dict | list | tuple)
            for child in (one.values() if isinstance(one, dict) else one)
        ]


def is_deeper(value: object, depth: int) -> bool:
    """Tell whether arrays and objects are nested more than ``depth`` deep; ``[]`` is 1 deep."""
    return any(
        at >= depth and any(isinstance(one, dict | list | tuple) for one in level)
        for at, level in enumerate(levels(value))
    )


def items_in(data: bytes) -> int:
    """Return how many values JSON may hold, and no fewer: its commas, colons and brackets."""
    return sum(map(data.count, (b",", b":", b"[", b"{")))


def _decoded(data: bytes, budget: Budget) -> str:
    budget.require_bytes(len(data), "the JSON")
    if data.startswith(BOM):
        raise wrong(Code.JSON_BOM, "a byte order mark stands before the JSON", 1)
    items = items_in(data)
    if items > budget.items:
        raise over("the JSON", items, budget.items, "items")
    # UTF-16 and UTF-32 of anything in ASCII have a zero byte among the first two.
    if b"\0" in data[:2]:
        raise wrong(Code.JSON_ENCODING, "the JSON is not in UTF-8: it begins with zero bytes")
    try:
        return data.decode()
    except UnicodeDecodeError as cause:
        what = f"the JSON is not in UTF-8 at byte {cause.start}"
        line = data.count(b"\n", 0, cause.start) + 1
        raise wrong(Code.JSON_ENCODING, what, line) from cause


def _object(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise wrong(Code.JSON_DUP_KEY, f"a JSON object has the key {twice(pairs)[:80]!a} twice")
    return found


def twice(pairs: Iterable[tuple[str, JsonValue]]) -> str:
    """Return the first key that stands twice among an object's pairs."""
    counted = Counter(key for key, _ in pairs)
    return next(key for key, times in counted.items() if times > 1)


def _integer(digits: str) -> int:
    if len(digits.lstrip("-")) > LONGEST_INTEGER:
        what = f"a whole number has {len(digits)} digits, more than {LONGEST_INTEGER}"
        raise wrong(Code.JSON_INT, what)
    return int(digits)


def _finite(digits: str) -> float:
    value = float(digits)
    if math.isinf(value):
        raise wrong(Code.JSON_NONFINITE, f"the number {digits[:40]} is too large for a float")
    return value


def _constant(name: str) -> NoReturn:
    raise wrong(Code.JSON_NONFINITE, f"{name} stands where JSON has no such number")


def _require_unicode(value: JsonValue) -> None:
    for level in levels(value):
        for one in level:
            for text in one if isinstance(one, dict) else (one,):
                if isinstance(text, str) and not _is_unicode(text):
                    raise wrong(Code.JSON_ENCODING, "a text in the JSON holds a lone surrogate")


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _too_deep(budget: Budget) -> TextError:
    return wrong(Code.JSON_DEPTH, f"the JSON is nested more than {budget.depth} deep")


def wrong(code: Code, what: str, line: int = 0) -> TextError:
    """Return the error for a text that is not the JSON it should be."""
    return TextError(what, hint=_HINT, code=code, line=line)
