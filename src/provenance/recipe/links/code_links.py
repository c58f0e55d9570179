"""Links in Python: the datasets and models that a program names when it loads them."""

import ast
from collections.abc import Mapping
from itertools import islice
from types import MappingProxyType
from typing import Final

import attrs

from provenance.recipe.links.link import Candidate, Links, links_of
from provenance.recipe.links.locators import parse_locator, repository_id
from provenance.text.budget import Allowance
from provenance.text.markdown_links import Context
from provenance.text.python_places import PythonPlaces
from provenance.text.python_source import parse
from provenance.text.python_tree import PythonTree
from provenance.values.locator import LocatorKind

#: More than this one program does not load.
MOST_LINKS = 500


@attrs.frozen
class _Loader:
    """What a function loads, and the keyword of its first argument."""

    kind: LocatorKind
    keyword: str


_MODEL, _DATASET = LocatorKind.HUB_MODEL, LocatorKind.HUB_DATASET
_PRETRAINED = _Loader(_MODEL, "pretrained_model_name_or_path")
_REPOSITORY = _Loader(_MODEL, "repo_id")
# Functions of datasets, transformers, PEFT, sentence-transformers, vLLM and huggingface_hub.
_LOADERS: Final[Mapping[str, _Loader]] = MappingProxyType(
    {
        "load_dataset": _Loader(_DATASET, "path"),
        "load_dataset_builder": _Loader(_DATASET, "path"),
        "get_dataset_config_names": _Loader(_DATASET, "path"),
        "from_pretrained": _PRETRAINED,
        "snapshot_download": _REPOSITORY,
        "hf_hub_download": _REPOSITORY,
        "pipeline": _Loader(_MODEL, "model"),
        "SentenceTransformer": _Loader(_MODEL, "model_name_or_path"),
        "LLM": _Loader(_MODEL, "model"),
    }
)
# What comes first is a task; the model has to be named by its keyword.
_BY_KEYWORD = frozenset({"pipeline"})
_KINDS: Final[Mapping[str, LocatorKind]] = MappingProxyType(
    {"dataset": _DATASET, "space": LocatorKind.HUB_SPACE}
)


def read_code_links(data: bytes, allowance: Allowance | None = None) -> Links:
    """Return the repositories of the Hub that a Python file loads by name.

    Only texts count that stand in the call, or in a name given once at the top of the module; what
    a program puts together as it runs is not known. A name of one part may be a folder, or one of
    the readers that the library brings along (``"json"``): it is left out. An ``allowance`` is of
    tokens, for many files together.

    Raises:
        TextError: PYTHON_SYNTAX, RESOURCE: what cannot be read as Python.

    """
    return links_of_module(parse(data, allowance=allowance), PythonPlaces.of(data))


def links_of_module(tree: PythonTree, places: PythonPlaces) -> Links:
    """Return the repositories that a module loads; ``places`` tells where its nodes stand."""
    calls = [
        node for node in tree.nodes if isinstance(node, ast.Call) and _name(node.func) in _LOADERS
    ]
    if not calls:
        return Links()
    names = _names(tree)
    found = (one for call in calls if (one := _loaded(call, names, places)))
    kept = list(islice(found, MOST_LINKS + 1))
    inner = sorted(kept[:MOST_LINKS], key=lambda one: one.span)
    return links_of(inner, complete=len(kept) <= MOST_LINKS)


def _names(tree: PythonTree) -> dict[str, ast.Constant]:
    """Return the texts that the module's own statements give a name to, once."""
    texts: dict[str, ast.Constant] = {}
    times: dict[str, int] = {}
    for node in tree.nodes:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            times[node.id] = times.get(node.id, 0) + 1
    for statement in tree.module.body:
        match statement:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str()) as value)
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.Constant(value=str()) as value)
            ) if times[name] == 1:
                texts[name] = value
            case _:
                continue
    return texts


def _loaded(
    call: ast.Call, names: Mapping[str, ast.Constant], places: PythonPlaces
) -> Candidate | None:
    function = _name(call.func)
    loader = _LOADERS[function]
    keywords = {one.arg: one.value for one in call.keywords if one.arg}
    first = call.args[0] if call.args and function not in _BY_KEYWORD else None
    node = _constant(keywords.get(loader.keyword, first), names)
    if node is None:
        return None
    revision = _text(_constant(keywords.get("revision"), names))
    kind = _KINDS.get(_text(_constant(keywords.get("repo_type"), names)) or "", loader.kind)
    text = _text(node) or ""
    if "://" in text:
        return Candidate(text, parse_locator(text), places.span(node), Context.CODE)
    return Candidate(text, repository_id(kind, text, revision), places.span(node), Context.CODE)


def _name(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _constant(node: ast.expr | None, names: Mapping[str, ast.Constant]) -> ast.Constant | None:
    """Return the text that an argument is, in the call or by its name."""
    match node:
        case ast.Constant(value=str()):
            return node
        case ast.Name(id=name):
            return names.get(name)
        case _:
            return None


def _text(node: ast.Constant | None) -> str | None:
    return node.value if node and isinstance(node.value, str) else None
