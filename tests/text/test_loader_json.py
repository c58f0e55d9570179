import json
import math

import pytest

from provenance.errors import Code, TextError
from provenance.text.budget import Budget
from provenance.text.loader_json import read_as_loaders_do


def test_what_is_strict_json_has_nothing_odd() -> None:
    read = read_as_loaders_do(b' {"a": [1, 2.5, "x", null, true]} ')

    assert read.value == {"a": [1, 2.5, "x", None, True]}
    assert read.odd == ()
    assert read.shadowed == ()


@pytest.mark.parametrize(
    ("data", "code", "value"),
    [
        (b"[Infinity]", Code.JSON_NONFINITE, [math.inf]),
        (b"[0.0, -Infinity]", Code.JSON_NONFINITE, [0.0, -math.inf]),
        (b"[1e400]", Code.JSON_NONFINITE, [math.inf]),
        (b'\xef\xbb\xbf{"a": 1}', Code.JSON_BOM, {"a": 1}),
        (b"[1000000000000000019884624838656]", Code.JSON_INT, [1e30]),
        (b"[-1000000000000000019884624838656]", Code.JSON_INT, [-1e30]),
        (b"[" + b"9" * 4_000 + b"]", Code.JSON_INT, [math.inf]),
        (b'{"a": 1, "a": 2}', Code.JSON_DUP_KEY, {"a": 2}),
    ],
)
def test_what_loaders_read_is_read_and_named(data: bytes, code: Code, value: object) -> None:
    read = read_as_loaders_do(data)

    assert read.value == value
    assert [note.code for note in read.odd] == [code]


def test_a_number_that_is_none_is_a_float() -> None:
    read = read_as_loaders_do(b"[NaN]")

    assert isinstance(read.value, list)
    assert isinstance(read.value[0], float)
    assert math.isnan(read.value[0])
    assert [note.code for note in read.odd] == [Code.JSON_NONFINITE]


def test_each_oddity_is_told_once() -> None:
    read = read_as_loaders_do(b"[NaN, NaN, Infinity, 1e999]")

    assert [note.code for note in read.odd] == [Code.JSON_NONFINITE]


def test_values_that_a_later_one_replaces_are_kept_at_every_depth() -> None:
    read = read_as_loaders_do(
        b'{"auto_map": {"A": "x.A"}, "auto_map": {}, "b": [{"c": 1, "c": 2}]}'
    )

    assert read.value == {"auto_map": {}, "b": [{"c": 2}]}
    assert {"auto_map": {"A": "x.A"}} in read.shadowed
    assert {"c": 1} in read.shadowed


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", Code.JSON_SYNTAX),
        (b"\xef\xbb\xbf", Code.JSON_SYNTAX),
        (b"// c\n[]", Code.JSON_SYNTAX),
        (b'{"a": Inf}', Code.JSON_SYNTAX),
        (b"[] x", Code.JSON_TRAILING),
        (b'{"a":"\xff"}', Code.JSON_ENCODING),
        (b'["\\ud800"]', Code.JSON_ENCODING),
        (b"[" * 70 + b"]" * 70, Code.JSON_DEPTH),
        (b"[" * 100_000, Code.JSON_DEPTH),
        (b"[" + b"9" * 5_000 + b"]", Code.JSON_INT),
    ],
)
def test_what_no_loader_reads_is_an_error(data: bytes, code: Code) -> None:
    with pytest.raises(TextError) as caught:
        read_as_loaders_do(data)

    assert caught.value.code is code


def test_a_budget_holds_before_anything_is_read() -> None:
    with pytest.raises(TextError) as caught:
        read_as_loaders_do(json.dumps([0] * 100).encode(), budget=Budget(items=50))

    assert caught.value.code is Code.RESOURCE


def test_a_number_that_is_short_is_the_same_beside_a_long_one() -> None:
    short, both = (read_as_loaders_do(b"[7%s]" % rest).value for rest in (b"", b"," + b"9" * 30))

    assert short == [7]
    assert both == [7, 1e30]
