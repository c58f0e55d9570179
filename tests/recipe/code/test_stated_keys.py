import pytest

from provenance.recipe.code.stated_keys import KEYS, kind_of, value_of
from provenance.values.artefact import Kind


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("learning_rate", Kind.LEARNING_RATE),
        ("--lr", Kind.LEARNING_RATE),
        ("train-iters", Kind.STEPS),
        ("training.seed", Kind.SEED),
        ("Seed", Kind.SEED),
        ("hidden_size", None),
    ],
)
def test_a_key_is_known_however_it_is_written(key: str, kind: Kind | None) -> None:
    assert kind_of(key) is kind


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Kind.OPTIMIZER, "torch.optim.AdamW", "adamw"),
        (Kind.OPTIMIZER, "adamw_torch", "adamw_torch"),
        (Kind.OPTIMIZER, "none", None),
        (Kind.DATA_ORDER, "ab" * 32, "ab" * 32),
        (Kind.DATA_ORDER, "order/index.npy", "order/index.npy"),
        (Kind.DATA_ORDER, "random", None),
        (Kind.SEED, "7", "7"),
        (Kind.SEED, "auto", None),
    ],
)
def test_a_value_is_one_of_its_kind_or_none(kind: Kind, text: str, value: str | None) -> None:
    assert value_of(kind, text) == value


def test_every_key_is_written_as_it_is_looked_up() -> None:
    assert all(kind_of(key) is kind for key, kind in KEYS.items())
