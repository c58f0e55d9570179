"""Code that a configuration in JSON names: its whole tree, key by key, by the loaders' rules."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from provenance.recipe.code import loader_rules as rules
from provenance.recipe.code.loader_libraries import (
    DIFFUSERS,
    KERAS,
    KERAS_RUNS,
    LEROBOT,
    MLSERVER,
    MODELSCOPE,
    NEMO,
    NEMO_BUILTINS,
    PEFT,
    is_below,
    is_built_by_skops,
)
from provenance.text.strict_json import JsonValue, levels

Object = Mapping[str, JsonValue]
Named = tuple[rules.LoaderRule, str]

_KERNEL: Final = re.compile(r"[^/:]+/[^/:]+(?:@[^/:]+)?(?::[^/:]+)?")
_PYTHON: Final = (".py", ".pyc", ".pyd", ".so")
_ACTIVATIONS: Final = (
    "activation_function",
    "activation_fn",
    "sbert_ce_default_activation_function",
)
# Whatever stands in a configuration becomes an attribute of it, those of its own use, too.
_KERNELS: Final = tuple(
    f"{before}{what}_implementation{after}"
    for what in ("attn", "experts")
    for before, after in (("", ""), ("_", ""), ("_", "_internal"))
)
# Of a class of words' tokens only its own name is looked up in a table.
_OWN_TOKENIZERS: Final = ("sentence_transformers.", "transformers.")
# Layers that hold code as it was compiled, or load what stands elsewhere.
_FUNCTIONS: Final = frozenset({"Lambda", "__lambda__", "TFSMLayer", "TorchModuleWrapper"})
_PIPELINES: Final = frozenset({"model_index.json", "modular_model_index.json"})


def named_in_json(value: JsonValue, file: str) -> Iterator[Named]:
    """Yield the code that a JSON value names, at every depth; ``file`` is the file's own name."""
    if file in _PIPELINES and isinstance(value, dict):
        yield from _of_pipeline(value)
    for level in levels(value):
        for one in level:
            if isinstance(one, dict):
                for rule in _RULES:
                    yield from rule(one, file)


def texts_in(value: JsonValue) -> tuple[str, ...]:
    """Return every text in a value, at every depth, in no order that counts."""
    return tuple(one for level in levels(value) for one in level if isinstance(one, str))


def _auto_map(one: Object, _: str) -> Iterator[Named]:
    for key in ("auto_map", "custom_pipelines"):
        value = one.get(key)
        if not value:
            continue
        rule = rules.AUTO_MAP if key == "auto_map" else rules.CUSTOM_PIPELINES
        # Of a task's description, only what is called ``impl`` is code.
        found = _impls(value) if key == "custom_pipelines" else texts_in(value)
        yield from ((rule, name) for name in found or (key,))


def _impls(value: JsonValue) -> tuple[str, ...]:
    tasks = value.values() if isinstance(value, dict) else ()
    impls = (task.get("impl") for task in tasks if isinstance(task, dict))
    return tuple(impl for impl in impls if isinstance(impl, str))


def _kernel(one: Object, _: str) -> Iterator[Named]:
    for key in _KERNELS:
        for name in texts_in(one.get(key)):
            if _KERNEL.fullmatch(name.rpartition("|")[2]):
                yield rules.KERNEL, name


def _module_type(one: Object, file: str) -> Iterator[Named]:
    types = one.get("types")
    if isinstance(types, dict) and "structure" in one:
        named = list(texts_in(types))
    else:
        named = list(texts_in(one.get("type"))) if file == "modules.json" else []
    for name in named:
        if not name.startswith("sentence_transformers."):
            yield rules.MODULE_TYPE, name


def _word_tokenizer(one: Object, _: str) -> Iterator[Named]:
    name = one.get("tokenizer_class")
    if isinstance(name, str) and "." in name and not name.startswith(_OWN_TOKENIZERS):
        yield rules.WORD_TOKENIZER, name


def _activation(one: Object, _: str) -> Iterator[Named]:
    for key in _ACTIVATIONS:
        name = one.get(key)
        if isinstance(name, str) and "." in name and not name.startswith("torch.nn."):
            yield rules.ACTIVATION, name


def _adapter(one: Object, _: str) -> Iterator[Named]:
    mapping = one.get("auto_mapping")
    parent = mapping.get("parent_library") if isinstance(mapping, dict) else None
    if isinstance(parent, str) and parent.split(".")[0] not in PEFT:
        base = mapping.get("base_model_class") if isinstance(mapping, dict) else None
        yield rules.AUTO_MAPPING, f"{parent}.{base}"
    core = one.get("megatron_core")
    if isinstance(core, str) and not core.startswith("megatron."):
        yield rules.AUTO_MAPPING, core


def _model_file(one: Object, _: str) -> Iterator[Named]:
    name = one.get("model_file")
    if isinstance(name, str) and name.lower().endswith(_PYTHON):
        yield rules.MODEL_FILE, name


def _trusting(one: Object, file: str) -> Iterator[Named]:
    if file == "open_clip_config.json" and one.get("trust_remote_code"):
        yield rules.OPEN_CLIP, "trust_remote_code"


def _keras(one: Object, _: str) -> Iterator[Named]:
    name = one.get("class_name")
    if not isinstance(name, str) or "config" not in one:
        return
    if name in _FUNCTIONS:
        yield rules.LAMBDA, name
        return
    module, registered = one.get("module"), one.get("registered_name")
    if module == "builtins" and name == "function" and one["config"] in KERAS_RUNS:
        yield rules.KERAS_CLASS, f"builtins.{one['config']}"
    elif isinstance(module, str) and module.split(".")[0] not in KERAS:
        yield rules.KERAS_CLASS, f"{module}.{name}"
    elif isinstance(registered, str):
        package, of_package, _ = registered.partition(">")
        if of_package and package not in KERAS:
            yield rules.KERAS_CLASS, registered


def _target(one: Object, _: str) -> Iterator[Named]:
    name = one.get("_target_")
    if isinstance(name, str) and not is_below(name, NEMO):
        yield rules.TARGET, name


def _module_and_name(one: Object, file: str) -> Iterator[Named]:
    """Yield what a configuration of NeMo imports to build its objects."""
    module, name = one.get("module"), one.get("name")
    if file != "io.json" or not isinstance(module, str) or not isinstance(name, str):
        return
    plain = module == "builtins" and name in NEMO_BUILTINS
    if not plain and not is_below(f"{module}.", (*NEMO, "torch.", "pathlib.", "fiddle.")):
        yield rules.TARGET, f"{module}.{name}"


def _allow_remote(one: Object, file: str) -> Iterator[Named]:
    if file != "configuration.json":
        return
    if one.get("allow_remote"):
        yield rules.ALLOW_REMOTE, "allow_remote"
    for name in texts_in(one.get("plugins")):
        if re.split(r"[><=!~]", name.strip())[0].strip() not in MODELSCOPE:
            yield rules.ALLOW_REMOTE, name


def _step(one: Object, _: str) -> Iterator[Named]:
    """Yield the classes of a processor's steps; of two ways to name one, the registry is first."""
    steps = one.get("steps")
    for step in steps if isinstance(steps, list) else ():
        name = step.get("class") if isinstance(step, dict) else None
        if isinstance(name, str) and not is_below(name, LEROBOT):
            yield rules.PROCESSOR_STEP, name


def _action_tokenizer(one: Object, _: str) -> Iterator[Named]:
    """Yield the tokenizers of a robot's actions, which are trusted unless it says otherwise."""
    for key in ("action_tokenizer_name", "action_tokenizer_path"):
        name = one.get(key)
        if isinstance(name, str) and name and one.get("trust_remote_code", True):
            yield rules.PROCESSOR_STEP, name


def _custom_ops(one: Object, file: str) -> Iterator[Named]:
    name = one.get("custom_ops_library")
    if file == "genai_config.json" and isinstance(name, str) and name:
        yield rules.CUSTOM_OPS, name


def _served(one: Object, file: str) -> Iterator[Named]:
    name = one.get("implementation")
    if file != "model-settings.json" or not isinstance(name, str):
        return
    if name.split(".", maxsplit=1)[0] not in MLSERVER:
        yield rules.ML_SERVER, name


def _type_hint(one: Object, file: str) -> Iterator[Named]:
    """Yield the class of a component of a pipeline that is put together of blocks."""
    hint = one.get("type_hint")
    if file in _PIPELINES and isinstance(hint, list):
        named = [part for part in hint[:2] if isinstance(part, str)]
        if named and named[0] not in DIFFUSERS:
            yield rules.MODEL_INDEX, ".".join(named)


def _skops(one: Object, file: str) -> Iterator[Named]:
    if file != "schema.json":
        return
    for module, name in (("__module__", "__class__"), ("module_path", "function")):
        parts = (one.get(module), one.get(name))
        if all(isinstance(part, str) for part in parts) and not is_built_by_skops(
            whole := f"{parts[0]}.{parts[1]}"
        ):
            yield rules.SKOPS, whole


def _of_pipeline(index: Object) -> Iterator[Named]:
    """Yield what a pipeline's index takes from elsewhere than the libraries it knows."""
    for key, value in index.items():
        if not isinstance(value, list) or len(value) < 2:  # noqa: PLR2004 - library and class
            continue
        library, name = value[:2]
        if not isinstance(library, str):
            continue
        if key == "_class_name":
            yield rules.PIPELINE_CLASS, f"{library}.{name}"
        elif isinstance(name, str) and library not in DIFFUSERS:
            yield rules.MODEL_INDEX, f"{library}.{name}"


_RULES: Final[tuple[Callable[[Object, str], Iterator[Named]], ...]] = (
    _auto_map,
    _kernel,
    _module_type,
    _word_tokenizer,
    _activation,
    _adapter,
    _trusting,
    _model_file,
    _keras,
    _target,
    _module_and_name,
    _allow_remote,
    _step,
    _action_tokenizer,
    _custom_ops,
    _served,
    _type_hint,
    _skops,
)
