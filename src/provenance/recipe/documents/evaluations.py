"""Evaluation results: in a card's metadata, and in the files that evaluation leaves behind."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice

import attrs

from provenance.recipe.documents.loaded_json import loaded_json
from provenance.text.budget import Budget
from provenance.text.front_matter import split
from provenance.text.restricted_yaml import parse as parse_yaml
from provenance.text.span import Span
from provenance.text.yaml_tree import YamlNode, YamlScalar, YamlSequence, lookup
from provenance.values.artefact import Measured
from provenance.values.evidence import Where
from provenance.values.number import canonical

#: Of one file.
MOST_RESULTS = 1000
_BUDGET = Budget(bytes=8 * 2**20, depth=16, items=400_000)
_FILES = re.compile(r"(?:.*/)?[\w.-]*(?:eval|results)[\w.-]*\.json")
_HUB_FILES = re.compile(r"\.eval_results/[^/]+\.ya?ml")


def reads_results(path: str) -> bool:
    """Tell whether a file's name is that of results of an evaluation."""
    return bool(_FILES.fullmatch(path) or _HUB_FILES.fullmatch(path))


def measured_in_card(data: bytes, *, path: str, where: Where) -> tuple[Measured, ...]:
    """Return the results in a card's ``model-index``; the card was read before, and can be.

    ``where`` is the card as a whole.
    """
    card = split(data)
    root = parse_yaml(card.front).root if card.front is not None else None
    found = (
        one
        for model in _items(lookup(root, "model-index"))
        for result in _items(lookup(model, "results"))
        for one in _of_result(result, path, where, card.front_start)
    )
    return tuple(islice(found, MOST_RESULTS))


def _of_result(result: YamlNode, path: str, where: Where, offset: int) -> Iterator[Measured]:
    for metric in _items(lookup(result, "metrics")):
        dataset = _text(lookup(result, "dataset", "type"))
        kind, value = _text(lookup(metric, "type")), _text(lookup(metric, "value"))
        number = canonical(value) if value else None
        if dataset and kind and number:
            span = metric.span.moved(offset)
            yield Measured(
                dataset,
                kind,
                number,
                path,
                _at(where, span),
                _text(lookup(result, "dataset", "split")),
                _text(lookup(result, "dataset", "revision")),
                _named(lookup(result, "dataset", "type"), where, offset),
            )


def measured_in_file(data: bytes, *, path: str, where: Where) -> tuple[Measured, ...]:
    """Return the results in a file that evaluation left behind.

    Raises:
        TextError: for JSON that no loader reads, or what is no YAML.
    """
    if not path.endswith(".json"):
        return tuple(islice(_hub(data, path, where), MOST_RESULTS))
    value, _ = loaded_json(data, path=path, budget=_BUDGET)
    table = _table(value)
    found = (
        Measured(
            dataset,
            metric,
            number,
            path,
            _key(data, metric, where),
            part,
            named=_key(data, f'{dataset}"', where),
        )
        for dataset, part, metrics in _groups(table)
        for metric, said in metrics.items()
        if isinstance(said, int | float)
        and not isinstance(said, bool)
        and (number := canonical(str(said)))
    )
    return tuple(islice(found, MOST_RESULTS))


def _hub(data: bytes, path: str, where: Where) -> Iterator[Measured]:
    for one in _items(parse_yaml(data, budget=_BUDGET).root):
        dataset, task = (
            _text(lookup(one, "dataset", "id")),
            _text(lookup(one, "dataset", "task_id")),
        )
        value = _text(lookup(one, "value"))
        number = canonical(value) if value else None
        if dataset and number:
            revision = _text(lookup(one, "dataset", "revision"))
            yield Measured(
                dataset,
                task or "value",
                number,
                path,
                _at(where, one.span),
                None,
                revision,
                _named(lookup(one, "dataset", "id"), where),
            )


_Group = tuple[str, str | None, Mapping[str, object]]


def _groups(table: Mapping[str, object]) -> Iterator[_Group]:
    """Yield (dataset, split, metrics) of the shapes that are known."""
    # The harness that most publishers use: {"results": {task: {"acc,none": 0.5}}}.
    for task, metrics in _table(table.get("results")).items():
        named = {key.partition(",")[0]: value for key, value in _table(metrics).items()}
        yield task, None, named
    dataset = table.get("dataset")
    name = _table(dataset).get("name", dataset)
    part = _table(dataset).get("split")
    if isinstance(name, str):
        yield name, part if isinstance(part, str) else None, _table(table.get("metrics"))


def _key(data: bytes, metric: str, where: Where) -> Where:
    """Return where a key first stands; the whole file if it is escaped there."""
    written = f'"{metric}'.encode()
    at = data.find(written)
    return _at(where, Span(at, at + len(written))) if at >= 0 else where


def _named(node: YamlNode | None, where: Where, offset: int = 0) -> Where | None:
    return _at(where, node.span.moved(offset)) if node else None


def _at(where: Where, span: Span) -> Where:
    return attrs.evolve(where, start=span.start, end=span.end)


def _table(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _items(node: YamlNode | None) -> tuple[YamlNode, ...]:
    return node.items if isinstance(node, YamlSequence) else ()


def _text(node: YamlNode | None) -> str | None:
    return node.text if isinstance(node, YamlScalar) else None
