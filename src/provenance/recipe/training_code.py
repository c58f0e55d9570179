"""Training loops in Python's syntax trees: a loop that computes gradients and updates parameters.

The rule looks at the names of what is called, following functions of the same module: somebody who
names a function ``backward`` and lets it do nothing is believed here, and found out by the
cross-check of dimensions. Code that the module's own statements cannot reach does not count.
"""

import ast
import re
from collections.abc import Set as AbstractSet

from provenance.recipe.call_graph import CallGraph, alive, name_of, never_runs, own
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
    places = PythonPlaces.of(data)
    found: dict[int, TrainingLoop] = {}
    for body in graph.reached(entered):
        for node in alive(body):
            if named := _trains(node, graph, has_trainer=has_trainer):
                place = places.where(node, where)
                found[place.start] = TrainingLoop(place, path, named)
    return tuple(found[start] for start in sorted(found))


def _trains(node: ast.stmt, graph: CallGraph, *, has_trainer: bool) -> tuple[str, ...]:
    """Return the calls that make a statement a training loop; none when it is none."""
    if isinstance(node, _LOOPS):
        if never_runs(node):
            return ()
        names = sorted(graph.called(node.body))
        gradient = [name for name in names if _GRADIENT.fullmatch(name)]
        update = [name for name in names if _UPDATE.fullmatch(name)]
        return (gradient[0], update[0]) if gradient and update else ()
    names = [name_of(one.func) for one in own(node) if isinstance(one, ast.Call)]
    if whole := [name for name in names if _WHOLE.fullmatch(name)]:
        return (whole[0],)
    if "train" in names and has_trainer:
        return ("Trainer", "train")
    return ()
