"""The metadata of a card: the Hub's keys that say something about the recipe."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from provenance.errors import Code
from provenance.text.note import Note
from provenance.text.span import Span
from provenance.text.yaml_tree import YamlMapping, YamlNode, YamlScalar, YamlSequence, lookup
from provenance.values.address import Address
from provenance.values.component import Component
from provenance.values.digest import Digest
from provenance.values.evidence import Where
from provenance.values.facts import CardFacts, Quote, Result

Place = Callable[[Span], Where]
# Keys that hold a text or a list of texts, and what each tells of.
_READ: Final[Mapping[str, frozenset[Component]]] = MappingProxyType(
    {
        "license": frozenset(),
        "datasets": frozenset({Component.DATASETS}),
        "base_model": frozenset({Component.BASE_MODELS}),
        "language": frozenset(),
        "tags": frozenset(),
    }
)
_OF_RESULTS = frozenset({Component.EVALUATION_RESULTS, Component.EVALUATION_DATA})
# Under which a mapping names the thing that it is about.
_ITSELF = ("name", "id", "path", "repo_id", "dataset", "model", "url")
_NOWHERE = Where(Address.parse(""), Digest.sha256("0" * 64))


def metadata_of(root: YamlNode | None, place: Place, offset: int) -> CardFacts:
    """Return what the metadata says; spans are those of the file, ``offset`` bytes further on."""

    def quote(node: YamlScalar) -> Quote:
        return Quote(node.text, place(node.span.moved(offset)))

    licenses = [quote(one) for one in _scalars(lookup(root, "license"))]
    return CardFacts(
        where=_NOWHERE,
        license=licenses[0] if len(licenses) == 1 else None,
        licenses=_several(lookup(root, "license"), place, offset),
        license_name=_only(root, "license_name", quote),
        license_link=_only(root, "license_link", quote),
        datasets=tuple(quote(one) for one in _names(lookup(root, "datasets"))),
        base_models=tuple(quote(one) for one in _names(lookup(root, "base_model"))),
        results=tuple(_results(root, place, offset)),
    )


def odd_shapes(root: YamlNode | None) -> Iterator[tuple[Note, frozenset[Component]]]:
    """Yield the keys under which something else stands than the Hub reads.

    With each comes what it could have told of, and does not, because it names nothing that is read.
    """
    for key, about in _READ.items():
        node = lookup(root, key)
        items = node.items if isinstance(node, YamlSequence) else (node,)
        odd = [one for one in items if one is not None and not isinstance(one, YamlScalar)]
        if not odd:
            continue
        what = f"{key} holds a mapping or a list where a text should stand"
        unnamed = any(isinstance(one, YamlSequence) or not list(_names(one)) for one in odd)
        yield Note(Code.CARD_SHAPE, what, odd[0].span), about if unnamed else frozenset()
    results = lookup(root, "model-index")
    if results is not None and not isinstance(results, YamlSequence) and not _is_null(results):
        what = "model-index holds no list of results"
        yield Note(Code.CARD_SHAPE, what, results.span), _OF_RESULTS


def _is_null(node: YamlNode) -> bool:
    return isinstance(node, YamlScalar) and node.reads_as == "null"


def _names(node: YamlNode | None) -> Iterator[YamlScalar]:
    """Yield what stands under a key, and the names in mappings that stand there instead."""
    for one in node.items if isinstance(node, YamlSequence) else (node,):
        if isinstance(one, YamlMapping):
            yield from (name for key in _ITSELF for name in _scalars(lookup(one, key)))
        elif isinstance(one, YamlScalar):
            yield from _scalars(one)


def _only(root: YamlNode | None, key: str, quote: Callable[[YamlScalar], Quote]) -> Quote | None:
    node = lookup(root, key)
    return quote(node) if isinstance(node, YamlScalar) and node.text.strip() else None


def _several(node: YamlNode | None, place: Place, offset: int) -> Quote | None:
    """Return what stands where one id should, and is another number of them, or no text."""
    found = [one.text for one in _scalars(node)]
    if node is None or len(found) == 1:
        return None
    return Quote(", ".join(found), place(node.span.moved(offset)))


def _scalars(node: YamlNode | None) -> Iterator[YamlScalar]:
    """Yield what stands under a key, alone or in a list; null and an empty text say nothing."""
    nodes = node.items if isinstance(node, YamlSequence) else (node,)
    scalars = (one for one in nodes if isinstance(one, YamlScalar))
    yield from (one for one in scalars if one.text.strip() and one.reads_as != "null")


def _items(node: YamlNode | None) -> tuple[YamlNode, ...]:
    return node.items if isinstance(node, YamlSequence) else ()


def _results(root: YamlNode | None, place: Place, offset: int) -> Iterator[Result]:
    """Yield (dataset, metric, value) of every measurement in ``model-index``."""
    for model in _items(lookup(root, "model-index")):
        for result in _items(lookup(model, "results")):
            dataset = lookup(result, "dataset", "type")
            for metric in _items(lookup(result, "metrics")):
                kind, value = lookup(metric, "type"), lookup(metric, "value")
                parts = [one for one in (dataset, kind, value) if isinstance(one, YamlScalar)]
                if len(parts) == 3:  # noqa: PLR2004 - dataset, metric and value
                    where = place(metric.span.moved(offset))
                    yield Result(parts[0].text, parts[1].text, parts[2].text, where)
