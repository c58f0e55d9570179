"""The tensors that a configuration makes: how many layers, and which shapes are among them."""

import re
from collections.abc import Mapping

from provenance.values.facts import ConfigFacts, WeightFacts
from provenance.values.finding import Confirmed, Contradicted, Outcome, Unknown

# The number of a layer: the first whole number in a tensor's name.
_LAYER = re.compile(r"(?:^|\.)(\d{1,5})(?:\.|$)")
_FLOATS = frozenset({"BF16", "F16", "F32", "F64"})
# Families whose tensors are known by name: {name: the settings that are its shape}. A setting of
# another name stands for the product or the sum that is written beside it.
_GPT2 = {
    "wte.weight": ("vocab_size", "hidden_size"),
    "wpe.weight": ("max_position_embeddings", "hidden_size"),
    "h.0.attn.c_attn.weight": ("hidden_size", "3*hidden_size"),
    "h.0.mlp.c_fc.weight": ("hidden_size", "intermediate_size"),
    "ln_f.weight": ("hidden_size",),
}
_LLAMA = {
    "model.embed_tokens.weight": ("vocab_size", "hidden_size"),
    "model.layers.0.mlp.gate_proj.weight": ("intermediate_size", "hidden_size"),
    "model.layers.0.mlp.down_proj.weight": ("hidden_size", "intermediate_size"),
    "model.layers.0.input_layernorm.weight": ("hidden_size",),
    "model.norm.weight": ("hidden_size",),
}
_NEOX = {
    "gpt_neox.embed_in.weight": ("vocab_size", "hidden_size"),
    "gpt_neox.layers.0.attention.query_key_value.weight": ("3*hidden_size", "hidden_size"),
    "gpt_neox.layers.0.mlp.dense_h_to_4h.weight": ("intermediate_size", "hidden_size"),
    "gpt_neox.final_layer_norm.weight": ("hidden_size",),
}
_FAMILIES = {
    "gpt2": _GPT2,
    "gpt_neox": _NEOX,
    **dict.fromkeys(("llama", "mistral", "qwen2", "qwen3", "olmo2", "gemma", "gemma2"), _LLAMA),
}
_PREFIXES = ("", "transformer.")


def compare(config: ConfigFacts, weights: WeightFacts) -> Outcome:
    """Return whether headers hold the layers and shapes that a configuration makes.

    Packed numbers of quantised weights have other shapes: they are not compared.
    """
    where = (config.where, *weights.where)
    if not weights.tensors or not set(weights.profile.dtypes) <= _FLOATS:
        return Unknown("the tensors are not plain numbers, and have shapes of their own", where)
    sizes = {one.key: one.value for one in config.settings}
    shapes = {one.name: one.shape for one in weights.tensors}
    if any(shapes[one.name] != one.shape for one in weights.tensors):
        return Unknown("several models hold tensors of one name, and other shapes", where)
    found: list[str] = []
    if layers := sizes.get("num_hidden_layers"):
        numbers = {int(match[1]) for name in shapes if (match := _LAYER.search(name))}
        if len(numbers) == layers:
            found.append(f"{layers} layers")
        elif config.model_type in _FAMILIES:
            reason = f"the configuration makes {layers} layers, the headers hold {len(numbers)}"
            return Contradicted(reason, where)
    for name, expected in _expected(config.model_type, sizes, shapes).items():
        if shapes[name] != expected:
            reason = f"{name} is {_shown(shapes[name])}, and not {_shown(expected)}"
            return Contradicted(reason, where)
        found.append(f"{name} of {_shown(expected)}")
    embedding = (sizes.get("vocab_size"), sizes.get("hidden_size"))
    if embedding in set(shapes.values()) and None not in embedding:
        found.append(f"an embedding of {embedding[0]} x {embedding[1]}")
    if len(found) > 1:
        return Confirmed(f"the headers hold {', '.join(found[:4])}", where)
    return Unknown("too few of the dimensions are known by name", where)


def _expected(
    family: str | None, sizes: Mapping[str, int], shapes: Mapping[str, tuple[int, ...]]
) -> dict[str, tuple[int, ...]]:
    """Return the shapes of the tensors of a known family that are there."""
    given = dict(sizes)
    width = sizes.get("hidden_size")
    if width:
        given["3*hidden_size"] = 3 * width
        if family == "gpt2":
            given.setdefault("intermediate_size", 4 * width)
    found: dict[str, tuple[int, ...]] = {}
    for name, keys in _FAMILIES.get(family or "", {}).items():
        known = [given[key] for key in keys if key in given]
        for prefix in _PREFIXES:
            if prefix + name in shapes and len(known) == len(keys):
                found[prefix + name] = tuple(known)
    return found


def _shown(shape: tuple[int, ...]) -> str:
    return " x ".join(map(str, shape))
