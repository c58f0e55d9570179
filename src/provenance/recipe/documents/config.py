"""A model's configuration: its class and its dimensions."""

import hashlib
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Final

from provenance.errors import Code
from provenance.recipe.code.settings import canonical_key
from provenance.recipe.documents.loaded_json import loaded_json
from provenance.text.budget import Budget
from provenance.text.strict_json import JsonValue
from provenance.values.address import Address
from provenance.values.digest import Algorithm, Digest
from provenance.values.evidence import Where
from provenance.values.facts import ConfigFacts, Setting
from provenance.values.hazard import Hazard
from provenance.values.look import Look, Seen, Unseen

#: Of one configuration.
LARGEST: Final = 4 * 2**20
_BUDGET = Budget(bytes=LARGEST, depth=32, items=200_000)
# Where the language model inside another keeps its dimensions; Keras keeps all of them one below,
# open_clip each part's.
_NESTED = ("text_config", "llm_config", "language_config", "config", "model_cfg", "text_cfg")
# Says how a file was written, and nothing of a model.
_SAYS_NOTHING = frozenset({"transformers_version", "torch_dtype", "dtype", "_name_or_path"})
#: Forms whose loaders know one architecture, which the file does not name.
_FORMS: Final[Mapping[str, str]] = {
    "params.json": "the transformer that loaders of params.json know",
    "open_clip_config.json": "the two towers that loaders of open_clip_config.json know",
}


def read_config(
    data: bytes, *, address: Address, path: str
) -> tuple[Look[ConfigFacts], tuple[Hazard, ...]]:
    """Read a configuration as loaders do; one of another shape is a hazard, and unseen.

    Raises:
        TextError: for JSON that no loader reads, or that is over the budget.
    """
    where = Where(address, Digest(Algorithm.SHA256, hashlib.sha256(data).digest()))
    value, odd = loaded_json(data, path=path, budget=_BUDGET)
    if not isinstance(value, dict):
        what = "it is no JSON object"
        unread = Unseen(f"{path} is no configuration that is known: {what}", Code.CONFIG_SHAPE)
        return unread, (*odd, Hazard(Code.CONFIG_SHAPE, path, what))
    facts = ConfigFacts(
        where,
        model_type=_text(value.get("model_type")),
        architectures=_architectures(value),
        dtype=_text(value.get("torch_dtype", value.get("dtype"))),
        settings=_settings(value, where),
        path=path,
        form=_FORMS.get(path.rpartition("/")[2]),
        says_more=bool(value.keys() - _SAYS_NOTHING),
        vocabulary=len(vocabulary) if isinstance(vocabulary := value.get("vocab"), dict) else 0,
    )
    return Seen(facts), odd


def _architectures(value: Mapping[str, JsonValue]) -> tuple[str, ...]:
    """Return the classes that a configuration names: transformers', timm's, diffusers', Keras'."""
    one = (_text(value.get(key)) for key in ("architecture", "_class_name", "class_name"))
    return _texts(value.get("architectures")) or tuple(name for name in one if name)[:1]


def _settings(value: Mapping[str, JsonValue], where: Where) -> tuple[Setting, ...]:
    """Return whole numbers by name: those of the model as a whole before those of a part."""
    found: dict[str, int] = {}
    for key, number in _numbers(value):
        found.setdefault(canonical_key(key), number)
    return tuple(Setting(key, number, where) for key, number in found.items())


def _numbers(value: Mapping[str, JsonValue]) -> Iterator[tuple[str, int]]:
    nested = (value.get(key) for key in _NESTED)
    inside = [one for one in nested if isinstance(one, dict)]
    deeper = [two for one in inside for key in _NESTED if isinstance(two := one.get(key), dict)]
    for key, number in chain.from_iterable(one.items() for one in (value, *inside, *deeper)):
        if isinstance(number, int) and not isinstance(number, bool):
            yield key, number


def _text(value: JsonValue) -> str | None:
    return value if isinstance(value, str) else None


def _texts(value: JsonValue) -> tuple[str, ...]:
    items = value if isinstance(value, list) else []
    return tuple(item for item in items if isinstance(item, str))
