"""Links in YAML that configures training: the datasets and models under the keys known for them."""

from collections.abc import Iterator
from itertools import islice

from provenance.recipe.links.link import Candidate, Links, links_of
from provenance.recipe.links.locators import parse_locator, repository_id
from provenance.text.budget import Allowance
from provenance.text.markdown_links import Context
from provenance.text.restricted_yaml import parse
from provenance.text.yaml_tree import YamlMapping, YamlNode, YamlScalar, YamlSequence, lookup
from provenance.values.locator import LocatorKind

MOST_LINKS = 500
# Keys of axolotl, TRL, torchtune, LLaMA-Factory, mergekit and lm-evaluation-harness.
_DATASETS = frozenset(
    {
        *("dataset", "datasets", "dataset_name", "dataset_names", "dataset_path", "dataset_id"),
        *("dataset_repo", "dataset_repo_id", "dataset_name_or_path", "dataset_id_or_path"),
        *("train_dataset", "train_datasets", "eval_dataset", "eval_datasets", "test_dataset"),
        *("test_datasets", "validation_dataset", "pretraining_dataset", "hf_dataset"),
    }
)
_MODELS = frozenset(
    {
        *("base_model", "base_model_config", "model", "models", "model_name", "model_id"),
        *("model_name_or_path", "pretrained_model_name_or_path", "tokenizer_name_or_path"),
        *("tokenizer_config", "teacher_model", "teacher_model_name_or_path", "ref_model"),
        *("reward_model", "pretrained_model"),
    }
)
# Weights of a mixture stand under the names of what is mixed.
_MIXED = frozenset({"dataset_mixer", "dataset_mixture", "datasets_mixer"})
# Under one of those keys, the keys that name the thing itself.
_ITSELF = frozenset({"path", "name", "id", "repo_id", "source", "dataset", "model", "hf_id"})
_REVISIONS = {
    LocatorKind.HUB_DATASET: ("revision", "dataset_revision"),
    LocatorKind.HUB_MODEL: (
        "revision",
        "model_revision",
        "base_model_revision",
        "revision_of_model",
    ),
}


def read_training_config_links(data: bytes, allowance: Allowance | None = None) -> Links:
    """Return the repositories of the Hub that a training configuration names.

    Only values of the form ``org/name``, or whole addresses, under the keys that known trainers
    use; a name of one part, and what looks like a file, may be the publisher's own folder. An
    ``allowance`` is of events, for many files together.

    Raises:
        TextError: CARD_ENCODING, a YAML code, RESOURCE: what cannot be read as plain YAML.

    """
    kept = list(islice(_found(parse(data, allowance=allowance).root), MOST_LINKS + 1))
    return links_of(kept[:MOST_LINKS], complete=len(kept) <= MOST_LINKS)


def _found(node: YamlNode | None) -> Iterator[Candidate]:
    """Walk the whole tree; it is at most as deep as the reader's budget."""
    if isinstance(node, YamlSequence):
        for one in node.items:
            yield from _found(one)
    if not isinstance(node, YamlMapping):
        return
    for key, value in node.entries:
        if key.text in _DATASETS:
            yield from _named(value, node, LocatorKind.HUB_DATASET)
        elif key.text in _MODELS:
            yield from _named(value, node, LocatorKind.HUB_MODEL)
        elif key.text in _MIXED and isinstance(value, YamlMapping):
            for name, _ in value.entries:
                yield from _candidate(name, None, LocatorKind.HUB_DATASET)
            yield from _found(value)
        else:
            yield from _found(value)


def _named(value: YamlNode, beside: YamlNode, kind: LocatorKind) -> Iterator[Candidate]:
    """Yield what the value of a known key names; it may be a list, or say more of the thing."""
    if isinstance(value, YamlScalar):
        yield from _candidate(value, beside, kind)
    elif isinstance(value, YamlSequence):
        for one in value.items:
            yield from _named(one, YamlSequence((), value.span), kind)
    else:
        for key, inner in value.entries:
            if key.text in _ITSELF and isinstance(inner, YamlScalar):
                yield from _candidate(inner, value, kind)
            elif key.text not in _DATASETS | _MODELS:
                yield from _found(inner)
            else:
                yield from _found(YamlMapping(((key, inner),), value.span))


def _candidate(
    scalar: YamlScalar, beside: YamlNode | None, kind: LocatorKind
) -> Iterator[Candidate]:
    revisions = (lookup(beside, key) for key in _REVISIONS[kind])
    named = next((one.text for one in revisions if isinstance(one, YamlScalar)), None)
    if "://" in scalar.text:
        read = parse_locator(scalar.text)
    else:
        read = repository_id(kind, scalar.text, named)
    yield Candidate(scalar.text, read, scalar.span, Context.METADATA)
