import json

import pytest

from provenance.recipe.code_in_json import named_in_json, texts_in
from provenance.text.strict_json import JsonValue


@pytest.mark.parametrize(
    ("value", "file", "named"),
    [
        ({"auto_map": {"A": ["m.S", "m.F"], "B": None}}, "config.json", {"m.S", "m.F"}),
        ({"auto_map": 3}, "config.json", {"auto_map"}),
        ({"auto_map": {}}, "config.json", set()),
        ([[{"x": {"auto_map": "m.X"}}]], "a.json", {"m.X"}),
        ({"custom_pipelines": {"t": {"impl": "p.P", "pt": ["AutoModel"]}}}, "c", {"p.P"}),
        ([{"type": "mine.T", "path": ""}], "modules.json", {"mine.T"}),
        ([{"type": "mine.T", "path": ""}], "other.json", set()),
        (
            [{"type": "sentence_transformers_evil.T"}],
            "modules.json",
            {"sentence_transformers_evil.T"},
        ),
        ({"attn_implementation": "flash_attention_2"}, "config.json", set()),
        ({"attn_implementation": {"": "org/k@v1"}}, "config.json", {"org/k@v1"}),
        ({"activation_function": "torch.nn.modules.activation.Tanh"}, "config.json", set()),
        ({"activation_function": "torch.hub.load"}, "config.json", {"torch.hub.load"}),
        ({"model_file": "model.onnx"}, "config.json", set()),
        ({"model_file": "m.SO"}, "config.json", {"m.SO"}),
        ({"_class_name": ["p", "P"]}, "model_index.json", {"p.P"}),
        ({"_class_name": ["p", "P"]}, "config.json", set()),
        ({"unet": ["diffusers", "X"], "n": [1, 2], "v": [None, None]}, "model_index.json", set()),
        ({"class_name": "Lambda", "config": {}}, "config.json", {"Lambda"}),
        ({"class_name": "Lambda"}, "config.json", set()),
        ({"plugins": ["pai-easycv==1"]}, "configuration.json", set()),
        ({"plugins": ["evil"]}, "config.json", set()),
        ({"class_name": "D", "config": {}, "registered_name": "keras>D"}, "config.json", set()),
        ({"class_name": "D", "config": {}, "registered_name": "mine>D"}, "config.json", {"mine>D"}),
        ({"module": "torch.nn", "name": "Linear"}, "io.json", set()),
        ({"_target_": "nemo.core.X"}, "model_config.json", set()),
    ],
)
def test_a_configuration_names_what_its_loader_would_import(
    value: JsonValue, file: str, named: set[str]
) -> None:
    assert {name for _, name in named_in_json(value, file)} == named


@pytest.mark.parametrize(
    ("value", "file", "named"),
    [
        (
            {"unet": [None, None, {"type_hint": ["mine", "U"]}]},
            "modular_model_index.json",
            {"mine.U"},
        ),
        (
            {"unet": [None, None, {"type_hint": ["diffusers", "U"]}], "n": {"type_hint": [None]}},
            "modular_model_index.json",
            set(),
        ),
        ({"type_hint": ["mine", "U"]}, "config.json", set()),
        ({"tokenizer_class": "mine.T"}, "wordembedding_config.json", {"mine.T"}),
        ({"tokenizer_class": "LlamaTokenizer"}, "config.json", set()),
        (
            {"tokenizer_class": "sentence_transformers.models.tokenizer.WhitespaceTokenizer"},
            "wordembedding_config.json",
            set(),
        ),
        ({"implementation": "mine.M"}, "model-settings.json", {"mine.M"}),
        ({"implementation": "mlserver_evil.M"}, "model-settings.json", {"mlserver_evil.M"}),
        ({"implementation": "mlserver_sklearn.SKLearnModel"}, "model-settings.json", set()),
        ({"implementation": "mine.M"}, "config.json", set()),
        ({"_target_": "os.system"}, "model_config.json", {"os.system"}),
    ],
)
def test_blocks_words_and_servers_name_classes_in_their_own_files_only(
    value: JsonValue, file: str, named: set[str]
) -> None:
    assert {name for _, name in named_in_json(value, file)} == named


def test_a_large_configuration_is_walked_once_however_deep() -> None:
    text = json.dumps({"a": [{"b": [{"c": {"auto_map": f"m.X{n}"}}]} for n in range(2_000)]})

    assert len(list(named_in_json(json.loads(text), "config.json"))) == 2_000


def test_texts_are_found_at_every_depth() -> None:
    assert sorted(texts_in({"a": ["x", {"b": "y"}], "z": 1})) == ["x", "y"]
