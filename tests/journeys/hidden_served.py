"""Releases whose code a server, Keras or a library of sentences and adapters is told to run."""

from collections.abc import Mapping

from tests.journeys.gated import Files, js, pipeline

#: Each with the rule that finds it.
SERVED: Mapping[str, tuple[str, Files]] = {
    "word tokenizer": (
        "word-tokenizer",
        {"0_Words/wordembedding_config.json": js({"tokenizer_class": "evil.mod.T"})},
    ),
    "implementation": (
        "implementation",
        {"model-settings.json": js({"name": "m", "implementation": "evil.M"})},
    ),
    "type hint": (
        "model-index",
        {"modular_model_index.json": js({"unet": [None, None, {"type_hint": ["evil", "U"]}]})},
    ),
    "cog of another name": ("handler", {"cog.yaml": b"predict: src/run.py:P", "src/run.py": b""}),
    "tokenizer of Keras": (
        "keras-class",
        {"tokenizer.json": js({"class_name": "T", "config": {}, "module": "evil.mod"})},
    ),
    "activation": (
        "activation",
        {"2_Dense/config.json": js({"in_features": 2, "activation_function": "evil.mod.F"})},
    ),
    "cross-encoder": (
        "activation",
        {"config.json": js({"sentence_transformers": {"activation_fn": "evil.mod.F"}})},
    ),
    "pipeline class": (
        "pipeline-class",
        {"model_index.json": pipeline(_class_name=["pipeline_x", "XPipeline"])},
    ),
    "component of no library": (
        "model-index",
        {"model_index.json": pipeline(unet=["my_unet", "MyUNet"])},
    ),
    "component with a program": (
        "model-index",
        {
            "model_index.json": pipeline(unet=["diffusers", "UNet2DConditionModel"]),
            "unet/diffusers.py": b"class UNet2DConditionModel: ...\n",
        },
    ),
}
