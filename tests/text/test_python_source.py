import ast
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import Code, TextError
from provenance.text.budget import Allowance, Budget
from provenance.text.python_source import DEEPEST_BRACKETS, parse
from provenance.text.python_tree import PythonTree


def code_of(data: bytes) -> Code:
    with pytest.raises(TextError) as caught:
        parse(data)
    return caught.value.code


@pytest.mark.parametrize("number", [b"0x" + b"f" * 5000, b"9" * 5000, b"0b" + b"1_0" * 5000])
def test_a_number_that_the_interpreter_cannot_write_is_not_read(number: bytes) -> None:
    assert code_of(b"seed = " + number) is Code.RESOURCE


def test_source_becomes_a_tree() -> None:
    tree = parse(b"\xef\xbb\xbf# -*- coding: utf-8 -*-\nx = 'caf\xc3\xa9'  # ([{\n")

    assert isinstance(tree.module.body[0], ast.Assign)


@pytest.mark.parametrize(
    "data",
    [
        b"x = 'caf\xe9'",
        b"def f(:",
        b"x\x00",
        b"# coding: utf-7\nx = 1",
        b"#!/bin/x\r# vim: set fileencoding=utf_16 :\nx = 1",
        b"\xef\xbb\xbf# coding: rot13\nx = 1",
        b"# coding: latin-1\nx = '\xc3\xa9'",
        b"".join(b" " * indent + b"if 1:\n" for indent in range(120)),
        b"x = 'no end",
    ],
)
def test_what_is_no_python_in_utf_8_is_refused(data: bytes) -> None:
    assert code_of(data) is Code.PYTHON_SYNTAX


@pytest.mark.parametrize(
    "data", [b"# coding: latin-1\nx = 1", b"# coding=UTF8\nx = 1", b"x = 1\ny = 1\n# coding: x"]
)
def test_a_declared_encoding_that_changes_nothing_is_let_through(data: bytes) -> None:
    assert parse(data).module.body


@pytest.mark.parametrize(
    "data",
    [
        b"#" * (2**20 + 1),
        b"[" * 200 + b"]" * 200,
        b"-" * 90_000 + b"1",
        b"not " * 90_000 + b"1",
        b"lambda:" * 40_000 + b"1",
        b"1+" * 40_000 + b"1",
        b"a" + b".a" * 40_000,
        b"if 1:\n pass\n" + b"elif 1:\n pass\n" * 10_000,
        b"a\n" * 500_000,
        b"f'{a}'" * 150_000,
        b"x = " + b"+".join(b"1" for _ in range(250)),
    ],
    ids=lambda it: ascii(it[:12]),
)
def test_what_is_too_large_or_too_deep_is_refused_at_once(data: bytes) -> None:
    assert code_of(data) is Code.RESOURCE


@pytest.mark.parametrize("data", [b"'''" * 300_001, b"\\" * 10, b"'" + b"\\'" * 400_000, b'"""a'])
def test_texts_without_an_end_cost_no_more_than_reading_them(data: bytes) -> None:
    assert code_of(data) in {Code.RESOURCE, Code.PYTHON_SYNTAX}


def test_brackets_in_texts_and_comments_do_not_nest() -> None:
    brackets = b"[" * 60

    for quote in (b"'", b'"', b"'''", b'"""'):
        assert parse(b"x = " + quote + brackets + b"\\" + quote + quote).module.body
    assert parse(b"x = 1  # " + brackets).module.body
    assert parse(b"x = ''''" + brackets + b"'''").module.body


def test_brackets_may_nest_up_to_the_bound() -> None:
    assert parse(b"(" * DEEPEST_BRACKETS + b")" * DEEPEST_BRACKETS).module.body
    assert parse(b"[],(),{};" * 200).module.body
    assert code_of(b"(" * (DEEPEST_BRACKETS + 1) + b")" * (DEEPEST_BRACKETS + 1)) is Code.RESOURCE
    assert code_of(b"]" * 60 + b"[" * 60) is Code.RESOURCE


def test_the_budget_counts_tokens() -> None:
    parse(b"a = b\n", budget=Budget(items=4))

    with pytest.raises(TextError) as caught:
        parse(b"a = b\n", budget=Budget(items=3))

    assert caught.value.code is Code.RESOURCE


@pytest.mark.parametrize("filters", ["error", "always", "reset"])
def test_warnings_about_the_source_are_neither_shown_nor_made_errors(filters: str) -> None:
    with warnings.catch_warnings(record=True) as shown:
        warnings.resetwarnings()
        if filters != "reset":
            warnings.simplefilter("error" if filters == "error" else "always")
        first = ast.dump(parse(b"x = '\\d'\n1 is 1\n").module)
        again = ast.dump(parse(b"x = '\\d'\n1 is 1\n").module)

    assert first == again
    assert shown == []


def test_warnings_of_others_stay_as_they_are() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        parse(b"x = 1")

        with pytest.raises(UserWarning):
            warnings.warn("still here", UserWarning, stacklevel=1)


@given(
    st.one_of(st.binary(max_size=60), st.text("()[]{}'\"#\\\n ab=:", max_size=60).map(str.encode))
)
def test_no_bytes_end_in_another_error(data: bytes) -> None:
    with suppress(TextError):
        assert isinstance(parse(data), PythonTree)


@pytest.mark.parametrize(
    "source",
    [
        b'x = f"' + b"{a}" * 30_000 + b'"',
        b"x = F'" + b"{a}" * 30_000 + b"'",
        b'x = rf"' + (b"{a}" + b" " * 220) * 4_000 + b'"',
        b'x = f"{' + b"a+" * 60_000 + b'a}"',
        b'x = f"{a:' + b"{a}" * 30_000 + b'}"',
    ],
    ids=["fields", "capital", "far apart", "one large", "in a format"],
)
def test_the_fields_of_a_text_are_counted_before_they_are_parsed(source: bytes) -> None:
    with pytest.raises(TextError) as caught:
        parse(source)

    assert caught.value.code is Code.RESOURCE


def test_texts_with_some_fields_and_long_ones_without_are_read() -> None:
    fields = b'x = f"' + b"a {b} " * 500 + b'"\n'
    braces = b'y = "' + b"{a}" * 100_000 + b'"\n'

    assert len(parse(fields * 5 + braces).module.body) == 6


def test_an_allowance_pays_for_each_of_many_files() -> None:
    allowance = Allowance(8, "tokens")

    parse(b"x = 1", allowance=allowance)

    assert allowance.left == 5
    with pytest.raises(TextError, match="of the 8 that are read of all together, 5 are left"):
        parse(b"x = (1, 2)", allowance=allowance)


def test_many_threads_parse_at_once(how_many: Callable[[int, int], int]) -> None:
    source = b"".join(
        b"def f%d(a, b=[1, 2]):\n    return {a: [b, f'{a}']}\n" % n for n in range(400)
    )
    whole = ast.dump(parse(source).module)

    def again(_: int) -> bool:
        # Objects with a finalizer, in circles: the collector runs Python while trees are made.
        rubbish = [Tidied() for _ in range(50)]
        return ast.dump(parse(source).module) == whole and len(rubbish) == 50

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(again, range(how_many(16, 64))))


class Tidied:
    def __init__(self) -> None:
        self.circle = self

    def __del__(self) -> None:
        sum(range(1000))
