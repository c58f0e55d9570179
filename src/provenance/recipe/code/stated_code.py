"""Values that Python code states: names that are given a constant, arguments and defaults."""

import ast
from collections.abc import Iterator
from itertools import islice

from provenance.recipe.code.call_graph import CallGraph
from provenance.recipe.code.stated_keys import kind_of, value_of
from provenance.recipe.code.stated_settings import MOST_VALUES
from provenance.text.python_places import PythonPlaces
from provenance.values.artefact import Kind, StatedValue
from provenance.values.evidence import Where

# What gives a constant to a name: few of all nodes, and told by their kind before anything else.
_GIVING = (ast.Assign, ast.AnnAssign, ast.Call, ast.Dict)


def stated_in_module(
    graph: CallGraph, *, path: str, places: PythonPlaces, where: Where
) -> tuple[StatedValue, ...]:
    """Return the values that a module states, in order; ``where`` is the file as a whole."""
    found = (
        StatedValue(kind, value, path, places.where(node, where))
        for node in graph.nodes
        if isinstance(node, _GIVING)
        for key, constant in _pairs(node)
        if isinstance(constant, ast.Constant)
        and (kind := kind_of(key))
        and (value := _value(kind, constant))
    )
    kept = islice(found, MOST_VALUES)
    return tuple(sorted(kept, key=lambda one: (one.where.start, one.where.end, one.value)))


def _value(kind: Kind, constant: ast.Constant) -> str | None:
    value = constant.value
    if isinstance(value, bool):
        return None
    return value_of(kind, str(value)) if isinstance(value, int | float | str) else None


def _pairs(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Yield what a node gives a constant to."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            yield name, value
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            yield name, value
        case ast.Call(
            func=ast.Attribute(attr="add_argument"), args=[ast.Constant(value=str(name))]
        ):
            yield from ((name, one.value) for one in node.keywords if one.arg == "default")
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name), args=[value, *_]):
            # ``torch.manual_seed(1)``
            yield name, value
            yield from _arguments(node)
        case ast.Call():
            yield from _arguments(node)
        case ast.Dict(keys=keys, values=values):
            for key, value in zip(keys, values, strict=True):
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    yield key.value, value
        case _:
            return


def _arguments(call: ast.Call) -> Iterator[tuple[str, ast.expr]]:
    yield from ((one.arg, one.value) for one in call.keywords if one.arg)
