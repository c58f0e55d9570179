"""The metadata of a card: the Hub's keys that say something about the recipe."""

from collections.abc import Callable, Iterator

from provenance.text.span import Span
from provenance.text.yaml_tree import YamlNode, YamlScalar, YamlSequence, lookup
from provenance.values.digest import Digest
from provenance.values.evidence import Where
from provenance.values.facts import CardFacts, Quote, Result

Place = Callable[[Span], Where]
_NOWHERE = Where("", Digest.sha256("0" * 64))


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
        datasets=tuple(quote(one) for one in _scalars(lookup(root, "datasets"))),
        base_models=tuple(quote(one) for one in _scalars(lookup(root, "base_model"))),
        results=tuple(_results(root, place, offset)),
    )


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
