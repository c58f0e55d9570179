from collections.abc import Mapping

import attrs
import pytest

from provenance.checks.tensor_shapes import compare
from provenance.values.facts import ConfigFacts, Setting, WeightFacts
from provenance.values.finding import Confirmed, Contradicted, Unknown
from provenance.values.weights import DType, Tensor
from tests.building import PROFILE, WHERE


def config(model_type: str | None, **sizes: int) -> ConfigFacts:
    settings = tuple(Setting(key, value, WHERE) for key, value in sizes.items())
    return ConfigFacts(WHERE, model_type, settings=settings)


def weights(shapes: Mapping[str, tuple[int, ...]], dtype: str = "BF16") -> WeightFacts:
    tensors = tuple(Tensor(name, DType.BF16, shape, 0, 0) for name, shape in shapes.items())
    return WeightFacts(attrs.evolve(PROFILE, dtypes=(dtype,)), (WHERE,), tensors)


GPT2 = {
    "transformer.wte.weight": (52, 96),
    "transformer.h.0.mlp.c_fc.weight": (96, 384),
    "transformer.h.1.mlp.c_fc.weight": (96, 384),
}
SIZES = {"vocab_size": 52, "hidden_size": 96, "num_hidden_layers": 2}
LLAMA = {
    "model.embed_tokens.weight": (52, 96),
    "model.layers.0.mlp.gate_proj.weight": (200, 96),
}


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (compare(config("gpt2", **SIZES), weights(GPT2)), Confirmed),
        # A family that is not known: its layers and its embedding are.
        (compare(config("toy", **SIZES), weights(GPT2)), Confirmed),
        (compare(config(None, **SIZES), weights(GPT2)), Confirmed),
        (
            compare(
                config("llama", vocab_size=52, hidden_size=96, intermediate_size=200),
                weights(LLAMA),
            ),
            Confirmed,
        ),
        (compare(config("gpt2", **SIZES | {"num_hidden_layers": 3}), weights(GPT2)), Contradicted),
        (compare(config("gpt2", **SIZES | {"hidden_size": 64}), weights(GPT2)), Contradicted),
        (compare(config("toy", **SIZES | {"num_hidden_layers": 3}), weights(GPT2)), Unknown),
        (compare(config("toy"), weights(GPT2)), Unknown),
        (compare(config("gpt2", **SIZES), weights(GPT2, "U8")), Unknown),
        (compare(config("gpt2", **SIZES), weights({})), Unknown),
    ],
)
def test_a_configuration_is_held_against_the_headers(found: object, expected: type) -> None:
    assert isinstance(found, expected)


def test_several_models_with_tensors_of_one_name_contradict_nothing() -> None:
    facts = weights(GPT2)
    other = attrs.evolve(facts.tensors[0], shape=(1, 1))

    found = compare(config("gpt2", **SIZES), attrs.evolve(facts, tensors=(*facts.tensors, other)))

    assert isinstance(found, Unknown)
