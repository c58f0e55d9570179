import json

import pytest

from provenance.errors import Code, TextError
from provenance.recipe.documents.config import read_config
from provenance.values.facts import ConfigFacts
from provenance.values.hazard import Hazard
from provenance.values.look import Seen, Unseen
from tests.building import TOY
from tests.loaders import made


def seen(data: bytes, path: str = "config.json") -> tuple[ConfigFacts, tuple[Hazard, ...]]:
    look, hazards = read_config(data, address=TOY, path=path)
    assert isinstance(look, Seen)
    return look.value, hazards


def sizes(facts: ConfigFacts) -> dict[str, int]:
    return {one.key: one.value for one in facts.settings}


def test_class_and_dimensions_are_read_under_one_name_each() -> None:
    facts, hazards = seen(
        b'{"architectures": ["GPT2", 3], "model_type": "gpt2", "n_embd": 8, "x": 1.5, "y": true}'
    )

    assert (facts.architectures, facts.model_type) == (("GPT2",), "gpt2")
    assert [(one.key, one.value) for one in facts.settings] == [("hidden_size", 8)]
    assert facts.says_more
    assert hazards == ()


@pytest.mark.parametrize(
    ("odd", "codes"),
    [
        (b'{"a": NaN,', [Code.JSON_NONFINITE]),
        (b'{"a": [0.0, Infinity],', [Code.JSON_NONFINITE]),
        (b'{"a": 1e400,', [Code.JSON_NONFINITE]),
        (b"\xef\xbb\xbf{", [Code.JSON_BOM]),
        (b'{"n_layer": 9,', [Code.JSON_DUP_KEY]),
        (b'{"a": 1000000000000000019884624838656,', []),
    ],
    ids=["nan", "infinity", "1e400", "mark", "twice", "long"],
)
def test_what_is_odd_for_json_hides_nothing_that_loaders_read(
    odd: bytes, codes: list[Code]
) -> None:
    facts, hazards = seen(odd + b'"model_type": "x", "n_layer": 2}')

    assert sizes(facts)["num_hidden_layers"] == 2
    assert [one.code for one in hazards] == codes


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'{"a": 1}{"a": 2}', Code.JSON_TRAILING),
        (b'{"model_type": "x", "n_la', Code.JSON_SYNTAX),
        (b"", Code.JSON_SYNTAX),
        ('{"a": 1}'.encode("utf-16"), Code.JSON_ENCODING),
        (b'{"a": ' * 40 + b"1" + b"}" * 40, Code.JSON_DEPTH),
        (b'{"a": "' + b" " * 2**22 + b'"}', Code.RESOURCE),
    ],
    ids=["two", "broken off", "empty", "utf-16", "deep", "large"],
)
def test_a_configuration_that_no_loader_reads_is_an_error(data: bytes, code: Code) -> None:
    with pytest.raises(TextError) as caught:
        read_config(data, address=TOY, path="config.json")

    assert caught.value.code is code


def test_a_configuration_of_another_shape_is_told_and_unknown() -> None:
    look, hazards = read_config(b"[]", address=TOY, path="config.json")

    assert isinstance(look, Unseen)
    assert "config.json" in look.reason
    assert [one.code for one in hazards] == [look.code] == [Code.CONFIG_SHAPE]


def test_the_dimensions_of_the_language_model_inside_another_are_read() -> None:
    value = {
        "model_type": "llava",
        "image_token_index": 7,
        "text_config": {"hidden_size": 8, "vocab_size": 16, "image_token_index": 9},
        "vision_config": {"hidden_size": 4},
    }

    facts, _ = seen(json.dumps(value).encode())

    assert sizes(facts) == {"image_token_index": 7, "hidden_size": 8, "vocab_size": 16}


@pytest.mark.parametrize(
    ("path", "value", "name", "key"),
    [
        (
            "config.json",
            {"architecture": "resnet50", "num_features": 8},
            "resnet50",
            "num_features",
        ),
        ("unet/config.json", {"_class_name": "UNet", "in_channels": 4}, "UNet", "in_channels"),
        (
            "config.json",
            {"class_name": "Functional", "config": {"num_layers": 2}},
            "Functional",
            "num_hidden_layers",
        ),
        ("params.json", {"dim": 8, "n_layers": 2}, "transformer", "hidden_size"),
        ("open_clip_config.json", {"model_cfg": {"text_cfg": {"layers": 2}}}, "towers", "layers"),
    ],
    ids=["timm", "diffusers", "Keras", "Llama and Mistral", "open_clip"],
)
def test_other_forms_name_their_model_in_their_own_way(
    path: str, value: object, name: str, key: str
) -> None:
    facts, _ = seen(json.dumps(value).encode(), path)

    assert name in (facts.form or facts.architectures[0])
    assert key in sizes(facts)
    assert facts.path == path


@pytest.mark.parametrize("folder", ["mamba2", "mamba2-infinity", "llava"])
def test_what_the_library_writes_is_an_architecture(folder: str) -> None:
    facts, _ = seen(made(f"{folder}/config.json"))

    assert facts.architectures
    assert len(facts.settings) > 2


def test_a_vocabulary_in_the_configuration_is_counted() -> None:
    assert seen(b'{"vocab": {"a": 0, "b": 1}}')[0].vocabulary == 2
    assert seen(b'{"vocab": 3}')[0].vocabulary == 0
    assert not seen(b'{"transformers_version": "5"}')[0].says_more
