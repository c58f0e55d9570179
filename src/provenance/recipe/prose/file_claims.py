"""What a release's own configurations claim: the base model and the data that they name.

Only names under the keys that known trainers read, in files that only the publisher's own training
writes; a name of one part, and what looks like a file, may be a folder on the publisher's machine.
"""

import hashlib
from collections.abc import Iterator
from typing import Final

from provenance.recipe.links.json_links import read_json_links
from provenance.recipe.links.locators import repository_id
from provenance.recipe.prose.card_claims import LONGEST_QUOTE
from provenance.text.markdown_links import Context
from provenance.text.restricted_yaml import parse
from provenance.text.span import Span
from provenance.text.yaml_tree import YamlMapping, YamlNode, YamlScalar, YamlSequence, lookup
from provenance.values.address import Address
from provenance.values.claim import Claim
from provenance.values.component import Component
from provenance.values.digest import Algorithm, Digest
from provenance.values.evidence import Where
from provenance.values.locator import Locator, LocatorKind

_ADAPTER: Final = "adapter_config.json"
# What mergekit, axolotl and LLaMA-Factory write beside the weights that they made.
_TRAINED: Final = frozenset(
    {
        *("mergekit_config.yml", "mergekit_config.yaml", "axolotl_config.yml"),
        *("axolotl_config.yaml", "axolotl.yml", "axolotl.yaml", "training_args.yaml"),
        *("llamaboard_config.yaml", "config_train.yaml", "train_config.yaml", "recipe.yaml"),
    }
)
_MODELS = ("base_model", "model_name_or_path", "models", "slices", "sources", "model")
_DATASETS = ("datasets", "dataset", "train_dataset", "dataset_name", "pretraining_dataset")
#: What such a configuration may claim.
OF_CLAIMS: Final = frozenset({Component.BASE_MODELS, Component.DATASETS})
_ITSELF = ("path", "name", "id", "repo_id", "model")
_MOST = 64
_DEEPEST = 6


def may_claim(path: str) -> bool:
    """Tell whether a file's name is that of a configuration that claims something."""
    name = path.rpartition("/")[2]
    return name == _ADAPTER or name in _TRAINED


def claims_in(path: str, data: bytes, *, address: Address) -> tuple[Claim, ...]:
    """Return the claims of a file; none for one that is no such configuration.

    Args:
        path: the path of the file.
        data: its bytes.
        address: where it stands, for the places of quotes.

    Raises:
        TextError: for a file that cannot be read.
    """
    if not may_claim(path):
        return ()
    if path.endswith(_ADAPTER):
        found = [(Component.BASE_MODELS, one, span) for one, span in _of_adapter(data)]
    else:
        found = list(_of_training(parse(data).root))
    digest = Digest(Algorithm.SHA256, hashlib.sha256(data).digest())
    seen: dict[tuple[Component, str], Claim] = {}
    for component, locator, span in found[:_MOST]:
        text = span.of(data).decode("utf-8", "replace").strip("\"'")[:LONGEST_QUOTE]
        claim = Claim(component, text, Where(address, digest, span.start, span.end), locator)
        seen.setdefault((component, str(locator)), claim)
    return tuple(seen.values())


def _of_adapter(data: bytes) -> Iterator[tuple[Locator, Span]]:
    for link in read_json_links(data).found:
        named = link.context is Context.METADATA
        if named and link.locator.kind is LocatorKind.HUB_MODEL:
            yield link.locator, link.span


def _of_training(root: YamlNode | None) -> Iterator[tuple[Component, Locator, Span]]:
    for key in _MODELS:
        for scalar in _scalars(lookup(root, key)):
            if locator := repository_id(LocatorKind.HUB_MODEL, scalar.text):
                yield Component.BASE_MODELS, locator, scalar.span
    for key in _DATASETS:
        for scalar in _scalars(lookup(root, key)):
            if locator := repository_id(LocatorKind.HUB_DATASET, scalar.text):
                yield Component.DATASETS, locator, scalar.span


def _scalars(node: YamlNode | None, depth: int = 0) -> Iterator[YamlScalar]:
    """Yield what a key names: a scalar, a list, or what stands under the keys for the name."""
    if depth > _DEEPEST:
        return
    if isinstance(node, YamlScalar):
        yield node
    elif isinstance(node, YamlSequence):
        for one in node.items:
            yield from _scalars(one, depth + 1)
    elif isinstance(node, YamlMapping):
        for key, value in node.entries:
            if key.text in (*_ITSELF, *_MODELS):
                yield from _scalars(value, depth + 1)
