"""The class that a tokenizer's configuration names, and those that need no vocabulary."""

import hashlib
from typing import Final

import attrs

from provenance.recipe.loaded_json import loaded_json
from provenance.text.budget import Budget
from provenance.values.digest import Algorithm, Digest
from provenance.values.evidence import Where
from provenance.values.facts import TokenizerFacts, TokenizerFile

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


def tokenizer_class(data: bytes, *, path: str, uri: str) -> ClassNamed:
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
    where = Where(uri, Digest(Algorithm.SHA256, hashlib.sha256(data).digest()))
    blob = hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False)
    file = TokenizerFile(path, Digest(Algorithm.GIT_BLOB, blob.digest()), where)
    return ClassNamed(path, name, TokenizerFacts(where, name, None, files=(file,)))
