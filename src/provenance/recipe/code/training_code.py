"""Training loops in Python's syntax trees: a loop that computes gradients and updates parameters.

The rule looks at the names of what is called, following functions of the same module: somebody who
names a function ``backward`` and lets it do nothing is believed here, and found out by the
cross-check of dimensions. Code that the module's own statements cannot reach does not count.
"""

import ast
import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

import attrs

from provenance.recipe.code.call_graph import (
    CallGraph,
    Calls,
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


@attrs.frozen
class Training:
    """The training loops of a module: in its own statements, and in each of its functions."""

    top: tuple[TrainingLoop, ...] = ()
    inside: Mapping[str, tuple[TrainingLoop, ...]] = attrs.Factory(dict)

    def reached(self, names: AbstractSet[str]) -> tuple[TrainingLoop, ...]:
        """Return the loops that are reached where these functions are, in order."""
        inside = (one for name in names & self.inside.keys() for one in self.inside[name])
        return tuple(sorted((*self.top, *inside), key=lambda one: one.where.start))


def find_training(graph: CallGraph, *, path: str, places: PythonPlaces, where: Where) -> Training:
    """Return the training loops of a module, whatever reaches them.

    Args:
        graph: the module's tree, and its calls.
        path: the file's path in its repository.
        places: where nodes stand in the file.
        where: the place of the whole file.

    """
    signs = _Signs.of(graph)
    if not signs.can_train():
        return Training()

    def loops(bodies: Iterable[Sequence[ast.stmt]]) -> tuple[TrainingLoop, ...]:
        found: list[_Trains] = []
        for body in bodies:
            signs.of_block(body, found)
        return tuple(TrainingLoop(places.where(node, where), path, named) for node, named in found)

    inside = {name: found for name, each in graph.functions.items() if (found := loops(each))}
    return Training(loops([graph.top]), inside)


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

    graph: CallGraph
    gradients: Mapping[str, str]
    updates: Mapping[str, str]
    has_trainer: bool

    @classmethod
    def of(cls, graph: CallGraph) -> "_Signs":
        gradients = _first_reached(graph.calls, _GRADIENT)
        updates = _first_reached(graph.calls, _UPDATE)
        return cls(graph, gradients, updates, _names_a_trainer(graph))

    def can_train(self) -> bool:
        """Tell whether anything that runs has a name by which a loop is known."""
        calls = self.graph.calls
        whole = (self._whole(one.called) for one in (calls.top, *calls.inside.values()))
        return bool(self.gradients and self.updates) or any(whole)

    def of_block(self, body: Sequence[ast.stmt], training: list[_Trains]) -> _Sign:
        """Return what the living statements of a block call; those that train are added."""
        found = _Sign()
        for statement in itself_alive(body):
            names = self.graph.called_in(statement)
            found |= self._of_names(names.among(self.graph.functions.keys()))
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


def _names_a_trainer(graph: CallGraph) -> bool:
    calls = (one for each in graph.tree.calls.values() for one in each)
    return any(_TRAINER.fullmatch(name_of(one.func)) for one in calls)


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
