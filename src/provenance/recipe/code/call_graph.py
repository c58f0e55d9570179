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

from provenance.text.python_tree import PythonTree

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
#: What stands under a name of its own, and runs only when that is used.
DEFINITIONS = (*_FUNCTIONS, ast.ClassDef)
# What ends no block; and what holds none.
_GOES_ON = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.If, ast.For, ast.With)
_SIMPLE = (ast.Expr, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Import, ast.ImportFrom, ast.Pass)
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


@attrs.frozen(eq=False)
class CallGraph:
    """A module's tree, its functions by name, and what calls what."""

    tree: PythonTree = attrs.field(repr=False)
    functions: Mapping[str, Sequence[Sequence[ast.stmt]]]
    calls: "Calls" = attrs.field(repr=False)

    @classmethod
    def of(cls, tree: PythonTree) -> "CallGraph":
        """Prepare a module."""
        found: dict[str, list[Sequence[ast.stmt]]] = {}
        for node in tree.nodes:
            if isinstance(node, _FUNCTIONS):
                found.setdefault(node.name, []).append(node.body)
        top = NamesCalled.of(_calls(alive(tree.module.body), tree))
        inside = {
            name: NamesCalled.of(call for body in bodies for call in _calls(alive(body), tree))
            for name, bodies in found.items()
        }
        return cls(tree, found, Calls(top, inside))

    @property
    def nodes(self) -> Sequence[ast.AST]:
        """Return all nodes, level by level."""
        return self.tree.nodes

    @property
    def top(self) -> Sequence[ast.stmt]:
        """Return the module's own statements."""
        return self.tree.module.body

    @property
    def called_at_top(self) -> AbstractSet[str]:
        """Return every name that the module's own statements call, through its functions."""
        return self.calls.reached()

    def called_in(self, statement: ast.stmt) -> "NamesCalled":
        """Return what a statement calls, without the statements in it."""
        return NamesCalled.of(self.tree.calls.get(statement, ()))

    def reached(self) -> tuple[Sequence[ast.stmt], ...]:
        """Return the module's statements, and the bodies of the functions that they reach."""
        names = sorted(self.called_at_top & self.functions.keys())
        return (self.top, *(body for name in names for body in self.functions[name]))


def _calls(statements: Iterable[ast.stmt], tree: PythonTree) -> Iterator[ast.Call]:
    for one in statements:
        yield from tree.calls.get(one, ())


@attrs.frozen
class NamesCalled:
    """The names that statements call, and those that they hand to a call."""

    called: frozenset[str]
    handed: frozenset[str]

    @classmethod
    def of(cls, calls: Iterable[ast.Call]) -> "NamesCalled":
        """Read calls."""
        called: set[str] = set()
        handed: set[str] = set()
        for one in calls:
            called.add(name_of(one.func))
            handed.update(it.id for it in one.args if isinstance(it, ast.Name))
            handed.update(it.value.id for it in one.keywords if isinstance(it.value, ast.Name))
        return cls(frozenset(called), frozenset(handed))

    def among(self, functions: AbstractSet[str]) -> frozenset[str]:
        """Return what is called where these are the functions: what is handed on, if it is one."""
        return self.called | (self.handed & functions)


@attrs.frozen
class Calls:
    """What a module's own statements call, and what each of its functions does."""

    top: NamesCalled
    inside: Mapping[str, NamesCalled]

    def reached(self, entered: AbstractSet[str] = frozenset()) -> AbstractSet[str]:
        """Return every name that the module's own statements call, through its functions.

        ``entered`` are the functions that other modules call.
        """
        functions = self.inside.keys()
        waiting = [*self.top.among(functions), *(entered & functions)]
        found: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += self.inside[name].among(functions) if name in self.inside else ()
        return found - {""}


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


def alive(body: Sequence[ast.stmt]) -> list[ast.stmt]:
    """Return the statements that can run.

    Those after a return or an exit cannot, nor those under ``if False``, ``while 0`` or a loop over
    nothing.
    """
    found: list[ast.stmt] = []
    for node in itself_alive(body):
        found.append(node)
        for block in under(node):
            found += alive(block)
    return found


def itself_alive(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements of a block that can run, without those in them."""
    for node in body:
        if isinstance(node, DEFINITIONS):
            continue
        yield node
        if _ends(node):
            return


def _ends(node: ast.stmt) -> bool:
    """Tell whether nothing that stands behind a statement runs."""
    if isinstance(node, _GOES_ON):
        return False
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
    if isinstance(node, _SIMPLE):
        return
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


def name_of(function: ast.expr) -> str:
    """Return the last part of what is called; empty for what has no name."""
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""
