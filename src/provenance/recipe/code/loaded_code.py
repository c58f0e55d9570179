"""Code of a release that loaders run: named in its configurations, or a file of a fixed name."""

import itertools
import re
from collections.abc import Callable, Collection, Iterator
from typing import Final

import attrs

from provenance.errors import Code, TextError
from provenance.recipe.code import loader_rules as rules
from provenance.recipe.code.code_in_json import named_in_json
from provenance.recipe.code.loaded_text import (
    OF_COG,
    OF_MLFLOW,
    OF_NEMO,
    includes_in,
    named_in_pieces,
    named_in_spacy,
    named_in_tree,
    named_in_yaml,
    named_without_tree,
    renames_tags,
    text_of,
    unescaped,
)
from provenance.text.budget import Budget
from provenance.text.loader_json import read_as_loaders_do
from provenance.text.restricted_yaml import parse as parse_yaml
from provenance.text.yaml_tree import to_plain
from provenance.values.loaded_code import LoadedCode

#: In which diffusers names the parts of a pipeline.
INDEXES: Final = frozenset({"model_index.json", "modular_model_index.json"})
#: Larger than any configuration that is known.
LARGEST_CONFIGURATION: Final = 16 * 2**20
#: YAML costs some twenty times what JSON does; written by hand, it is short.
LARGEST_YAML: Final = 4 * 2**20
_BUDGET: Final = Budget(bytes=LARGEST_CONFIGURATION, depth=64, items=2_000_000)
_YAML_BUDGET: Final = Budget(bytes=2**20, depth=64, items=100_000)
# The names under which loaders look for what describes a model, its parts and how they are joined.
_CONFIGURATION: Final = re.compile(
    r"[^/]*(?:config|processor|tokenizer|extractor|modules|model_index|router|pipeline|adapter"
    r"|hparam|hyperparam|converter)[^/]*\.json"
    r"|(?:model|architecture|io|schema|task|model-settings)\.json"
)
# No loader takes a class from them: each is the vocabulary and rules of a tokenizer.
_DATA: Final = re.compile(r"tokenizer(?:\.[\w.-]*)?\.json")
# Except Keras', whose file of this name is an object that it builds.
_BUILT: Final = re.compile(r'"class_name"\s{0,200}:\s{0,200}"')
_YAML: Final = (".yaml", ".yml")
_ODD_YAML: Final = frozenset({Code.YAML_DUP_KEY, Code.YAML_MERGE})
_RENAMED: Final = "it gives tags of YAML other names"
# One is enough to be told of; more than these a configuration names for nobody to read.
_MOST_NAMED: Final = 1_000
_LONGEST_NAME: Final = 200
# Other YAML with ``_target_`` is the configuration of a training run, which loading does not make.
_OF_MODEL: Final = re.compile(r"(?:.*/)?model_config\.ya?ml|(?:config|hparams)\.ya?ml")
_KNOWN: Final = re.compile(
    r"(?:tokenizer_|preprocessor_|processor_|generation_|model_)?config\.(?!(?:json|ya?ml|cfg|toml"
    r"|ini|py|md|txt|rst|html?|gin|sh|pbtxt|lock|example|sample|bak|orig|gz|ts|js)$)\w{1,12}"
)

_COG: Final = ("cog.yaml", "cog.yml")

# What servers and hubs import from the top of a release.
_AT_THE_TOP: Final = {
    "handler.py": rules.HANDLER,
    "code/inference.py": rules.HANDLER,
    "ms_wrapper.py": rules.WRAPPER,
    "hubconf.py": rules.HUBCONF,
}
# The same beside a file of one of these names, in any folder.
_BESIDE: Final = {
    "custom.py": (rules.CUSTOM_MODULE, ("hyperparams.yaml", "hyperparams.yml")),
    "pipeline.py": (rules.PIPELINE_FILE, tuple(sorted(INDEXES))),
    "predict.py": (rules.HANDLER, _COG),
    "model.py": (rules.HANDLER, ("serving.properties",)),
}
# The same where the program has what they look for in it.
_BY_WORDS: Final = {
    "pipeline.py": (
        rules.PIPELINE_FILE,
        (b"DiffusionPipeline", b"PreTrainedPipeline", b"ModularPipeline"),
    ),
    "env.py": (rules.ENVIRONMENT, (b"make_env",)),
}
# What PyTorch compiled ahead of time; some of its versions compile the rest when it is loaded.
_INDUCTOR: Final = "/aotinductor/"
_COMPILED: Final = (
    *(".so", ".dll", ".dylib", ".pyd", ".o", ".cpp", ".cu", ".cubin", ".hsaco", ".spv"),
)
# What a server imports from the folder of a version, under whatever name is set beside it.
_SERVED: Final = (".py", ".pyc")
# A model with the program that runs it, in one file that is started.
_PROGRAM: Final = ".llamafile"
_PACKAGE: Final = ".data/extern_modules"


@attrs.frozen
class Reading:
    """What a file names, and why it may name more; ``doubt`` is empty for a file that was read."""

    named: tuple[tuple[rules.LoaderRule, str], ...] = ()
    doubt: str = ""


def may_name_code(path: str) -> bool:
    """Tell whether loaders read a file of this name for what a model is made of."""
    name = _name(path)
    return (
        _CONFIGURATION.fullmatch(name) is not None
        or name.endswith(_YAML)
        or name in {"mlmodel", "config.cfg"}
        or is_of_no_known_kind(path)
    )


def is_of_no_known_kind(path: str) -> bool:
    """Tell whether a file is a configuration by its name, and of no kind that is read."""
    return _KNOWN.fullmatch(_name(path)) is not None


def read_for_code(path: str, data: bytes) -> Reading:
    """Return what code a configuration names; nothing that it holds makes this fail."""
    name = _name(path)
    if is_of_no_known_kind(path):
        return Reading(doubt="a configuration of a kind that is not read")
    if _is_json(name):
        return _json(data, name) if _is_built(name, data) else _vocabulary(data)
    if len(data) > LARGEST_YAML:
        return Reading(doubt=f"{len(data)} bytes, and {LARGEST_YAML} of such a text are read")
    text = text_of(data)
    if name == "config.cfg":
        return Reading(_once(named_in_spacy(text)))
    if keys := _keys_of(path.lower(), name):
        return _yaml(data, text, keys)
    return Reading(_once(named_in_yaml(text)), _doubt_of_yaml(text))


def _keys_of(path: str, name: str) -> frozenset[str]:
    """Return the keys under which this YAML names code, besides its tags."""
    if name in _COG:
        return OF_COG
    if name == "mlmodel":
        return OF_MLFLOW
    return OF_NEMO if _OF_MODEL.fullmatch(path) else frozenset()


def _is_built(name: str, data: bytes) -> bool:
    """Tell whether the values of a file in JSON make objects, as those of a vocabulary do not."""
    return not _DATA.fullmatch(name) or _BUILT.search(unescaped(text_of(data))) is not None


def _doubt_of_yaml(text: str) -> str:
    if renames_tags(text):
        return _RENAMED
    return "".join(f"it includes {one[:200]!a}" for one in includes_in(text)[:1])


def _yaml(data: bytes, text: str, keys: frozenset[str]) -> Reading:
    """Return what YAML names of which not only the tags count."""
    tags = tuple(named_in_yaml(text))
    try:
        document = parse_yaml(data, budget=_YAML_BUDGET)
    except TextError as error:
        named = (*tags, *named_without_tree(text, keys))
        return Reading(_once(iter(named)), f"it cannot be read: {error.what}")
    tree = to_plain(document.root) if document.root else {}
    # Of a key that stands twice, readers differ over which counts.
    odd = [one.detail for one in document.notes if one.code in _ODD_YAML]
    pieces = named_without_tree(text, keys) if odd else iter(())
    return Reading(_once(iter((*tags, *named_in_tree(tree, keys), *pieces))), "; ".join(odd[:1]))


def _vocabulary(data: bytes) -> Reading:
    """Return what a tokenizer's own file names: nothing, while it is a whole file of its kind."""
    text = data.strip(b" \t\r\n\xef\xbb\xbf")
    whole = text.startswith(b"{") and text.endswith(b"}")
    named = named_in_pieces(text_of(data)) if b"auto_map" in data else iter(())
    return Reading(_once(named), "" if whole else "it is not the whole of an object in JSON")


def _json(data: bytes, name: str) -> Reading:
    text = text_of(data)
    encoded = text.encode("utf-8", errors="replace")
    odd = "" if encoded == data.removeprefix(b"\xef\xbb\xbf") else "it is not in UTF-8"
    try:
        read = read_as_loaders_do(encoded, budget=_BUDGET)
    except TextError as error:
        return Reading(_once(named_in_pieces(text)), f"it cannot be read: {error.what}")
    values = (read.value, *read.shadowed)
    return Reading(_once(one for it in values for one in named_in_json(it, name)), odd)


def imported_by_name(
    paths: Collection[str], defines: Callable[[str, tuple[bytes, ...]], bool]
) -> Iterator[LoadedCode]:
    """Yield the files that a loader imports for their names alone.

    Args:
        paths: those of all files of the release.
        defines: tells of a program whether it speaks of one of these words.

    """
    # Some systems do not tell cases apart.
    lower = {one.lower() for one in paths}
    for path in paths:
        rule = _rule_of_name(path.lower(), lower)
        special, words = _BY_WORDS.get(path.lower(), (None, ()))
        if rule is None and special and defines(path, words):
            rule = special
        if rule:
            yield _file(path, path.rpartition("/")[2], rule)


def linked_by_pytorch(archive: str, members: Collection[str]) -> Iterator[LoadedCode]:
    """Yield what PyTorch links or imports of the members of an archive of its own."""
    packed = any(one.endswith(_PACKAGE) for one in members)
    for one in members:
        path = f"/{one}".lower()
        if path.endswith(_COMPILED) and (_INDUCTOR in path or archive.lower().endswith(".pt2")):
            yield LoadedCode(archive, one, rules.AOT_INDUCTOR.id, one)
        elif packed and path.endswith(".py"):
            yield LoadedCode(archive, one, rules.TORCH_PACKAGE.id, one)


def _rule_of_name(path: str, paths: Collection[str]) -> rules.LoaderRule | None:
    """Return the rule by which a path is code; all of them are in small letters."""
    folder, _, name = path.rpartition("/")
    upper, _, last = folder.rpartition("/")
    beside, above = (f"{one}/" if one else "" for one in (folder, upper))
    rule, beside_it = _BESIDE.get(name, (None, ()))
    if rule and any(f"{beside}{one}" in paths for one in beside_it):
        return rule
    if name == "generate.py" and last == "custom_generate":
        return rules.CUSTOM_GENERATE
    program = name.endswith(_SERVED) or name.startswith("libtriton_")
    if program and last.isdigit() and f"{above}config.pbtxt" in paths:
        return rules.HANDLER
    if name == "manifest.json" and last == "mar-inf":
        return rules.HANDLER
    if path.endswith(_PROGRAM):
        return rules.LLAMAFILE
    linked = _INDUCTOR in f"/{path}" and path.endswith(_COMPILED)
    return rules.AOT_INDUCTOR if linked else _AT_THE_TOP.get(path)


def beside_components(
    named: Collection[str], path: str, paths: Collection[str]
) -> Iterator[LoadedCode]:
    """Yield the programs of components: ``unet/my_unet.py`` for ``"unet": ["my_unet", …]``.

    Args:
        named: ``component/module`` of each component of a pipeline's index.
        path: that of the index.
        paths: those of all files of the release.

    """
    folder = path.rpartition("/")[0]
    lower = {one.lower(): one for one in paths}
    for one in named:
        program = f"{folder}/{one}.py" if folder else f"{one}.py"
        if program.lower() in lower:
            yield LoadedCode(path, program, rules.MODEL_INDEX.id)


def components_of(data: bytes) -> tuple[str, ...]:
    """Return ``component/module`` of every component of a pipeline's index."""
    try:
        read = read_as_loaders_do(data, budget=_BUDGET)
    except TextError:
        return ()
    return tuple(
        f"{key}/{part[0]}"
        for value in (read.value, *read.shadowed)
        if isinstance(value, dict)
        for key, part in value.items()
        if isinstance(part, list) and part and isinstance(part[0], str) and key != "_class_name"
    )


def _file(path: str, name: str, rule: rules.LoaderRule) -> LoadedCode:
    return LoadedCode(path, name, rule.id)


def _is_json(name: str) -> bool:
    return _CONFIGURATION.fullmatch(name) is not None


def _name(path: str) -> str:
    """Return a file's own name as a system that is lenient with names has it."""
    return re.split(r"[/\\]", path)[-1].lower().rstrip(". ") or path


def _once(
    named: Iterator[tuple[rules.LoaderRule, str]],
) -> tuple[tuple[rules.LoaderRule, str], ...]:
    cut = ((rule, name[:_LONGEST_NAME]) for rule, name in itertools.islice(named, _MOST_NAMED))
    return tuple(dict.fromkeys(cut))
