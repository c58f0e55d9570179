"""The keys under which training code and its settings state values, and what they state."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from provenance.values.artefact import Kind
from provenance.values.number import canonical

_ALIASES: Final[Mapping[Kind, str]] = {
    Kind.LEARNING_RATE: "learning_rate lr max_lr peak_lr max_learning_rate peak_learning_rate",
    Kind.BATCH_SIZE: "batch_size train_batch_size global_batch_size global_train_batch_size "
    "per_device_train_batch_size micro_batch_size train_micro_batch_size_per_gpu",
    Kind.STEPS: "steps max_steps num_steps total_steps train_steps train_iters max_iters "
    "num_train_steps num_train_epochs epochs num_epochs",
    Kind.SEQUENCE_LENGTH: "sequence_length seq_length seq_len max_seq_len max_seq_length "
    "sequence_len context_length block_size",
    Kind.OPTIMIZER: "optimizer optim optimizer_name optimizer_type",
    Kind.SEED: "seed random_seed manual_seed train_seed data_seed seed_all set_seed",
    Kind.LAST_STEP: "global_step",
    Kind.DATA_ORDER: "data_order_sha256 data_order_hash data_order_digest order_sha256 "
    "data_order data_order_file shuffle_index shuffle_indices index_file train_indices",
}
KEYS: Final[Mapping[str, Kind]] = MappingProxyType(
    {alias: kind for kind, aliases in _ALIASES.items() for alias in aliases.split()}
)
#: Five of these are a recipe's hyper-parameters.
HYPER_PARAMETERS = (
    Kind.LEARNING_RATE,
    Kind.BATCH_SIZE,
    Kind.STEPS,
    Kind.SEQUENCE_LENGTH,
    Kind.OPTIMIZER,
    Kind.SEED,
)
_OPTIMIZER = re.compile(
    r"(?:torch_|fused_|paged_|\w+\.)*((?:adamw?|sgd|lion|adafactor|lamb|muon|shampoo|rmsprop|sophia)"
    r"\w*)",
    re.IGNORECASE,
)
_ORDER = re.compile(r"[0-9a-f]{64}|[\w./-]{1,200}\.(?:npy|npz|idx|json|jsonl|csv|txt|bin|parquet)")


def kind_of(key: str) -> Kind | None:
    """Return what the value of a key is.

    >>> str(kind_of("--train-iters")), kind_of("hidden_size")
    ('steps', None)
    """
    return KEYS.get(key.lstrip("-").replace("-", "_").rpartition(".")[2].lower())


def value_of(kind: Kind, text: str) -> str | None:
    """Return the canonical value of a text; ``None`` where it is no value of this kind.

    >>> value_of(Kind.OPTIMIZER, "torch.optim.AdamW"), value_of(Kind.STEPS, "auto")
    ('adamw', None)
    """
    if kind is Kind.OPTIMIZER:
        named = _OPTIMIZER.fullmatch(text)
        return named[1].lower() if named else None
    if kind is Kind.DATA_ORDER:
        return text if _ORDER.fullmatch(text) else None
    return canonical(text)
