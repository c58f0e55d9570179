"""Too big means two ideas: files and functions have a size that can be seen at once."""

import ast
from collections.abc import Iterator

from tests.architecture.sources import Source, forbid, written

FILE_LINES = 400
FUNCTION_LINES = 50


def too_long(source: Source) -> Iterator[str]:
    """Yield each excess of a file: itself, and the functions in it."""
    length = len(source.text.splitlines())
    if length > FILE_LINES:
        yield f"{source.path}: {length} lines, {FILE_LINES} at most"
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = min([node.lineno, *(it.lineno for it in node.decorator_list)])
            lines = (node.end_lineno or first) - first + 1
            if lines > FUNCTION_LINES:
                yield source.at(node, f"{node.name}: {lines} lines, {FUNCTION_LINES} at most")


def test_no_file_and_no_function_is_too_long() -> None:
    forbid(line for source in written() for line in too_long(source))


def test_a_file_of_one_line_too_many_is_found() -> None:
    assert list(too_long(Source.of("a.py", "x = 1\n" * 400))) == []
    assert list(too_long(Source.of("a.py", "x = 1\n" * 401))) == ["a.py: 401 lines, 400 at most"]


def test_a_function_of_one_line_too_many_is_found() -> None:
    fitting = "class A:\n    @property\n    def f(self):\n" + "        x = 1\n" * 48
    longer = fitting + "        x = 1\n"

    assert list(too_long(Source.of("a.py", fitting))) == []
    assert list(too_long(Source.of("a.py", longer))) == ["a.py:3: f: 51 lines, 50 at most"]
