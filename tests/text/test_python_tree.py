import ast

from provenance.text.python_source import parse
from provenance.text.python_tree import PythonTree


def test_the_nodes_of_a_tree_come_level_by_level_without_marks() -> None:
    tree = parse(b"a.b = c + 1")

    kinds = [type(one).__name__ for one in tree.nodes]
    assert kinds == ["Module", "Assign", "Attribute", "BinOp", "Name", "Name", "Constant"]
    assert tree.depth == 4


def test_every_node_that_stands_for_something_is_walked_once() -> None:
    source = "match a:\n  case {'b': [c, *_], **d}: pass\nglobal z\nfrom . import q\n"
    more = "x = {**y, 1: lambda a, *, b, c=2: f'{a!r:>{b}}'}\nasync def f(): yield\n"
    module = ast.parse(source + more)
    marks = (ast.expr_context, ast.operator, ast.cmpop, ast.boolop, ast.unaryop)

    tree = PythonTree.of(module)

    assert set(tree.nodes) == {one for one in ast.walk(module) if not isinstance(one, marks)}
    assert len(set(tree.nodes)) == len(tree.nodes)


def test_calls_and_tables_stand_in_their_innermost_statement() -> None:
    tree = parse(b"@a({})\ndef f():\n    return b(c(d={}))\nwith e():\n    {}\n")
    function, block = tree.module.body
    assert isinstance(function, ast.FunctionDef)
    assert isinstance(block, ast.With)

    counts = {one: len(found) for one, found in tree.calls.items()}
    assert counts == {function: 1, function.body[0]: 2, block: 1}
    assert set(tree.tables) == {function, function.body[0], block.body[0]}


def test_modules_are_joined_with_the_lines_that_they_have_together() -> None:
    parts = [(0, parse(b"a = 1\nb = 2")), (2, parse(b"\nc(\n)"))]

    tree = PythonTree.joined(parts)

    assert [(one.lineno, one.end_lineno) for one in tree.module.body] == [(1, 1), (2, 2), (4, 5)]
    assert tree.tokens == sum(part.tokens for _, part in parts)
    assert len(tree.calls) == 1
