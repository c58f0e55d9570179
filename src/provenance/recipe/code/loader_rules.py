"""How common loaders come to run a release's code: one row for each rule, and where it stands."""

from typing import Final

import attrs


@attrs.frozen
class LoaderRule:
    """One way in which a loader runs code of a release.

    Args:
        id: the rule's name in reports.
        loader: whose rule it is.
        version: the version that was read; in parentheses where no source was.
        reads: where the code is named.
        counts: what of that counts as code.
        decided: where in the loader it is decided.

    """

    id: str
    loader: str
    version: str
    reads: str
    counts: str
    decided: str


AUTO_MAP: Final = LoaderRule(
    "auto-map",
    "transformers",
    "5.24.0",
    "`auto_map` of any configuration (model, tokenizer, processor, image, video, feature)",
    "every class, in texts and lists, nested or not; `org/name--module.Class` is code elsewhere",
    "`dynamic_module_utils.get_class_from_dynamic_module`, `models/auto/*_auto.py`",
)
CUSTOM_PIPELINES: Final = LoaderRule(
    "custom-pipelines",
    "transformers",
    "5.24.0",
    "`custom_pipelines` of `config.json`",
    "every `impl`",
    "`pipelines/__init__.py`, `pipeline`",
)
CUSTOM_GENERATE: Final = LoaderRule(
    "custom-generate",
    "transformers",
    "5.24.0",
    "the file `custom_generate/generate.py`",
    "the file",
    "`generation/utils.py`, `load_custom_generate`",
)
KERNEL: Final = LoaderRule(
    "kernel",
    "transformers",
    "5.24.0",
    "`attn_implementation` and `experts_implementation` of a configuration, also for its own use",
    "a text with a slash: a repository of kernels",
    "`modeling_utils.py`, `is_kernel`; `configuration_utils.py`",
)
MODEL_INDEX: Final = LoaderRule(
    "model-index",
    "diffusers",
    "0.42.1",
    "`model_index.json`, `modular_model_index.json`",
    "a component whose library (or `type_hint`) is none of its own, or that has a `.py` beside it",
    "`pipelines/pipeline_loading_utils.py`, `get_class_obj_and_candidates`",
)
PIPELINE_CLASS: Final = LoaderRule(
    "pipeline-class",
    "diffusers",
    "0.42.1",
    "`_class_name` of `model_index.json`",
    "a list `[module, class]`",
    "`pipelines/pipeline_loading_utils.py`, `_resolve_custom_pipeline_and_cls`",
)
PIPELINE_FILE: Final = LoaderRule(
    "pipeline-file",
    "diffusers",
    "0.42.1",
    "the file `pipeline.py` beside a `model_index.json`, or that defines a pipeline",
    "the file",
    "`utils/constants.py`, `CUSTOM_PIPELINE_FILE_NAME`",
)
DIFFUSERS_AUTO_MAP: Final = LoaderRule(
    AUTO_MAP.id,
    "diffusers",
    "0.42.1",
    "`auto_map` of a component's `config.json` or of `modular_config.json`",
    AUTO_MAP.counts,
    "`models/auto_model.py`, `modular_pipelines/modular_pipeline.py`",
)
MODULE_TYPE: Final = LoaderRule(
    "module-type",
    "sentence-transformers",
    "6.2.0",
    "`type` in `modules.json`; `types` of a router",
    "a class that is not below `sentence_transformers.`",
    "`util/misc.py`, `import_module_class`; `base/modules/router.py`",
)
WORD_TOKENIZER: Final = LoaderRule(
    "word-tokenizer",
    "sentence-transformers",
    "(an earlier version)",
    "`tokenizer_class` of a module",
    "a dotted name that is not below `sentence_transformers.` or `transformers.`",
    "`models/WordEmbeddings.py`, `load`",
)
ACTIVATION: Final = LoaderRule(
    "activation",
    "sentence-transformers",
    "6.2.0",
    "`activation_function`, `activation_fn`, `sbert_ce_default_activation_function`",
    "a dotted name that is not below `torch.nn.`",
    "`base/modules/dense.py`; `cross_encoder/model.py`, `_resolve_activation_fn`",
)
AUTO_MAPPING: Final = LoaderRule(
    "auto-mapping",
    "PEFT",
    "0.21.2",
    "`auto_mapping.parent_library` and `megatron_core` of `adapter_config.json`",
    "a package that is not on its list of allowed ones",
    "`auto.py`, `check_import_allowlist`; `tuners/lora/tp_layer.py`",
)
TIMM: Final = LoaderRule(
    "none",
    "timm",
    "1.0.31",
    "`architecture` of `config.json`",
    "nothing: names are looked up in its own registry",
    "`models/_hub.py`, `load_model_config_from_hf`",
)
OPEN_CLIP: Final = LoaderRule(
    "tokenizer-kwargs",
    "open_clip",
    "3.3.0",
    "`trust_remote_code` in `open_clip_config.json`",
    "where it is set: it reaches the tokenizer's loader",
    "`factory.py`, `get_tokenizer`; `tokenizer.py`, `HFTokenizer`",
)
YAML_TAG: Final = LoaderRule(
    "yaml-tag",
    "SpeechBrain",
    "1.1.2",
    "`!new:`, `!name:`, `!apply:`, `!applyref:`, `!module:` in YAML",
    "what is not of a library that recipes are made of; `trust_remote_code` beside a tag",
    "`hyperpyyaml/core.py` 1.2.3, `_construct_object` and its neighbours",
)
PYTHON_TAG: Final = LoaderRule(
    "python-tag",
    "PyYAML",
    "6.0.3",
    "`!!python/…` tags in YAML",
    "every one",
    "`yaml/constructor.py`, `UnsafeConstructor`",
)
CUSTOM_MODULE: Final = LoaderRule(
    "custom-module",
    "SpeechBrain",
    "1.1.2",
    "the file `custom.py` beside a `hyperparams.yaml`",
    "the file",
    "`inference/interfaces.py`, `foreign_class`",
)
TARGET: Final = LoaderRule(
    "target",
    "NeMo",
    "3.0.0",
    "`_target_` of a model's configuration, in a `.nemo` archive, too; `io.json`",
    "what is not below a prefix that it allows",
    "`core/classes/common.py`, `_is_target_allowed`",
)
REGISTRY: Final = LoaderRule(
    "registry",
    "spaCy",
    "3.8.18",
    "`@…` and `factory` in `config.cfg`",
    "a name that neither spaCy nor thinc registers",
    "`util.py`, `load_model_from_config`; `language.py`, `from_config`",
)
WHEEL: Final = LoaderRule(
    "wheel",
    "spaCy",
    "3.8.18",
    "a Python package (`.whl`) in the release",
    "its programs: loading it by name imports it",
    "`util.py`, `load_model_from_package`",
)
LAMBDA: Final = LoaderRule(
    "lambda",
    "Keras",
    "3.15.1",
    "`Lambda`, `__lambda__`, `TFSMLayer`, `TorchModuleWrapper` in JSON, `.keras`, HDF5",
    "every one",
    "`saving/serialization_lib.py`, `layers/core/lambda_layer.py`",
)
KERAS_CLASS: Final = LoaderRule(
    "keras-class",
    "Keras",
    "3.15.1",
    "`module` and `registered_name` of a layer, in JSON, `.keras`, HDF5",
    "a module or package that is not Keras' own",
    "`saving/serialization_lib.py`, `_retrieve_class_or_fn`",
)
MODEL_FILE: Final = LoaderRule(
    "model-file",
    "MLX",
    "mlx-lm 0.32.2",
    "`model_file` of `config.json`",
    "a file of Python",
    "`utils.py`, `load_model`",
)
ML_MODEL: Final = LoaderRule(
    "mlmodel",
    "MLflow",
    "3.17.2",
    "`loader_module`, `code`, `model_code_path`, `python_model` of `MLmodel`",
    "a loader that is not below `mlflow.`; each of the others that is there",
    "`pyfunc/__init__.py`, `load_model`; `pyfunc/model.py`",
)
ALLOW_REMOTE: Final = LoaderRule(
    "allow-remote",
    "ModelScope",
    "1.40.2",
    "`allow_remote` and `plugins` of `configuration.json`",
    "where it is set; a plugin that is not on its list",
    "`models/base/base_model.py`, `from_pretrained`; `utils/plugins.py`",
)
WRAPPER: Final = LoaderRule(
    "wrapper",
    "ModelScope",
    "1.40.2",
    "the file `ms_wrapper.py`",
    "the file",
    "`utils/automodel_utils.py`, `can_load_by_ms`",
)
VLLM: Final = LoaderRule(
    AUTO_MAP.id,
    "vLLM",
    "0.33.0",
    "`auto_map` of the model's configuration",
    AUTO_MAP.counts,
    "`model_executor/models/registry.py`, `_try_resolve_transformers`",
)
HANDLER: Final = LoaderRule(
    "handler",
    "inference servers",
    "(their documentation)",
    "`handler.py`, `code/inference.py`, programs in `1/` below a `config.pbtxt`, `predict` and "
    "`train` of a `cog.yaml`, `predict.py` beside it, `model.py` beside a `serving.properties`, "
    "`.mar` and `MAR-INF/`",
    "the file",
    "a server imports it by name",
)
ML_SERVER: Final = LoaderRule(
    "implementation",
    "MLServer",
    "(its documentation)",
    "`implementation` of `model-settings.json`",
    "what is not of a runtime that its makers publish",
    "the server imports it by name",
)
HUBCONF: Final = LoaderRule(
    "hubconf",
    "torch.hub",
    "(its documentation)",
    "the file `hubconf.py`",
    "the file",
    "`hub.py`, `MODULE_HUBCONF`",
)
PROCESSOR_STEP: Final = LoaderRule(
    "processor-step",
    "LeRobot",
    "0.6.1",
    "`class` of the `steps` of `policy_preprocessor.json` and its like; `action_tokenizer_name`",
    "a class that is not below `lerobot.`; a tokenizer from elsewhere that is trusted",
    "`processor/pipeline.py`, `_resolve_step_class`; `processor/tokenizer_processor.py`",
)
ENVIRONMENT: Final = LoaderRule(
    "environment",
    "LeRobot",
    "0.6.1",
    "the file `env.py`",
    "the file",
    "`envs/utils.py`, `_import_hub_module`",
)
SKOPS: Final = LoaderRule(
    "skops",
    "skops",
    "0.16.0",
    "`__module__` and `module_path` in `schema.json`",
    "what is not of scikit-learn, NumPy, SciPy or a library of trees; what of those runs code",
    "`io/_utils.py`, `_import_obj`; `io/_trusted_types.py`",
)
AOT_INDUCTOR: Final = LoaderRule(
    "aot-inductor",
    "PyTorch",
    "commit 013782e",
    "compiled members of a `.pt2`, and what stands below `aotinductor/`",
    "every one",
    "`_inductor/package/package.py`, `load_package`",
)
TORCH_PACKAGE: Final = LoaderRule(
    "torch-package",
    "PyTorch",
    "commit 013782e",
    "programs of an archive that has `.data/extern_modules`",
    "every one",
    "`package/package_importer.py`, `PackageImporter`",
)
CUSTOM_OPS: Final = LoaderRule(
    "custom-ops",
    "onnxruntime-genai",
    "(documentation of Ryzen AI)",
    "`custom_ops_library` of `genai_config.json`",
    "the library",
    "the runtime links it",
)
LLAMAFILE: Final = LoaderRule(
    "llamafile",
    "llamafile",
    "(its documentation)",
    "a file that ends in `.llamafile`",
    "the file",
    "it is a program, and started",
)

#: Every rule, in the order of the page that shows them.
RULES: Final = (
    AUTO_MAP,
    CUSTOM_PIPELINES,
    CUSTOM_GENERATE,
    KERNEL,
    MODEL_INDEX,
    PIPELINE_CLASS,
    PIPELINE_FILE,
    DIFFUSERS_AUTO_MAP,
    MODULE_TYPE,
    WORD_TOKENIZER,
    ACTIVATION,
    AUTO_MAPPING,
    TIMM,
    OPEN_CLIP,
    YAML_TAG,
    PYTHON_TAG,
    CUSTOM_MODULE,
    TARGET,
    REGISTRY,
    WHEEL,
    LAMBDA,
    KERAS_CLASS,
    MODEL_FILE,
    ML_MODEL,
    ALLOW_REMOTE,
    WRAPPER,
    VLLM,
    HANDLER,
    ML_SERVER,
    HUBCONF,
    PROCESSOR_STEP,
    ENVIRONMENT,
    SKOPS,
    AOT_INDUCTOR,
    TORCH_PACKAGE,
    CUSTOM_OPS,
    LLAMAFILE,
)


def rules_table() -> str:
    """Return the rules as a table in Markdown, as the reference shows them."""
    head = ("rule", "loader", "where the code is named", "what counts", "where it is decided")
    rows = (
        (one.id, f"{one.loader} {one.version}", one.reads, one.counts, one.decided) for one in RULES
    )
    lines = (head, ("---",) * len(head), *rows)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
