import ast

import pytest

from provenance.recipe.code.call_graph import CallGraph, alive, called_together, name_of
from provenance.text.python_source import parse


def graph(text: str) -> CallGraph:
    return CallGraph.of(parse(text.encode()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("f()", {"f"}),
        ("def f():\n    g()\nf()", {"f", "g"}),
        ("def f():\n    g()\n", set()),
        ("def f():\n    f()\nf()", {"f"}),
        ("def f():\n    g()\nFire(f)", {"Fire", "f", "g"}),
        ("def f():\n    g()\nrun(target=f)", {"run", "f", "g"}),
        ("run(x)", {"run"}),
        ("if False:\n    f()", set()),
        ("if 0:\n    f()\nelse:\n    g()", {"g"}),
        ("if not True:\n    f()", set()),
        ("if not x:\n    f()", {"f"}),
        ("if x and False:\n    f()", set()),
        ("if x and y:\n    f()", {"f"}),
        ("while 1 > 2:\n    f()", set()),
        ("while 1 < 2:\n    f()", {"f"}),
        ("while 1 in 2:\n    f()", {"f"}),
        ("for one in {}:\n    f()", set()),
        ("for one in '':\n    f()", set()),
        ("for one in set():\n    f()", {"set"}),
        ("for one in range(0):\n    f()", {"range"}),
        ("for one in tqdm(range(5, 5)):\n    f()", {"range", "tqdm"}),
        ("for one in range(-1):\n    f()", {"range"}),
        ("for one in range(1, 9, 0):\n    f()", {"f", "range"}),
        ("for one in range(n):\n    f()", {"f", "range"}),
        ("for one in range(3):\n    break\n    f()", {"range"}),
        ("for one in range(3):\n    continue\n    f()", {"range"}),
        ("sys.exit(0)\nf()", {"exit"}),
        ("assert False\nf()", set()),
        ("assert x\nf()", {"f"}),
        ("while 0:\n    f()", set()),
        ("while None:\n    f()", set()),
        ("while 1:\n    f()", {"f"}),
        ("for one in []:\n    f()", set()),
        ("for one in ():\n    f()", set()),
        ("for one in [1]:\n    f()", {"f"}),
        ("a.b.c()", {"c"}),
        ("(lambda: 1)()", set()),
    ],
)
def test_what_a_module_calls_is_followed_through_its_functions(
    text: str, expected: set[str]
) -> None:
    found = graph(text)

    assert found.called_at_top == expected


def test_nothing_after_a_return_can_run() -> None:
    (function,) = ast.parse("def f():\n    a()\n    return\n    b()").body
    assert isinstance(function, ast.FunctionDef)

    assert len(list(alive(function.body))) == 2


def test_functions_that_others_call_are_reached_and_no_others() -> None:
    library = graph("def f():\n    g()\ndef g():\n    pass\ndef h():\n    pass\n")

    assert library.reached() == (library.top,)
    assert library.calls.reached(frozenset({"f", "unheard"})) == {"f", "g"}


def test_modules_together_call_each_other() -> None:
    modules = [graph("f()"), graph("def f():\n    g(h, i)"), graph("def h():\n    pass")]

    assert called_together(one.calls for one in modules) == {"f", "g", "h"}


def test_what_has_no_name_is_called_nothing() -> None:
    call = ast.parse("f()()").body[0]
    assert isinstance(call, ast.Expr)
    assert isinstance(call.value, ast.Call)

    assert name_of(call.value.func) == ""


@pytest.mark.parametrize(
    "text",
    [
        "import sys\nsys.exit()\nf()",
        "sys.exit(1)\nf()",
        "exit()\nf()",
        "quit()\nf()",
        "os._exit(0)\nf()",
        "os.abort()\nf()",
        "assert False\nf()",
        "assert 1 > 2\nf()",
        "for a in b:\n    break\n    f()",
        "while a:\n    continue\n    f()",
        "if 1 > 2:\n    f()",
        "if not True:\n    f()",
        "if x and 0:\n    f()",
        "if __name__ == 'other':\n    f()",
        "if TYPE_CHECKING:\n    f()",
        "if typing.TYPE_CHECKING:\n    f()",
        "if True:\n    pass\nelse:\n    f()",
        "if x or 1:\n    pass\nelse:\n    f()",
    ],
)
def test_what_can_never_run_calls_nothing(text: str) -> None:
    found = graph(text)

    assert "f" not in found.called_at_top


@pytest.mark.parametrize(
    "text",
    [
        "if 0:\n    pass\nelse:\n    f()",
        "for a in []:\n    pass\nelse:\n    f()",
        "while x:\n    pass\nelse:\n    f()",
        "try:\n    pass\nexcept E:\n    f()",
        "try:\n    pass\nexcept* E:\n    f()",
        "try:\n    pass\nfinally:\n    f()",
        "try:\n    pass\nexcept E:\n    pass\nelse:\n    f()",
        "match x:\n    case 1:\n        f()",
        "with a:\n    f()",
        "if x:\n    sys.exit()\nf()",
        "assert True\nf()",
        "assert x\nf()",
        "loader.exit()\nf()",
        "sys.exit(f())",
        "if __name__ == '__main__':\n    f()",
        "if __name__ != 'other':\n    f()",
        "if 2 > 1:\n    f()",
        "if 'a' > 1:\n    f()",
        "if 1 in 2:\n    f()",
        "if a < b < c:\n    f()",
        "if a or b:\n    f()",
        "if not x:\n    f()",
        "for a in b:\n    if x:\n        continue\n    f()",
        "async def g():\n    async for a in b:\n        pass\n    else:\n        f()\ng()",
    ],
)
def test_what_may_run_is_followed(text: str) -> None:
    found = graph(text)

    assert "f" in found.called_at_top
