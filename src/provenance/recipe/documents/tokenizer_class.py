"""The class that a tokenizer's configuration names, and those that need no vocabulary."""

from typing import Final

import attrs

from provenance.recipe.documents.loaded_json import loaded_json
from provenance.recipe.documents.tokenizer import tokenizer_file
from provenance.text.budget import Budget
from provenance.values.address import Address
from provenance.values.facts import TokenizerFacts

_BUDGET = Budget(bytes=16 * 2**20, depth=32, items=2_000_000)
# Of transformers: they turn bytes, or code points, into ids as they are.
_NEEDS_NONE: Final = frozenset(
    {"ByT5Tokenizer", "CanineTokenizer", "DiaTokenizer", "PerceiverTokenizer"}
)


@attrs.frozen
class ClassNamed:
    """A class by its name; ``facts`` are the tokenizer's where the class alone makes it whole."""

    path: str
    name: str
    facts: TokenizerFacts | None = None


def tokenizer_class(data: bytes, *, path: str, address: Address) -> ClassNamed:
    """Return the class that ``tokenizer_config.json`` names.

    A class of the release's own code may have any name, and is not known by it.

    Raises:
        TextError: for JSON that no loader reads.
    """
    value, _ = loaded_json(data, path=path, budget=_BUDGET)
    table = value if isinstance(value, dict) else {}
    named, own = table.get("tokenizer_class"), "auto_map" in table
    name = named if isinstance(named, str) else "of no name"
    if own or name not in _NEEDS_NONE:
        return ClassNamed(path, name[:80])
    file = tokenizer_file(path, data, address)
    return ClassNamed(path, name, TokenizerFacts(file.where, name, None, files=(file,)))
