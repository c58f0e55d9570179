"""Results in a card's ``model-index`` that the Hub's client drops, or stops at."""

from collections.abc import Iterator
from itertools import islice

from provenance.text.span import Span
from provenance.text.yaml_tree import YamlMapping, YamlNode, YamlSequence, lookup

_Told = tuple[str, str, Span]
#: What each result has to hold, by the keys that lead there.
_NEEDED = (("task", "type"), ("dataset", "type"), ("dataset", "name"))
_MEASURED = ("type", "value")
_TODO = "write model-index as the Hub's documentation of cards shows it"
#: One is enough to begin with, and a table of them may be long.
MOST = 20


def advise_results(index: YamlNode | None) -> Iterator[_Told]:
    """Yield what is missing in a model index: all of it is dropped for one such place."""
    yield from islice(_index(index) if index else (), MOST)


def _index(index: YamlNode) -> Iterator[_Told]:
    if not isinstance(index, YamlSequence):
        yield "model-index is no list, so that no result is read", _TODO, index.span
        return
    for model in index.items:
        yield from _lacks(model, "a model of model-index", (("name",),))
        results = lookup(model, "results")
        if isinstance(results, YamlSequence):
            for result in results.items:
                yield from _result(result)
        elif isinstance(model, YamlMapping):
            yield "a model of model-index has no list of results", _TODO, model.span
    if len(index.items) > 1:
        what = "model-index names several models, and the client keeps the name of the last only"
        yield what, "give one model, with all of its results", index.span


def _result(result: YamlNode) -> Iterator[_Told]:
    yield from _lacks(result, "a result of model-index", _NEEDED)
    metrics = lookup(result, "metrics")
    if isinstance(metrics, YamlSequence):
        for metric in metrics.items:
            yield from _lacks(metric, "a metric of model-index", tuple((it,) for it in _MEASURED))
    elif isinstance(result, YamlMapping):
        yield "a result of model-index has no list of metrics", _TODO, result.span
    source = lookup(result, "source")
    if isinstance(source, YamlMapping) and lookup(source, "name") and not lookup(source, "url"):
        what = "a result's source has a name and no url, and the client stops there"
        yield what, "add the source's url", source.span


def _lacks(node: YamlNode, what: str, needed: tuple[tuple[str, ...], ...]) -> Iterator[_Told]:
    if not isinstance(node, YamlMapping):
        yield f"{what} is no mapping: no result is read", _TODO, node.span
        return
    for keys in needed:
        if lookup(node, *keys) is None:
            name = ".".join(keys)
            yield f"{what} has no {name}: no result is read", f"add {name}", node.span
