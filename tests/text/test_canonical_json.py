import json
from enum import IntEnum, StrEnum
from typing import cast

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import Code, TextError
from provenance.text.canonical_json import Encodable, encode, parse_canonical
from provenance.text.strict_json import JsonValue

unicode = st.text(st.characters(codec="utf-8"), max_size=6)
exact = st.integers(-(2**53) + 1, 2**53 - 1)
floats = st.floats(allow_nan=False, allow_infinity=False).filter(
    lambda it: not 2**53 <= abs(it) < 1e21
)
values = st.recursive(
    st.one_of(st.none(), st.booleans(), exact, floats, unicode),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(unicode, inner, max_size=4)
    ),
    max_leaves=20,
)


class Word(StrEnum):
    ONE = "one"


class Number(IntEnum):
    ONE = 1


@given(values)
def test_what_is_encoded_is_read_back(value: JsonValue) -> None:
    assert parse_canonical(encode(value)) == value


@given(values)
def test_every_other_form_of_a_value_is_refused(value: JsonValue) -> None:
    canonical = encode(value)
    for other in (json.dumps(value, indent=1).encode(), b" " + canonical, canonical + b"\n"):
        if other != canonical:
            with pytest.raises(TextError) as caught:
                parse_canonical(other)
            assert caught.value.code is Code.JSON_NOT_CANONICAL


@given(values)
def test_the_bytes_are_those_of_rfc_8785(value: JsonValue) -> None:
    assert encode(value) == rfc8785.dumps(value)


def test_keys_are_sorted_by_their_utf_16_units() -> None:
    assert encode({"\ufb33": 1, "\U0001f600": 2}) == '{"\U0001f600":2,"\ufb33":1}'.encode()


def test_tuples_and_enums_are_written_as_their_values() -> None:
    assert encode({"a": (Word.ONE, Number.ONE)}) == b'{"a":["one",1]}'


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (2**53, Code.JSON_INT),
        ([-(2**53)], Code.JSON_INT),
        ({"a": [1e17]}, Code.JSON_INT),
        (2.0**53, Code.JSON_INT),
        (float("nan"), Code.JSON_NONFINITE),
        ([float("-inf")], Code.JSON_NONFINITE),
        ("\ud800", Code.JSON_ENCODING),
        ({"\udc00": 1}, Code.JSON_ENCODING),
        (b"bytes", Code.JSON_SHAPE),
        ({1: 2}, Code.JSON_SHAPE),
        ({"a": {1, 2}}, Code.JSON_SHAPE),
    ],
    ids=ascii,
)
def test_what_has_no_canonical_form_is_refused(value: object, code: Code) -> None:
    with pytest.raises(TextError) as caught:
        encode(cast("Encodable", value))

    assert caught.value.code is code


def test_depth_and_circles_are_refused() -> None:
    circle: list[JsonValue] = []
    circle.append(circle)
    deep: JsonValue = []
    for _ in range(63):
        deep = [deep]
    assert parse_canonical(encode(deep)) == deep

    for value in (circle, [deep]):
        with pytest.raises(TextError) as caught:
            encode(value)
        assert caught.value.code is Code.JSON_DEPTH


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'{"b":1,"a":2}', Code.JSON_NOT_CANONICAL),
        (b"1.0", Code.JSON_NOT_CANONICAL),
        (b"-0", Code.JSON_NOT_CANONICAL),
        (b'"\\u0061"', Code.JSON_NOT_CANONICAL),
        (b"9007199254740992", Code.JSON_INT),
        (b'{"a":1,"a":1}', Code.JSON_DUP_KEY),
    ],
    ids=ascii,
)
def test_bytes_of_another_form_are_refused(data: bytes, code: Code) -> None:
    with pytest.raises(TextError) as caught:
        parse_canonical(data)

    assert caught.value.code is code
