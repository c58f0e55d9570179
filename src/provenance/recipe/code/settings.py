"""Whole-number settings in training code: dimensions that tell architectures apart."""

import ast
from collections.abc import Iterator, Sequence

from provenance.errors import TextError
from provenance.text.loader_json import read_as_loaders_do
from provenance.text.restricted_toml import parse as parse_toml
from provenance.values.evidence import Where
from provenance.values.facts import Setting

# One name for each dimension, whatever a family of models calls it.
_ALIASES = {
    "n_embd": "hidden_size",
    "d_model": "hidden_size",
    "dim": "hidden_size",
    "n_layer": "num_hidden_layers",
    "n_layers": "num_hidden_layers",
    "num_layers": "num_hidden_layers",
    "n_head": "num_attention_heads",
    "n_heads": "num_attention_heads",
    "num_heads": "num_attention_heads",
    "n_positions": "max_position_embeddings",
    "n_ctx": "max_position_embeddings",
    "block_size": "max_position_embeddings",
    "max_seq_len": "max_position_embeddings",
    "n_inner": "intermediate_size",
    "ffn_dim": "intermediate_size",
    "n_vocab": "vocab_size",
}
DIMENSIONS = frozenset(_ALIASES.values())


def canonical_key(key: str) -> str:
    """Return the one name of a dimension; other keys stay as they are.

    >>> canonical_key("n_layer"), canonical_key("seed")
    ('num_hidden_layers', 'seed')
    """
    return _ALIASES.get(key, key)


def settings_in(path: str, data: bytes, where: Where) -> tuple[Setting, ...]:
    """Return the dimensions that a JSON or TOML file of the code writes down."""
    found = (
        (canonical_key(key), value)
        for key, value in _pairs(_table(path, data))
        if isinstance(value, int) and not isinstance(value, bool)
    )
    return tuple(Setting(key, value, where) for key, value in found if key in DIMENSIONS)


def settings_of_module(body: Sequence[ast.stmt], where: Where) -> tuple[Setting, ...]:
    """Return the dimensions that a module's own statements write down as constants."""
    found = []
    for node in body:
        match node:
            case ast.Assign(
                targets=[ast.Name(id=name)], value=ast.Constant(value=int() as value)
            ) if canonical_key(name.lower()) in DIMENSIONS:
                found.append(Setting(canonical_key(name.lower()), int(value), where))
            case _:
                continue
    return tuple(found)


def _table(path: str, data: bytes) -> object:
    try:
        if path.endswith(".json"):
            return read_as_loaders_do(data).value
        if path.endswith(".toml"):
            return parse_toml(data)
    except TextError:
        # A file of somebody's code base that is no settings file: it says nothing to us.
        return None
    return None


def _pairs(table: object, depth: int = 3) -> Iterator[tuple[str, object]]:
    """Yield the pairs of a table and of the tables in it, a few levels down."""
    if isinstance(table, dict) and depth:
        for key, value in table.items():
            yield str(key), value
            yield from _pairs(value, depth - 1)
