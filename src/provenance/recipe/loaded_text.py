"""Code that a text names: tags of YAML, MLmodel, spaCy's configuration, JSON that is half there."""

import json
import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from provenance.recipe import loader_rules as rules
from provenance.recipe.loader_libraries import NEMO, SPACY_FACTORIES, is_below, is_of_a_recipe

Named = tuple[rules.LoaderRule, str]

# A tag stands before its value, plain or in angle brackets; texts in quotes are left alone.
_HYPER_TAG: Final = re.compile(
    r"(?<![\w\"'!])(?:!<)?!(?:new|name|apply|module):([\w.%-]{1,500})", re.ASCII
)
_PYTHON_TAG: Final = re.compile(
    r"(?<![\w\"'])(?:!!|!<?tag:yaml\.org,2002:|!<tag:yaml\.org,2002:)(python/[\w/:.%-]{1,500})",
    re.ASCII,
)
_TARGET: Final = re.compile(
    r"(?<![\w.-])[\"']?_target_[\"']?[ \t]{0,40}:[ \t]{0,40}([^\n#]{1,500})"
)
_COMMENT: Final = re.compile(r"(?m)(?:^|[ \t])#[^\n]*")
_ML_KEY: Final = re.compile(
    r"(?<![\w.-])[\"']?(loader_module|model_code_path|python_model|code)[\"']?"
    r"[ \t]{0,40}:[ \t]{0,40}([^\n#,}]{1,500})"
)
_NOTHING: Final = frozenset({"", "null", "~", "none"})
_ASSIGNED: Final = re.compile(
    r"(?m)^[ \t]{0,40}(@[\w.-]{1,80}|factory)[ \t]{0,40}[=:]([^\n]{1,500})"
)
# ``Adam.v1`` is thinc's, ``spacy.Tagger.v2`` and ``spacy-transformers.…`` are spaCy's.
_OWN_NAME: Final = re.compile(r"(?:spacy(?:-[a-z-]{1,40})?\.[\w.-]{1,200}|\w{1,80}\.v\d{1,3})")
_KEY: Final = re.compile(
    r"[\"'](auto_map|custom_pipelines|model_file)[\"']\s{0,200}:\s{0,200}([^\]}]{0,2000})"
)
_CLASS: Final = re.compile(r"[\"']([\w./-]{1,300}\.[A-Za-z_]\w{0,200})[\"']")
_ESCAPE: Final = re.compile(r"\\u00([0-7][0-9a-fA-F])")


def named_in_yaml(text: str) -> Iterator[Named]:
    """Yield what tags in YAML name, wherever they stand."""
    text = _COMMENT.sub("", text)
    for found in _HYPER_TAG.finditer(text):
        name = unquote(found[1])
        if not is_of_a_recipe(name):
            yield rules.YAML_TAG, name
    for found in _PYTHON_TAG.finditer(text):
        yield rules.PYTHON_TAG, unquote(found[1])


def named_targets(text: str) -> Iterator[Named]:
    """Yield what a model's configuration in YAML makes its loader import."""
    for found in _TARGET.finditer(_COMMENT.sub("", text)):
        name = found[1].strip().rstrip(",}").strip(" \t\r\"'")
        if name and not is_below(name, NEMO):
            yield rules.TARGET, name


def renames_tags(text: str) -> bool:
    """Tell whether a document of YAML gives tags other names, so that no tag is what it looks."""
    return re.search(r"(?m)^%TAG\b", text) is not None


def named_in_mlmodel(text: str) -> Iterator[Named]:
    """Yield what an MLflow model makes its loader import."""
    for found in _ML_KEY.finditer(_COMMENT.sub("", text)):
        key, value = found[1], found[2].strip().strip("\"'").strip()
        if value.lower() in _NOTHING:
            continue
        if key == "loader_module" and (value == "mlflow" or value.startswith("mlflow.")):
            continue
        yield rules.ML_MODEL, f"{key}: {value}"


def named_in_spacy(text: str) -> Iterator[Named]:
    """Yield the names in spaCy's ``config.cfg`` that no library of its own registers."""
    for found in _ASSIGNED.finditer(text):
        key, name = found[1], found[2].strip().strip("\"'")
        if key == "factory":
            if name not in SPACY_FACTORIES:
                yield rules.REGISTRY, name
        elif name and not _OWN_NAME.fullmatch(name):
            yield rules.REGISTRY, name


def named_in_pieces(text: str) -> Iterator[Named]:
    """Yield what JSON that nobody can read whole still names, key by key."""
    text = _ESCAPE.sub(lambda one: chr(int(one[1], 16)), text)
    by_key = {
        "auto_map": rules.AUTO_MAP,
        "custom_pipelines": rules.CUSTOM_PIPELINES,
        "model_file": rules.MODEL_FILE,
    }
    for found in _KEY.finditer(text):
        for name in _CLASS.findall(found[2]):
            yield by_key[found[1]], name


def text_of(data: bytes) -> str:
    """Return a text in whatever encoding JSON may have; what is none of it is replaced."""
    return data.decode(json.detect_encoding(data), errors="replace")
