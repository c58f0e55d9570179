import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import Code, TextError
from provenance.text.budget import Budget
from provenance.text.strict_json import JsonValue, is_deeper, levels, parse

unicode = st.text(st.characters(codec="utf-8"), max_size=8)
values = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(10**20) + 1, 10**20 - 1),
        st.floats(allow_nan=False, allow_infinity=False),
        unicode,
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(unicode, inner, max_size=4)
    ),
    max_leaves=20,
)


@given(values, st.booleans(), st.sampled_from([None, 2]))
def test_what_json_writes_is_read_back(value: JsonValue, ascii_only: bool, indent: int) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)

    assert parse(f" \t\r\n{text}\n ".encode()) == value


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", Code.JSON_SYNTAX),
        (b" \n ", Code.JSON_SYNTAX),
        (b"{nope}", Code.JSON_SYNTAX),
        (b'{"a":1,}', Code.JSON_SYNTAX),
        (b"[1", Code.JSON_SYNTAX),
        (b"01", Code.JSON_TRAILING),
        (b'"\x01"', Code.JSON_SYNTAX),
        (b'"\\x41"', Code.JSON_SYNTAX),
        (b"\x0c[]", Code.JSON_SYNTAX),
        (b"// c\n[]", Code.JSON_SYNTAX),
        (b'{"a":1}{"a":2}', Code.JSON_TRAILING),
        (b"[]\x00\x00", Code.JSON_TRAILING),
        (b"[] x", Code.JSON_TRAILING),
        (b'\xef\xbb\xbf{"a":1}', Code.JSON_BOM),
        (b'{"\xff\xfe":{}}', Code.JSON_ENCODING),
        (b'"\xed\xa0\x80"', Code.JSON_ENCODING),
        ('{"a":1}'.encode("utf-16"), Code.JSON_ENCODING),
        ('{"a":1}'.encode("utf-16-le"), Code.JSON_ENCODING),
        ('{"a":1}'.encode("utf-32-be"), Code.JSON_ENCODING),
        (b'"\\ud800"', Code.JSON_ENCODING),
        (b'{"\\udc00":1}', Code.JSON_ENCODING),
        (b'[{"a":["\\uDBFFx"]}]', Code.JSON_ENCODING),
        (b'{"a":1,"a":1}', Code.JSON_DUP_KEY),
        (b'[{"b":{"a":1,"c":2,"\\u0061":3}}]', Code.JSON_DUP_KEY),
        (b"NaN", Code.JSON_NONFINITE),
        (b'{"a":Infinity}', Code.JSON_NONFINITE),
        (b"[-Infinity]", Code.JSON_NONFINITE),
        (b"1e999", Code.JSON_NONFINITE),
        (b"-1e999", Code.JSON_NONFINITE),
        (b"9" * 21, Code.JSON_INT),
        (b"-" + b"9" * 21, Code.JSON_INT),
    ],
    ids=lambda it: ascii(it)[:30],
)
def test_what_has_no_single_meaning_is_refused(data: bytes, code: Code) -> None:
    with pytest.raises(TextError) as caught:
        parse(data)

    assert caught.value.code is code


def test_escaped_pairs_and_twenty_digits_are_fine() -> None:
    assert parse(b'"\\ud83d\\ude00"') == "\U0001f600"
    assert parse(b'{"\\\\ud800":"\\u00e9"}') == {"\\ud800": "é"}
    assert parse(b"-" + b"9" * 20) == -(10**20 - 1)


@pytest.mark.parametrize("opening", [b"[", b'{"a":', b'[{"a":'])
def test_deep_nesting_is_refused_at_once_and_in_little_memory(opening: bytes) -> None:
    tracemalloc.start()
    with pytest.raises(TextError) as caught:
        parse(opening * 200_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert caught.value.code is Code.JSON_DEPTH
    assert peak < 20_000_000


@pytest.mark.parametrize("depth", [1, 64])
def test_the_depth_of_a_budget_is_exact(depth: int) -> None:
    budget = Budget(depth=depth)
    fitting = b"[" * depth + b"]" * depth

    assert is_deeper(parse(fitting, budget=budget), depth - 1)
    with pytest.raises(TextError) as caught:
        parse(b'{"a":' + fitting + b"}", budget=budget)

    assert caught.value.code is Code.JSON_DEPTH


def test_a_scalar_has_no_depth() -> None:
    assert not is_deeper("a", 0)
    assert is_deeper((), 0)


@pytest.mark.parametrize(
    ("data", "budget"),
    [
        (b"[        ]", Budget(bytes=9)),
        (b"[1,2,3]", Budget(items=2)),
        (b'{"a":{}}', Budget(items=2)),
        (b"[" + b"{}," * 4_000_000 + b"{}]", Budget()),
    ],
    ids=["bytes", "commas", "objects", "default"],
)
def test_what_is_over_its_budget_is_not_parsed(data: bytes, budget: Budget) -> None:
    with pytest.raises(TextError) as caught:
        parse(data, budget=budget)

    assert caught.value.code is Code.RESOURCE


def test_many_digits_cost_no_more_than_reading_them() -> None:
    with pytest.raises(TextError) as caught:
        parse(b'{"shape":[' + b"9" * 2_000_000 + b"]}")

    assert caught.value.code is Code.JSON_INT
    assert len(caught.value.what) < 200


def test_levels_go_down_one_step_at_a_time() -> None:
    tree: JsonValue = {"a": [1, {"b": 2}]}

    assert list(levels(tree)) == [[tree], [[1, {"b": 2}]], [1, {"b": 2}], [2]]
