"""Links in the metadata of a card: the Hub's keys that name something, and addresses anywhere."""

from collections.abc import Iterator
from itertools import chain, islice
from typing import Final, assert_never

from provenance.recipe.links.link import Candidate, Links, links_of
from provenance.recipe.links.locators import (
    hub_dataset,
    hub_model,
    parse_mention,
    repository_id,
)
from provenance.text.addresses import addresses
from provenance.text.markdown_links import Context
from provenance.text.yaml_tree import YamlMapping, YamlNode, YamlScalar, YamlSequence, lookup
from provenance.values.locator import Locator, LocatorKind

#: Of one card: a mixture of data names some hundreds.
MOST: Final = 1_000
# Samples for the Hub's demonstration of the model.
_SAMPLES = frozenset({"widget"})


def links_in_metadata(root: YamlNode | None, offset: int) -> Links:
    """Return the links of a card's metadata, the first ``MOST`` of them."""
    found = tuple(islice(metadata_links(root, offset), MOST + 1))
    return links_of(found[:MOST], complete=len(found) <= MOST)


def metadata_links(root: YamlNode | None, offset: int) -> Iterator[Candidate]:
    """Yield what metadata may link to; the metadata starts ``offset`` bytes into the file."""
    for node, read in chain(_named(root), _tagged(root), _measured(root)):
        if read is not None:
            yield Candidate(node.text, read, node.span.moved(offset), Context.METADATA)
    for node in _texts(root):
        for start, end in addresses(node.text):
            target = node.text[start:end]
            yield Candidate(
                target, parse_mention(target), node.span.moved(offset), Context.METADATA
            )


def _named(root: YamlNode | None) -> Iterator[tuple[YamlScalar, Locator | None]]:
    for node in _scalars(lookup(root, "datasets")):
        yield node, hub_dataset(node.text)
    for key in ("base_model", "new_version"):
        for node in _scalars(lookup(root, key)):
            yield node, hub_model(node.text)
    for node in _scalars(lookup(root, "source_datasets")):
        yield node, repository_id(LocatorKind.HUB_DATASET, node.text)


def _tagged(root: YamlNode | None) -> Iterator[tuple[YamlScalar, Locator | None]]:
    """Yield what tags name in the Hub's own form; papers in them are addresses, found elsewhere."""
    for node in _scalars(lookup(root, "tags")):
        kind, colon, name = node.text.partition(":")
        if kind == "dataset" and colon:
            yield node, hub_dataset(name)
        elif kind == "base_model" and colon:
            # ``base_model:finetune:org/name`` tells the relation as well.
            yield node, hub_model(name.rpartition(":")[2])


def _measured(root: YamlNode | None) -> Iterator[tuple[YamlScalar, Locator | None]]:
    """Yield the datasets on which results in ``model-index`` were measured."""
    for model in _items(lookup(root, "model-index")):
        for result in _items(lookup(model, "results")):
            node, named = lookup(result, "dataset", "type"), lookup(result, "dataset", "revision")
            if isinstance(node, YamlScalar):
                text = named.text if isinstance(named, YamlScalar) else None
                yield node, repository_id(LocatorKind.HUB_DATASET, node.text, text)


def _scalars(node: YamlNode | None) -> Iterator[YamlScalar]:
    nodes = (node, *_items(node))
    scalars = (one for one in nodes if isinstance(one, YamlScalar))
    yield from (one for one in scalars if one.reads_as != "null")


def _items(node: YamlNode | None) -> tuple[YamlNode, ...]:
    return node.items if isinstance(node, YamlSequence) else ()


def _texts(node: YamlNode | None) -> Iterator[YamlScalar]:
    """Yield every text but keys and samples; the tree is as deep as the reader's budget."""
    match node:
        case None:
            return
        case YamlScalar():
            yield node
        case YamlSequence():
            for one in node.items:
                yield from _texts(one)
        case YamlMapping():
            for key, value in node.entries:
                if key.text not in _SAMPLES:
                    yield from _texts(value)
        case _:
            assert_never(node)
