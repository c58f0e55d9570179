import ast

import pytest

from provenance.recipe.code.settings import settings_in, settings_of_module
from provenance.values.digest import Digest
from provenance.values.evidence import Where
from tests.building import TOY

WHERE = Where(TOY, Digest.sha256("0" * 64))


@pytest.mark.parametrize(
    ("path", "data", "found"),
    [
        ("c.toml", b"[model]\nn_embd = 8\nseed = 7\n", [("hidden_size", 8)]),
        ("c.json", b'{"a": {"b": {"n_layer": 2}}}', [("num_hidden_layers", 2)]),
        ("c.json", b'{"a": {"b": {"c": {"n_layer": 2}}}}', []),
        ("c.json", b'{"n_layer": true, "n_head": "2"}', []),
        ("c.json", b"not json", []),
        ("c.toml", b"not toml", []),
        ("c.toml", b"\xff", []),
        ("c.json", b"[1]", []),
        ("c.yaml", b"n_layer: 2", []),
    ],
)
def test_dimensions_are_found_a_few_levels_down(
    path: str, data: bytes, found: list[tuple[str, int]]
) -> None:
    assert [(one.key, one.value) for one in settings_in(path, data, WHERE)] == found


def test_constants_at_the_top_of_a_module_are_settings() -> None:
    module = ast.parse("N_EMBD = 8\nNAME = 'x'\nSEED = 3\ndef f():\n    n_layer = 2\n")

    assert [(o.key, o.value) for o in settings_of_module(module.body, WHERE)] == [
        ("hidden_size", 8)
    ]
