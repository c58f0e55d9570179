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

from provenance.text.python_source import children, nodes_of

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
    """A module's statements, its functions by name, and what calls what."""

    top: Sequence[ast.stmt]
    functions: dict[str, list[Sequence[ast.stmt]]]
    # Walking a tree costs more than all that is then asked of its nodes: it is done once.
    nodes: Sequence[ast.AST] = attrs.field(repr=False)
    calls: "Calls" = attrs.field(repr=False)

    @classmethod
    def of(cls, module: ast.Module) -> "CallGraph":
        """Prepare a module."""
        nodes = tuple(nodes_of(module))
        found: dict[str, list[Sequence[ast.stmt]]] = {}
        for node in nodes:
            if isinstance(node, _FUNCTIONS):
                found.setdefault(node.name, []).append(node.body)
        inside = {
            name: NamesCalled.of(one for body in bodies for one in alive(body))
            for name, bodies in found.items()
        }
        return cls(module.body, found, nodes, Calls(NamesCalled.of(alive(module.body)), inside))

    def called(self, nodes: Sequence[ast.stmt]) -> set[str]:
        """Return every name that these statements call, through the module's own functions."""
        return self._followed(NamesCalled.of(alive(nodes)))

    @property
    def called_at_top(self) -> set[str]:
        """Return every name that the module's own statements call, through its functions."""
        return self._followed(self.calls.top)

    def reached(self, entered: AbstractSet[str] = frozenset()) -> tuple[Sequence[ast.stmt], ...]:
        """Return the module's statements, and the bodies of the functions that they reach.

        ``entered`` are the functions that other modules call.
        """
        names = self._followed(self.calls.top, entered & self.functions.keys())
        bodies = (self.functions.get(name, []) for name in sorted(names))
        return (self.top, *(one for each in bodies for one in each))

    def _followed(self, names: "NamesCalled", entered: Iterable[str] = ()) -> set[str]:
        functions, inside = self.functions.keys(), self.calls.inside
        waiting = [*names.among(functions), *entered]
        found: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += inside[name].among(functions) if name in inside else ()
        return found - {""}


@attrs.frozen
class NamesCalled:
    """The names that statements call, and those that they hand to a call."""

    called: frozenset[str]
    handed: frozenset[str]

    @classmethod
    def of(cls, statements: Iterable[ast.stmt]) -> "NamesCalled":
        """Read statements, without those in them."""
        calls = [call for one in statements for call in calls_in(one)]
        called = frozenset(name_of(one.func) for one in calls)
        return cls(called, frozenset(name for one in calls for name in _handed(one)))

    def among(self, functions: AbstractSet[str]) -> frozenset[str]:
        """Return what is called where these are the functions: what is handed on, if it is one."""
        return self.called | (self.handed & functions)


@attrs.frozen
class Calls:
    """What a module's own statements call, and what each of its functions does."""

    top: NamesCalled
    inside: Mapping[str, NamesCalled]


def called_together(modules: Iterable[Calls]) -> frozenset[str]:
    """Return every name that modules call which call each other as if they were one."""
    every = tuple(modules)
    inside: dict[str, list[NamesCalled]] = {}
    for module in every:
        for name, names in module.inside.items():
            inside.setdefault(name, []).append(names)
    functions = inside.keys()
    waiting = [name for module in every for name in module.top.among(functions)]
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += (one for names in inside.get(name, ()) for one in names.among(functions))
    return frozenset(found - {""})


def calls_in(statement: ast.stmt) -> list[ast.Call]:
    """Return the calls in a statement without those in the statements in it."""
    return [node for node in own(statement) if isinstance(node, ast.Call)]


def _handed(call: ast.Call) -> Iterator[str]:
    handed = (*call.args, *(one.value for one in call.keywords))
    return (one.id for one in handed if isinstance(one, ast.Name))


def alive(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements that can run.

    Those after a return or an exit cannot, nor those under ``if False``, ``while 0`` or a loop over
    nothing.
    """
    for node in itself_alive(body):
        yield node
        for block in under(node):
            yield from alive(block)


def itself_alive(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements of a block that can run, without those in them."""
    for node in body:
        if isinstance(node, _DEFINITIONS):
            continue
        yield node
        if _ends(node):
            return


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


def under(node: ast.stmt) -> Iterator[Sequence[ast.stmt]]:
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
        waiting += [one for one in children(node) if not isinstance(one, ast.stmt)]


def name_of(function: ast.expr) -> str:
    """Return the last part of what is called; empty for what has no name."""
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""
