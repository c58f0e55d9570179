import json

import attrs
import pytest

from provenance.errors import Code, TextError
from provenance.recipe.documents.pipeline import Pipeline, read_pipeline, with_parts
from provenance.values.facts import Setting
from provenance.values.look import Unseen
from tests.building import CONFIG, TOY, WHERE

INDEX = {
    "_class_name": "StableDiffusionPipeline",
    "_diffusers_version": "0.30.0",
    "feature_extractor": ["transformers", "CLIPImageProcessor"],
    "safety_checker": [None, None],
    "scheduler": ["scheduling_own", "Own"],
    "text_encoder": ["transformers", "CLIPTextModel"],
    "tokenizer": ["transformers", "CLIPTokenizer"],
    "unet": ["diffusers", "UNet2DConditionModel"],
    "vae": ["diffusers", "AutoencoderKL"],
}


def read(value: object) -> Pipeline:
    found, _ = read_pipeline(json.dumps(value).encode(), address=TOY, path="model_index.json")
    assert isinstance(found, Pipeline)
    return found


def test_the_models_of_a_pipeline_are_its_parts_with_weights() -> None:
    found = read(INDEX)

    assert found.models == ("text_encoder", "unet", "vae")
    assert found.name == "StableDiffusionPipeline"


def test_a_pipeline_of_the_releases_own_code_has_parts_as_any_other() -> None:
    found = read({**INDEX, "_class_name": ["pipeline_x", "XPipeline"]})

    assert found.models == ("text_encoder", "unet", "vae")


def test_a_pipeline_has_the_dimensions_of_its_main_part() -> None:
    vae = attrs.evolve(CONFIG, settings=(Setting("a", 1, WHERE),) * 3)
    unet = attrs.evolve(CONFIG, settings=(Setting("in_channels", 4, WHERE),))

    facts = with_parts(read(INDEX), {"vae": vae, "unet": unet})

    assert facts.architectures[:2] == ("StableDiffusionPipeline", "CLIPTextModel")
    assert [one.key for one in facts.settings] == ["in_channels"]
    assert facts.path == "model_index.json"


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"[]", Code.CONFIG_SHAPE), (b'{"x": [1]}', Code.CONFIG_SHAPE)],
)
def test_what_names_no_model_is_told_and_unknown(data: bytes, code: Code) -> None:
    found, hazards = read_pipeline(data, address=TOY, path="model_index.json")

    assert isinstance(found, Unseen)
    assert [one.code for one in hazards] == [code]


def test_what_no_loader_reads_is_an_error() -> None:
    with pytest.raises(TextError):
        read_pipeline(b"{", address=TOY, path="model_index.json")
