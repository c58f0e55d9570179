"""Code that a text names: tags of YAML, MLmodel, spaCy's configuration, JSON that is half there."""

import json
import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from provenance.recipe.code import loader_rules as rules
from provenance.recipe.code.loader_libraries import (
    NEMO,
    SPACY_FACTORIES,
    SPACY_REGISTERED,
    is_below,
    is_of_a_recipe,
)
from provenance.text.strict_json import levels

Named = tuple[rules.LoaderRule, str]

# A tag stands before its value, plain or in angle brackets; texts in quotes are left alone.
_TAG: Final = re.compile(r"(?<![\w\"'!])!(?:<[^\s>]{1,500}>|[^\s\[\]{},]{1,500})")
_HYPER_TAG: Final = re.compile(r"!(?:<)?!?(?:new|name|applyref|apply|module):([^>]+)>?")
_INCLUDE: Final = re.compile(r"!(?:<)?!?include:([^>]+)>?")
_PYTHON_TAG: Final = re.compile(r"(?:!!|!<?tag:yaml\.org,2002:)(python/[^>]+)>?")
_TRUSTS: Final = re.compile(
    r"trust_remote_code[\"']?[ \t]{0,40}:\s{1,40}[\"']?(?:true|yes|on)\b", re.IGNORECASE
)
# What ends a line for a reader of YAML; a comment goes no further.
_LINE_END: Final = re.compile("\r\n?|\x85|\u2028|\u2029")
# A line that has quotes may be inside of them, and then is no comment.
_COMMENT: Final = re.compile(r"(?m)^([^\"'\n#]*)(?<!\S)#[^\"'\n]*$")
#: The keys by which three loaders import what they name.
OF_NEMO: Final = frozenset({"_target_"})
OF_MLFLOW: Final = frozenset({"loader_module", "model_code_path", "python_model", "code"})
OF_COG: Final = frozenset({"predict", "train"})
_IMPORTS: Final = re.compile(
    r"(?<![\w.-])[\"']?(_target_|loader_module|model_code_path|python_model|code|predict|train)[\"']?"
    r"[ \t]{0,40}:\s{1,40}([^\n#,}]{1,500})"
)
_NOTHING: Final = frozenset({"", "null", "~", "none"})
# At the beginning of a line, or in JSON that stands as a value.
_ASSIGNED: Final = re.compile(
    r"(?<![\w.@-])[\"']?(@[\w.-]{1,80}|factory)[\"']?[ \t]{0,40}[=:][ \t]{0,40}([^\n,}]{0,500})"
)
# ``spacy.Tagger.v2`` and ``spacy-transformers.TransformerListener.v3`` are spaCy's.
_OWN_NAME: Final = re.compile(r"spacy(?:-[a-z-]{1,40})?\.[\w.-]{1,200}")
_KEY: Final = re.compile(
    r"[\"'](auto_map|custom_pipelines|model_file)[\"']\s{0,200}:\s{0,200}([^\]}]{0,2000})"
)
_CLASS: Final = re.compile(r"[\"']([\w./-]{1,300}\.[A-Za-z_]\w{0,200})[\"']")
_ESCAPE: Final = re.compile(r"\\u00([0-7][0-9a-fA-F])")


def named_in_yaml(text: str) -> Iterator[Named]:
    """Yield what tags in YAML name, wherever they stand."""
    text = _COMMENT.sub(r"\1", _lines(text))
    tags = [unquote(one[0]) for one in _TAG.finditer(text)]
    for tag in tags:
        if (found := _HYPER_TAG.fullmatch(tag)) and not is_of_a_recipe(found[1]):
            yield rules.YAML_TAG, found[1]
        elif found := _PYTHON_TAG.fullmatch(tag):
            yield rules.PYTHON_TAG, found[1]
    if any(_HYPER_TAG.fullmatch(tag) for tag in tags) and _TRUSTS.search(text):
        yield rules.YAML_TAG, "trust_remote_code"


def includes_in(text: str) -> tuple[str, ...]:
    """Return the files that YAML takes in as parts of itself, and that no name tells to be YAML."""
    found = (_INCLUDE.fullmatch(unquote(one[0])) for one in _TAG.finditer(_lines(text)))
    return tuple(one[1] for one in found if one and not one[1].lower().endswith((".yaml", ".yml")))


def _lines(text: str) -> str:
    return _LINE_END.sub("\n", text)


def named_in_tree(tree: object, keys: frozenset[str]) -> Iterator[Named]:
    """Yield what stands under these keys of YAML and makes a loader import it."""
    for level in levels(tree):
        for one in level:
            for key, value in one.items() if isinstance(one, dict) else ():
                if isinstance(value, str) and key in keys:
                    yield from _imported(str(key), value)


def named_without_tree(text: str, keys: frozenset[str]) -> Iterator[Named]:
    """Yield the same of YAML that cannot be read, line by line."""
    for found in _IMPORTS.finditer(_COMMENT.sub(r"\1", _lines(text))):
        if found[1] in keys:
            yield from _imported(found[1], found[2].strip().strip("\"'").strip())


def _imported(key: str, value: str) -> Iterator[Named]:
    if value.lower() in _NOTHING:
        return
    own = key == "loader_module" and is_below(f"{value}.", ("mlflow.",))
    if key in OF_NEMO and not is_below(value, NEMO):
        yield rules.TARGET, value
    elif key in OF_MLFLOW and not own:
        yield rules.ML_MODEL, f"{key}: {value}"
    elif key in OF_COG:
        yield rules.HANDLER, f"{key}: {value}"


def renames_tags(text: str) -> bool:
    """Tell whether a document of YAML gives tags other names, so that no tag is what it looks."""
    return re.search(r"(?m)^%TAG\b", _lines(text)) is not None


def named_in_spacy(text: str) -> Iterator[Named]:
    """Yield the names in spaCy's ``config.cfg`` that no library of its own registers."""
    for found in _ASSIGNED.finditer(unescaped(text)):
        key, name = found[1], found[2].strip().strip("\"'")
        own = SPACY_FACTORIES if key == "factory" else SPACY_REGISTERED
        if name not in own and (key == "factory" or not _OWN_NAME.fullmatch(name)):
            yield rules.REGISTRY, name or key


def named_in_pieces(text: str) -> Iterator[Named]:
    """Yield what JSON that nobody can read whole still names, key by key."""
    by_key = {
        "auto_map": rules.AUTO_MAP,
        "custom_pipelines": rules.CUSTOM_PIPELINES,
        "model_file": rules.MODEL_FILE,
    }
    for found in _KEY.finditer(unescaped(text)):
        for name in _CLASS.findall(found[2]):
            yield by_key[found[1]], name


def unescaped(text: str) -> str:
    """Return a text of which escapes in JSON for letters of ASCII are the letters."""
    return _ESCAPE.sub(lambda one: chr(int(one[1], 16)), text)


def text_of(data: bytes) -> str:
    """Return a text in whatever encoding JSON may have; what is none of it is replaced."""
    return data.decode(json.detect_encoding(data), errors="replace")
