"""A model's configuration: its class, its dimensions, and code that loading would fetch."""

import hashlib

from provenance.errors import Code, TextError
from provenance.recipe.settings import canonical_key
from provenance.text.budget import Budget
from provenance.text.strict_json import JsonValue, parse
from provenance.values.digest import Algorithm, Digest
from provenance.values.evidence import Where
from provenance.values.facts import ConfigFacts, Setting
from provenance.values.hazard import Hazard

_BUDGET = Budget(bytes=4 * 2**20, depth=32, items=200_000)
# What a file that cannot be read strictly, and harms nobody, is reported as.
_REPORTED = frozenset({Code.JSON_NONFINITE, Code.JSON_BOM})


def read_config(
    data: bytes, *, uri: str, path: str
) -> tuple[ConfigFacts | None, tuple[Hazard, ...]]:
    """Read ``config.json``; ``None`` with a hazard where it is no configuration.

    Raises:
        TextError: for JSON that cannot be read within its budget.

    """
    where = Where(uri, Digest(Algorithm.SHA256, hashlib.sha256(data).digest()))
    try:
        value = parse(data, budget=_BUDGET)
    except TextError as error:
        if error.code in _REPORTED:
            return None, (Hazard(error.code, path, error.what),)
        raise
    if not isinstance(value, dict):
        return None, (Hazard(Code.CONFIG_SHAPE, path, "it is no JSON object"),)
    remote = _remote_code(value.get("auto_map"))
    facts = ConfigFacts(
        where,
        model_type=_text(value.get("model_type")),
        architectures=_texts(value.get("architectures")),
        remote_code=remote,
        dtype=_text(value.get("torch_dtype", value.get("dtype"))),
        settings=tuple(
            Setting(canonical_key(key), number, where)
            for key, number in value.items()
            if isinstance(number, int) and not isinstance(number, bool)
        ),
    )
    hazards = (Hazard(Code.REMOTE_CODE, path, f"loading it runs {one}") for one in remote)
    return facts, tuple(hazards)


def _text(value: JsonValue) -> str | None:
    return value if isinstance(value, str) else None


def _texts(value: JsonValue) -> tuple[str, ...]:
    items = value if isinstance(value, list) else []
    return tuple(item for item in items if isinstance(item, str))


def _remote_code(value: JsonValue) -> tuple[str, ...]:
    entries = value if isinstance(value, dict) else {}
    return tuple(sorted({one for one in entries.values() if isinstance(one, str)}))
