"""The metadata of a card: the Hub's keys that say something about the recipe."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
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
#: Of datasets, of base models and of results, each: a mixture of data names some hundreds.
MOST_NAMED: Final = 1_000
_OF_RESULTS = frozenset({Component.EVALUATION_RESULTS, Component.EVALUATION_DATA})
# Under which a mapping names the thing that it is about.
_ITSELF = ("name", "id", "path", "repo_id", "dataset", "model", "url")
_KEYS_OF_LICENSE: Final = frozenset({"license", "license_name", "license_link"})
_ODD_KEYS: Final = frozenset({Code.YAML_DUP_KEY, Code.YAML_MERGE, Code.RESOURCE})
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
        more_terms=tuple(quote(one) for one in _asked_for(root)),
        datasets=tuple(map(quote, islice(_names(lookup(root, "datasets")), MOST_NAMED))),
        base_models=tuple(map(quote, islice(_names(lookup(root, "base_model")), MOST_NAMED))),
        results=tuple(islice(_results(root, place, offset), MOST_NAMED)),
    )


def licenses_twice(notes: Iterable[Note], front: bytes, place: Place, offset: int) -> list[Quote]:
    """Return the keys of a licence that stand twice, or may: which of the two counts, tools differ.

    ``notes`` are those of the metadata's text, ``front``; where not all of them were kept, and
    where keys are merged from elsewhere, any key may.
    """
    found: list[Quote] = []
    for note in notes:
        if note.code not in _ODD_KEYS or note.span is None:
            continue
        key = front[note.span.start : note.span.end].decode("utf-8", "replace").strip("\"'")
        if note.code is not Code.YAML_DUP_KEY or key in _KEYS_OF_LICENSE:
            found.append(Quote(key, place(note.span.moved(offset))))
    return found


def _asked_for(root: YamlNode | None) -> Iterator[YamlScalar]:
    """Yield what somebody has to agree with who wants the files: a prompt, boxes to be ticked."""
    yield from _scalars(lookup(root, "extra_gated_prompt"))
    fields = lookup(root, "extra_gated_fields")
    for key, value in fields.entries if isinstance(fields, YamlMapping) else ():
        kind = lookup(value, "type") if isinstance(value, YamlMapping) else value
        if isinstance(kind, YamlScalar) and kind.text == "checkbox":
            yield key


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


def too_many(root: YamlNode | None) -> Iterator[tuple[Note, frozenset[Component]]]:
    """Yield the keys that name more than is read, each with what the rest could have told of."""
    every: tuple[tuple[str, Iterator[object], frozenset[Component]], ...] = (
        ("datasets", _names(lookup(root, "datasets")), _READ["datasets"]),
        ("base_model", _names(lookup(root, "base_model")), _READ["base_model"]),
        ("model-index", _results(root, lambda _: _NOWHERE, 0), _OF_RESULTS),
    )
    for key, found, about in every:
        if next(islice(found, MOST_NAMED, None), None) is not None:
            yield Note(Code.RESOURCE, f"of {key}, only the first {MOST_NAMED} are read"), about


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
