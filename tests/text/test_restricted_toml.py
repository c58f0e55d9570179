import time
import tracemalloc
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import Code, TextError
from provenance.text.budget import Budget
from provenance.text.restricted_toml import parse
from tests.architecture.sources import imports, package

READ = b"""# a comment with [[[ and a.b.c
title = "x # no comment"
[project]
name = 'it''s' # two
[tool.poetry.dependencies]
python = ">=3.11"
"quoted.key".inner = 1.5
text = '''
]]]] " ''''
other = \"\"\"a\\"\"\" [[\"\"\"
when = 1979-05-27T07:32:00Z
list = [[1, 2], ["a", {b = 0xff}]]
[[package]]
name = "one"
[[package]]
name = "two"
"""


def test_ordinary_documents_are_read() -> None:
    found = parse(READ.replace(b"'it''s'", b"'its'"))

    assert found["package"] == [{"name": "one"}, {"name": "two"}]
    assert found["title"] == "x # no comment"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a = " + "9" * 5000, Code.RESOURCE),
        ("a = -" + "9" * 5000, Code.RESOURCE),
        ("a = 0x" + "f" * 5000, Code.RESOURCE),
        ("a = " + "9_" * 5000 + "9", Code.RESOURCE),
        ("a = 1e" + "9" * 5000, Code.RESOURCE),
        ("a = 0." + "9" * 5000, Code.RESOURCE),
        ("a = 0x" + "f" * 17, Code.RECIPE_SYNTAX),
        ("a = 99999999999999999999", Code.RECIPE_SYNTAX),
        ("a = 2024-99-99", Code.RECIPE_SYNTAX),
        ("a = 25:00:00", Code.RECIPE_SYNTAX),
        ("a" + ".a" * 40 + " = 1", Code.RESOURCE),
        ("a" + ' . "a"' * 40 + " = 1", Code.RESOURCE),
        ("[a" + ".a" * 40 + "]", Code.RESOURCE),
        ("x = {a" + ".a" * 40 + " = 1}", Code.RESOURCE),
        ("a = " + "[" * 100_000, Code.RESOURCE),
        ("a = " + "{a=" * 100_000, Code.RESOURCE),
        ("a = '''x'''''\nb = " + "[" * 50, Code.RESOURCE),
        ("a = " + '"\\ud800"', Code.RECIPE_SYNTAX),
        ("a = 'x\0'", Code.RECIPE_SYNTAX),
        ("a = 1\na = 2", Code.RECIPE_SYNTAX),
        ("a = [", Code.RECIPE_SYNTAX),
        ("\ufeffa = 1", Code.RECIPE_SYNTAX),
    ],
)
def test_what_is_no_toml_or_costs_too_much_is_refused_by_name(text: str, code: Code) -> None:
    with pytest.raises(TextError) as caught:
        parse(text.encode())

    assert caught.value.code is code


def test_bytes_of_another_encoding_are_refused_by_name() -> None:
    with pytest.raises(TextError) as caught:
        parse("a = 'ä'".encode("latin-1"))

    assert caught.value.code is Code.CARD_ENCODING


@pytest.mark.parametrize("budget", [Budget(bytes=8), Budget(items=5)])
def test_the_budget_bounds_bytes_and_tokens(budget: Budget) -> None:
    with pytest.raises(TextError) as caught:
        parse(b"a = [1, 2, 3, 4, 5]", budget=budget)

    assert caught.value.code is Code.RESOURCE


def test_dotted_keys_cost_no_square() -> None:
    text = b"\n".join(b"%s%d = 1" % (b"a." * 30, at) for at in range(2000))
    tracemalloc.start()
    started = time.process_time()

    parse(text)

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 50 * 2**20
    assert time.process_time() - started < 20


@given(st.text(alphabet="ab.[]{}=,'\"\\\n#0x9-:_ T", max_size=60))
def test_nothing_but_typed_errors_leaves_the_reader(text: str) -> None:
    with suppress(TextError):
        parse(text.encode())


def test_only_one_reader_of_releases_knows_the_parser() -> None:
    readers = (one for one in package() if one.floor != "testing")
    users = {one.module for one in readers for use in imports(one) if use.full == "tomllib"}

    # A policy is the caller's own, and no part of a release.
    assert users == {"provenance.text.restricted_toml", "provenance.policy.file"}
