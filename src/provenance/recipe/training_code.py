"""Training loops in Python's syntax trees: a loop that computes gradients and updates parameters.

The rule looks at the names of what is called, following functions of the same module: somebody who
names a function ``backward`` and lets it do nothing is believed here, and found out by the
cross-check of dimensions. Code that the module's own statements cannot reach does not count.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

import attrs

from provenance.values.evidence import Where
from provenance.values.facts import TrainingLoop

_GRADIENT = re.compile(r"backward|backprop|.*grad(?:s|ients?)?(?:_|$).*|value_and_grad|train_batch")
_UPDATE = re.compile(r"(?:.*_)?(?:step|update|updates|apply_gradients|apply)(?:_.*)?|train_batch")
# One call that trains: the entry points of training libraries.
_WHOLE = re.compile(r"pretrain|train_model")
_TRAINER = re.compile(r".*Trainer")
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_DEFINITIONS = (*_FUNCTIONS, ast.ClassDef)


@attrs.frozen
class _Module:
    """A module's functions by name, for following calls."""

    functions: dict[str, list[Sequence[ast.stmt]]]
    has_trainer: bool

    def called(self, nodes: Sequence[ast.stmt]) -> set[str]:
        """Return every name that these statements call, through the module's own functions."""
        names: set[str] = set()
        waiting = list(_calls(nodes))
        while waiting:
            name = waiting.pop()
            bodies = [] if name in names else self.functions.get(name, [])
            names.add(name)
            for body in bodies:
                waiting += _calls(body)
        return names


def find_training_loops(
    module: ast.Module, *, path: str, data: bytes, where: Where
) -> tuple[TrainingLoop, ...]:
    """Return the reachable training loops of a module, in order.

    Args:
        module: the syntax tree of ``data``.
        path: the file's path in its repository.
        data: the file's bytes, for byte spans.
        where: the place of the whole file.

    """
    calls_all = (one for one in ast.walk(module) if isinstance(one, ast.Call))
    known = _Module(
        _functions(module), any(_TRAINER.fullmatch(_name(one.func)) for one in calls_all)
    )
    bodies = [module.body, *_bodies(known, module.body)]
    lines = tuple(accumulate((len(line) for line in data.splitlines(keepends=True)), initial=0))
    found: dict[int, TrainingLoop] = {}
    for body in bodies:
        for node in _alive(body):
            if calls := _trains(node, known):
                start = lines[node.lineno - 1] + node.col_offset
                end = lines[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
                place = attrs.evolve(where, start=start, end=end)
                found[start] = TrainingLoop(place, path, calls)
    return tuple(found[start] for start in sorted(found))


def _functions(module: ast.Module) -> dict[str, list[Sequence[ast.stmt]]]:
    found: dict[str, list[Sequence[ast.stmt]]] = {}
    for node in ast.walk(module):
        if isinstance(node, _FUNCTIONS):
            found.setdefault(node.name, []).append(node.body)
    return found


def _bodies(known: _Module, top: Sequence[ast.stmt]) -> Iterator[Sequence[ast.stmt]]:
    """Yield the bodies of the functions that the module's own statements reach."""
    for name in sorted(known.called(top)):
        yield from known.functions.get(name, [])


def _alive(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements that can run: nothing after a return, nothing under ``if False``."""
    for node in body:
        if isinstance(node, _DEFINITIONS):
            continue
        yield node
        if isinstance(node, ast.Return | ast.Raise):
            return
        dead = isinstance(node, ast.If) and isinstance(node.test, ast.Constant)
        if not (dead and not node.test.value):  # type: ignore[attr-defined]
            for field in ("body", "orelse", "finalbody"):
                yield from _alive(getattr(node, field, []))


def _calls(body: Sequence[ast.stmt]) -> list[str]:
    """Return the names that the living statements of a body call."""
    nodes = (node for statement in _alive(body) for node in _own(statement))
    return [name for node in nodes if isinstance(node, ast.Call) and (name := _name(node.func))]


def _own(statement: ast.stmt) -> Iterator[ast.AST]:
    """Yield the nodes of a statement without those of the statements in it."""
    waiting: list[ast.AST] = [statement]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += [one for one in ast.iter_child_nodes(node) if not isinstance(one, ast.stmt)]


def _name(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _trains(node: ast.stmt, known: _Module) -> tuple[str, ...]:
    """Return the calls that make a statement a training loop; none when it is none."""
    if isinstance(node, _LOOPS):
        names = sorted(known.called(node.body))
        gradient = [name for name in names if _GRADIENT.fullmatch(name)]
        update = [name for name in names if _UPDATE.fullmatch(name)]
        return (gradient[0], update[0]) if gradient and update else ()
    names = [_name(one.func) for one in _own(node) if isinstance(one, ast.Call)]
    if whole := [name for name in names if _WHOLE.fullmatch(name)]:
        return (whole[0],)
    if "train" in names and known.has_trainer:
        return ("Trainer", "train")
    return ()
