"""Which names the statements of a module call, through the functions that it defines.

Code that the module's own statements cannot reach does not count: neither what stands after a
``return`` or under ``if False``, nor a function that nothing calls. What is handed to a call
(``Fire(main)``) counts as called.
"""

import ast
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from types import MappingProxyType

import attrs

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_DEFINITIONS = (*_FUNCTIONS, ast.ClassDef)
_COMPARED: Mapping[type[ast.cmpop], Callable[[float, float], bool]] = MappingProxyType(
    {
        ast.Eq: operator.eq,
        ast.NotEq: operator.ne,
        ast.Lt: operator.lt,
        ast.LtE: operator.le,
        ast.Gt: operator.gt,
        ast.GtE: operator.ge,
    }
)

_MOST_OF_RANGE = 3


@attrs.frozen
class CallGraph:
    """A module's statements, and its functions by name, for following calls."""

    top: Sequence[ast.stmt]
    functions: dict[str, list[Sequence[ast.stmt]]]
    # Walking a tree costs more than all that is then asked of its nodes: it is done once.
    nodes: Sequence[ast.AST] = attrs.field(repr=False)

    @classmethod
    def of(cls, module: ast.Module) -> "CallGraph":
        """Prepare a module."""
        nodes = tuple(ast.walk(module))
        found: dict[str, list[Sequence[ast.stmt]]] = {}
        for node in nodes:
            if isinstance(node, _FUNCTIONS):
                found.setdefault(node.name, []).append(node.body)
        return cls(module.body, found, nodes)

    @classmethod
    def together(cls, graphs: Iterable["CallGraph"]) -> "CallGraph":
        """Return modules that call each other as if they were one."""
        top: list[ast.stmt] = []
        found: dict[str, list[Sequence[ast.stmt]]] = {}
        for graph in graphs:
            top += graph.top
            for name, bodies in graph.functions.items():
                found.setdefault(name, []).extend(bodies)
        return cls(top, found, ())

    def called(self, nodes: Sequence[ast.stmt]) -> set[str]:
        """Return every name that these statements call, through the module's own functions."""
        return self._followed(self._calls(nodes))

    def reached(self, entered: AbstractSet[str] = frozenset()) -> tuple[Sequence[ast.stmt], ...]:
        """Return the module's statements, and the bodies of the functions that they reach.

        ``entered`` are the functions that other modules call.
        """
        names = self._followed([*self._calls(self.top), *(entered & self.functions.keys())])
        bodies = (self.functions.get(name, []) for name in sorted(names))
        return (self.top, *(one for each in bodies for one in each))

    def _followed(self, names: Iterable[str]) -> set[str]:
        found: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            bodies = [] if name in found else self.functions.get(name, [])
            found.add(name)
            for body in bodies:
                waiting += self._calls(body)
        return found - {""}

    def _calls(self, body: Sequence[ast.stmt]) -> Iterator[str]:
        """Yield the names that living statements call, and the functions that they hand on."""
        for statement in alive(body):
            for node in own(statement):
                if isinstance(node, ast.Call):
                    yield name_of(node.func)
                    handed = (*node.args, *(one.value for one in node.keywords))
                    names = (one.id for one in handed if isinstance(one, ast.Name))
                    yield from (name for name in names if name in self.functions)


def alive(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements that can run.

    Those after a return or an exit cannot, nor those under ``if False``, ``while 0`` or a loop over
    nothing.
    """
    for node in body:
        if isinstance(node, _DEFINITIONS):
            continue
        yield node
        if _ends(node):
            return
        for under in _under(node):
            yield from alive(under)


def _ends(node: ast.stmt) -> bool:
    """Tell whether nothing that stands behind a statement runs."""
    match node:
        case ast.Return() | ast.Raise() | ast.Break() | ast.Continue():
            return True
        case ast.Assert(test=test):
            return _truth(test) is False
        case ast.Expr(
            value=ast.Call(
                func=ast.Name(id="exit" | "quit")
                | ast.Attribute(value=ast.Name(id="sys"), attr="exit")
                | ast.Attribute(value=ast.Name(id="os"), attr="_exit" | "abort")
            )
        ):
            return True
        case _:
            return False


def _under(node: ast.stmt) -> Iterator[Sequence[ast.stmt]]:
    """Yield the blocks of a statement that can run."""
    if not never_runs(node):
        yield getattr(node, "body", [])
    match node:
        case ast.If(test=test, orelse=orelse) if _truth(test) is not True:
            yield orelse
        case ast.For(orelse=orelse) | ast.AsyncFor(orelse=orelse) | ast.While(orelse=orelse):
            yield orelse
        case ast.Try() | ast.TryStar():
            yield from (one.body for one in node.handlers)
            yield node.orelse
            yield node.finalbody
        case ast.Match(cases=cases):
            yield from (one.body for one in cases)
        case _:
            return


def never_runs(node: ast.stmt) -> bool:
    """Tell whether the body of a statement never runs, as its own words show."""
    match node:
        case ast.If(test=test) | ast.While(test=test):
            return _truth(test) is False
        case ast.For(iter=iterated) | ast.AsyncFor(iter=iterated):
            return _is_empty(iterated)
        case _:
            return False


def _truth(test: ast.expr) -> bool | None:
    """Return what a condition always is; ``None`` for one that its words do not tell."""
    match test:
        case ast.Constant(value=value):
            return bool(value)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            inner = _truth(operand)
            return None if inner is None else not inner
        case ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING"):
            return False
        case ast.BoolOp(op=joint, values=values):
            decisive = isinstance(joint, ast.Or)
            return decisive if decisive in map(_truth, values) else None
        case ast.Compare(left=left, ops=[compares], comparators=[right]):
            return _compared(left, compares, right)
        case _:
            return None


def _compared(left: ast.expr, compares: ast.cmpop, right: ast.expr) -> bool | None:
    """Return how two constants compare, or that a module is not called what it never is."""
    match left, right:
        case ast.Name(id="__name__"), ast.Constant(value=name):
            return False if isinstance(compares, ast.Eq) and name != "__main__" else None
        case ast.Constant(value=int() | float() as one), ast.Constant(value=int() | float() as two):
            known = _COMPARED.get(type(compares))
            return known(one, two) if known else None
        case _:
            return None


def _is_empty(iterated: ast.expr) -> bool:
    """Tell whether a loop goes over nothing: an empty display, or a range without numbers."""
    match iterated:
        case (
            ast.List(elts=[])
            | ast.Tuple(elts=[])
            | ast.Dict(keys=[])
            | ast.Constant(value="" | b"")
        ):
            return True
        case ast.Call(func=ast.Name(id="range"), args=args, keywords=[]):
            ends = [_whole(one) for one in args]
            known = [one for one in ends if one is not None]
            return 0 < len(known) == len(ends) <= _MOST_OF_RANGE and _no_number(known)
        case ast.Call(func=ast.Name(id="list" | "tuple" | "set" | "dict"), args=[], keywords=[]):
            return True
        case ast.Call(func=ast.Name(id="tqdm" | "enumerate" | "iter" | "reversed"), args=[one, *_]):
            return _is_empty(one)
        case _:
            return False


def _whole(node: ast.expr) -> int | None:
    match node:
        case ast.Constant(value=int(value)):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(value))):
            return -value
        case _:
            return None


def _no_number(ends: Sequence[int]) -> bool:
    return 0 not in ends[2:] and not range(*ends)


def own(statement: ast.stmt) -> Iterator[ast.AST]:
    """Yield the nodes of a statement without those of the statements in it."""
    waiting: list[ast.AST] = [statement]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += [one for one in ast.iter_child_nodes(node) if not isinstance(one, ast.stmt)]


def name_of(function: ast.expr) -> str:
    """Return the last part of what is called; empty for what has no name."""
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""
