import io
import json

import pytest

from provenance.flows.auditing.keras_models import LONGEST_PAIR, is_behind_user_block, read_keras
from tests.journeys.gated import hdf5, keras


def named(data: bytes, *, registered: bool = True) -> list[str]:
    return [name for _, name in read_keras(io.BytesIO(data), registered=registered).named]


def test_names_are_read_wherever_a_piece_ends() -> None:
    text = keras(module="evil.layers", registered_name="Mine>L")
    for before in range(2**20 - len(text) - 9, 2**20 + 9, 37):
        assert named(b"\0" * before + text) == ["evil.layers", "Mine>L"]


@pytest.mark.parametrize(
    ("pair", "found"),
    [
        ('"module": "keras.layers"', []),
        ('"module": "tensorflow.python.x"', []),
        ('"module": null', []),
        ('"module": 3', []),
        ('"x": "module"', []),
        ('"MODULE": "evil"', []),
        ('"config": "relu"', []),
        ('"config": "eval"', ["eval"]),
        ('"registered_name": "Custom"', []),
        ('"module"\t:\n"evil"', ["evil"]),
        ('"modul\\u0065": "ev\\u0069l"', ["evil"]),
        ('"module": "a\\"b"', ['a"b']),
    ],
)
def test_only_what_is_imported_from_elsewhere_is_told(pair: str, found: list[str]) -> None:
    assert named(b'{"class_name": "X", %b}' % pair.encode()) == found


def test_registered_names_count_only_where_they_are_asked_for() -> None:
    assert named(keras(registered_name="Mine>L"), registered=False) == []


@pytest.mark.parametrize(
    "pair",
    [b'"module"' + b" " * LONGEST_PAIR, b'"module": "' + b"a" * LONGEST_PAIR, b'"module": "\\x"'],
)
def test_what_cannot_be_read_of_a_pair_is_a_doubt(pair: bytes) -> None:
    assert read_keras(io.BytesIO(b'{"class_name": "X", ' + pair), registered=True).doubt
    assert not read_keras(io.BytesIO(b"{" + pair), registered=True).doubt


@pytest.mark.parametrize("block", [512, 1024, 2**16])
def test_a_user_block_ends_where_the_format_allows(block: int) -> None:
    data = b"#" * block + hdf5(json.dumps({}).encode())

    assert is_behind_user_block(io.BytesIO(data), len(data))
    assert not is_behind_user_block(io.BytesIO(b"#" + data), len(data) + 1)
