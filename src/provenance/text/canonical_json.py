"""Canonical JSON (RFC 8785): one sequence of bytes for each value, and no other is read."""

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import rfc8785

from provenance.errors import Code, TextError
from provenance.text.budget import Budget
from provenance.text.strict_json import DEFAULT_BUDGET, JsonValue, is_deeper, levels, parse

Encodable: TypeAlias = (
    bool | int | float | str | Sequence["Encodable"] | Mapping[str, "Encodable"] | None
)

# RFC 7493, section 2.2: whole numbers from here on are not the same number to every reader.
_INEXACT_FROM = 2.0**53
# From here on, RFC 8785 writes a whole float with an exponent, as no integer is written.
_EXPONENT_FROM = 1e21
# From here on, Python writes a fraction without an exponent, as RFC 8785 does.
_FRACTIONS_FROM = 1e-4
_PLAIN = frozenset({str, bool, type(None), list, tuple})
_PLAIN_FORM = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_HINT = "give texts, whole numbers within 2**53, finite floats, lists, and dicts with text keys"


def encode(value: Encodable) -> bytes:
    """Return the canonical bytes of a value; :func:`parse_canonical` reads them back.

    Tuples are written as arrays, members of a text or integer enum as their values. A float that
    is whole is written as, and read back as, an integer.

    Raises:
        TextError: JSON_INT for whole numbers beyond 2**53 - 1; JSON_NONFINITE; JSON_ENCODING for
            lone surrogates; JSON_DEPTH for more than 64 levels; JSON_SHAPE for anything that JSON
            has no form for, keys that are no texts included.
    """
    if _is_plain(value):
        try:
            return _PLAIN_FORM.encode(value).encode()
        except UnicodeEncodeError:
            pass  # a lone surrogate: the library says where
    encoded = _by_the_library(value)
    if is_deeper(value, DEFAULT_BUDGET.depth):
        raise _too_deep()
    if any(_is_inexact(one) for level in levels(value) for one in level):
        raise _wrong(Code.JSON_INT, "a whole float is beyond 2**53 - 1")
    return encoded


def parse_canonical(data: bytes, *, budget: Budget = DEFAULT_BUDGET) -> JsonValue:
    """Read a JSON value from the one sequence of bytes that is its canonical form.

    Raises:
        TextError: what :func:`provenance.text.strict_json.parse` and :func:`encode` raise;
            JSON_NOT_CANONICAL for the bytes of another form of the value.
    """
    value = parse(data, budget=budget)
    if encode(value) != data:
        raise _wrong(Code.JSON_NOT_CANONICAL, "the JSON is not in its canonical form (RFC 8785)")
    return value


def _is_plain(value: object) -> bool:
    """Tell whether the standard library, many times as fast, writes a value as RFC 8785 has it.

    It does for everything but floats that are whole or written with an exponent, whole numbers that
    are not the same to every reader, and keys that code points and UTF-16 do not sort alike.
    """
    return all(
        depth < DEFAULT_BUDGET.depth and all(map(_is_plainly_written, level))
        for depth, level in enumerate(levels(value))
    )


def _is_plainly_written(one: object) -> bool:
    kind = type(one)
    if kind in _PLAIN:
        return True
    if isinstance(one, dict):
        return kind is dict and all(type(key) is str and key.isascii() for key in one)
    if isinstance(one, float):
        fraction = _FRACTIONS_FROM <= abs(one) < _INEXACT_FROM and not one.is_integer()
        return kind is float and fraction
    return kind is int and isinstance(one, int) and -_INEXACT_FROM < one < _INEXACT_FROM


def _is_inexact(value: object) -> bool:
    return isinstance(value, float) and _INEXACT_FROM <= abs(value) < _EXPONENT_FROM


def _by_the_library(value: Encodable) -> bytes:
    try:
        return rfc8785.dumps(value)
    except rfc8785.IntegerDomainError as cause:
        raise _wrong(Code.JSON_INT, "a whole number is beyond 2**53 - 1") from cause
    except rfc8785.FloatDomainError as cause:
        raise _wrong(Code.JSON_NONFINITE, f"JSON has no such number: {cause}") from cause
    except UnicodeEncodeError as cause:
        raise _wrong(Code.JSON_ENCODING, "a key holds a lone surrogate") from cause
    except rfc8785.CanonicalizationError as cause:
        if isinstance(cause.__cause__, UnicodeEncodeError):
            raise _wrong(Code.JSON_ENCODING, "a text holds a lone surrogate") from cause
        raise _wrong(Code.JSON_SHAPE, f"JSON has no form for it: {cause}") from cause
    except RecursionError as cause:
        raise _too_deep() from cause


def _too_deep() -> TextError:
    what = f"the value is nested more than {DEFAULT_BUDGET.depth} deep, or in a circle"
    return _wrong(Code.JSON_DEPTH, what)


def _wrong(code: Code, what: str) -> TextError:
    return TextError(what, hint=_HINT, code=code)
