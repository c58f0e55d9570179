"""Training loops in Python's syntax trees: a loop that computes gradients and updates parameters.

The rule looks at the names of what is called, following functions of the same module: somebody who
names a function ``backward`` and lets it do nothing is believed here, and found out by the
cross-check of dimensions. Code that the module's own statements cannot reach does not count.
"""

import ast
import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

import attrs

from provenance.recipe.call_graph import (
    CallGraph,
    Calls,
    NamesCalled,
    itself_alive,
    name_of,
    under,
)
from provenance.text.python_places import PythonPlaces
from provenance.values.evidence import Where
from provenance.values.facts import TrainingLoop

# A gradient that is computed: not one that is forbidden, set to zero, clipped or looked at.
_GRADIENT = re.compile(
    r"backward|backprop|value_and_grad|train_batch|"
    r"(?!.*(?:no|zero|enable|requires?|clip|is|has|set|scale|sync|reset|get)_grad)"
    r"(?!.*grads?_(?:norm|scal|enabled|clip)).*grad(?:s|ients?)?(?:_|$).*"
)
_UPDATE = re.compile(
    r"(?!.*(?:eval|valid|test|log|global|backward|get|num)_)"
    r"(?:.*_)?(?:step|update|updates|apply_gradients|apply)(?:_.*)?|train_batch"
)
# One call that trains: the entry points of training libraries.
_WHOLE = re.compile(r"pretrain|train_model")
_TRAINER = re.compile(r".*Trainer")
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
# A statement that trains, and the calls that tell.
_Trains = tuple[ast.stmt, tuple[str, ...]]


def find_training_loops(
    graph: CallGraph,
    *,
    path: str,
    data: bytes,
    where: Where,
    entered: AbstractSet[str] = frozenset(),
) -> tuple[TrainingLoop, ...]:
    """Return the reachable training loops of a module, in order.

    Args:
        graph: the syntax tree of ``data``, and its calls.
        path: the file's path in its repository.
        data: the file's bytes, for byte spans.
        where: the place of the whole file.
        entered: the functions of the module that others call.

    """
    calls = (one for one in graph.nodes if isinstance(one, ast.Call))
    has_trainer = any(_TRAINER.fullmatch(name_of(one.func)) for one in calls)
    signs = _Signs.of(graph, has_trainer=has_trainer)
    places = PythonPlaces.of(data)
    found: dict[int, TrainingLoop] = {}
    for body in graph.reached(entered):
        training: list[_Trains] = []
        signs.of_block(body, training)
        for node, named in training:
            place = places.where(node, where)
            found[place.start] = TrainingLoop(place, path, named)
    return tuple(found[start] for start in sorted(found))


@attrs.frozen
class _Sign:
    """The first names, in order, of a computed gradient and of an update; empty for none."""

    gradient: str = ""
    update: str = ""

    def __or__(self, other: "_Sign") -> "_Sign":
        """Return the first names of both."""
        return _Sign(
            min(filter(None, (self.gradient, other.gradient)), default=""),
            min(filter(None, (self.update, other.update)), default=""),
        )


@attrs.frozen
class _Signs:
    """What calling a name comes to, through the functions of the module.

    Each function and each statement is looked at once, whatever calls and holds it: followed from
    every loop anew, a program would cost the square of its size.
    """

    functions: AbstractSet[str]
    gradients: Mapping[str, str]
    updates: Mapping[str, str]
    has_trainer: bool

    @classmethod
    def of(cls, graph: CallGraph, *, has_trainer: bool) -> "_Signs":
        gradients = _first_reached(graph.calls, _GRADIENT)
        updates = _first_reached(graph.calls, _UPDATE)
        return cls(graph.functions.keys(), gradients, updates, has_trainer)

    def of_block(self, body: Sequence[ast.stmt], training: list[_Trains]) -> _Sign:
        """Return what the living statements of a block call; those that train are added."""
        found = _Sign()
        for statement in itself_alive(body):
            names = NamesCalled.of([statement])
            found |= self._of_names(names.among(self.functions))
            for block in under(statement):
                inside = self.of_block(block, training)
                found |= inside
                is_loop = isinstance(statement, _LOOPS) and block is statement.body
                if is_loop and inside.gradient and inside.update:
                    training.append((statement, (inside.gradient, inside.update)))
            if not isinstance(statement, _LOOPS) and (whole := self._whole(names.called)):
                training.append((statement, whole))
        return found

    def _of_names(self, names: AbstractSet[str]) -> _Sign:
        return _Sign(
            min((self.gradients[one] for one in names if one in self.gradients), default=""),
            min((self.updates[one] for one in names if one in self.updates), default=""),
        )

    def _whole(self, names: AbstractSet[str]) -> tuple[str, ...]:
        """Return the call that trains; none where there is none."""
        if whole := sorted(name for name in names if _WHOLE.fullmatch(name)):
            return (whole[0],)
        return ("Trainer", "train") if "train" in names and self.has_trainer else ()


def _first_reached(calls: Calls, pattern: re.Pattern[str]) -> dict[str, str]:
    """Return, by each name that comes to one of a pattern, the first of those in order."""
    callers: dict[str, list[str]] = {}
    functions = calls.inside.keys()
    for caller, names in calls.inside.items():
        for name in names.among(functions):
            callers.setdefault(name, []).append(caller)
    named = {*calls.top.called, *functions, *callers}
    found: dict[str, str] = {}
    for first in sorted(name for name in named if pattern.fullmatch(name)):
        waiting = [first]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found[name] = first
                waiting += callers.get(name, ())
    return found
