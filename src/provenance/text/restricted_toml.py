"""TOML 1.0 read within a budget: what is nested, dotted or long is refused before it is parsed."""

import re
import tomllib
from typing import TYPE_CHECKING, TypeAlias

from provenance.errors import Code, TextError
from provenance.text.budget import Budget, over
from provenance.text.strict_json import levels

if TYPE_CHECKING:
    from datetime import date, datetime, time

TomlValue: TypeAlias = (
    "bool | int | float | str | datetime | date | time | list[TomlValue] | dict[str, TomlValue]"
)

#: 8 MiB, 400,000 tokens: the lock files of the largest projects come near a third of either, and
#: the parser takes a second for so many.
DEFAULT_BUDGET = Budget(bytes=8 * 2**20, depth=32, items=400_000)
#: Of a number; longer ones cost the interpreter more than they say.
LONGEST_NUMBER = 400
# What TOML itself demands of every reader, and no more.
_INTEGER_BITS = 64

# Tokens, as TOML 1.0 cuts them: texts to their end, or to the end of what they may span; comments;
# bare keys, numbers and dates; line ends and all other characters, one by one. No backtracking.
_PARTS = re.compile(
    r"'''(?:[^']|'(?!''))*+(?:'{3,5}|\Z)"
    r'|"""(?:[^"\\]|\\[\s\S]|"(?!""))*+(?:"{3,5}|\Z)'
    r"|'[^'\n]*+'?"
    r'|"(?:[^"\\\n]|\\.)*+"?'
    r"|\#[^\n]*+|[\w+-]++|[^ \t\r]"
)
_STEP = {"[": 1, "{": 1, "]": -1, "}": -1}
_ENDS_A_KEY = frozenset("=,[]{}\n")
_HINT = "correct the file; until then it counts as unread"


def parse(data: bytes, *, budget: Budget = DEFAULT_BUDGET) -> dict[str, TomlValue]:
    """Read a TOML document in UTF-8.

    The budget's items are tokens; its depth is that of arrays and tables in one another, and of the
    parts of a dotted key: all counted before anything is parsed, because the standard library's
    parser takes time and memory by the square of them.

    Raises:
        TextError: RESOURCE over the budget's bytes, items or depth, and for a number of more than
            400 characters; CARD_ENCODING for what is not UTF-8; RECIPE_SYNTAX for all else, whole
            numbers of more than 64 bits included.
    """
    budget.require_bytes(len(data), "the TOML")
    try:
        text = data.decode()
    except UnicodeDecodeError as cause:
        what = f"the TOML is not in UTF-8 at byte {cause.start}"
        raise TextError(what, hint=_HINT, code=Code.CARD_ENCODING) from cause
    _require_simple(text, budget)
    try:
        table: dict[str, TomlValue] = tomllib.loads(text)
    except (ValueError, OverflowError, RecursionError) as cause:
        # Besides its own error, tomllib lets through those of numbers and dates, and of the stack.
        raise _wrong(f"the TOML breaks off: {str(cause)[:200]}") from cause
    _require_integers(table)
    return table


def _require_simple(text: str, budget: Budget) -> None:
    depth = dots = 0
    for count, match in enumerate(_PARTS.finditer(text), 1):
        part = match[0]
        depth = max(depth + _STEP.get(part, 0), 0)
        dots = 0 if part in _ENDS_A_KEY else dots + (part == ".")
        if depth > budget.depth or dots >= budget.depth:
            what = f"the TOML is nested more than {budget.depth} deep"
            raise TextError(what, hint=_HINT, code=Code.RESOURCE)
        if count > budget.items:
            raise over("the TOML", count, budget.items, "tokens")
        if len(part) > LONGEST_NUMBER and (part[0].isdecimal() or part[0] in "+-"):
            raise over("a number in the TOML", len(part), LONGEST_NUMBER, "characters")


def _require_integers(table: dict[str, TomlValue]) -> None:
    for level in levels(table):
        for one in level:
            if isinstance(one, int) and one.bit_length() > _INTEGER_BITS:
                raise _wrong(f"a whole number in the TOML has more than {_INTEGER_BITS} bits")


def _wrong(what: str) -> TextError:
    return TextError(what, hint=_HINT, code=Code.RECIPE_SYNTAX)
