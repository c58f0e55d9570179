"""Pages and examples import public names alone, and the page of the API names all of them."""

import ast
import importlib
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_init_commands import FUNCTIONS

ROOT = Path(__file__).resolve().parents[2]
API = ROOT / "docs" / "reference" / "api.md"
DOCS = ROOT / "docs"
PAGES = [*sorted(DOCS.rglob("*.md")), ROOT / "README.md", *(ROOT / "examples").glob("*.py")]
#: What users import from; all else is ours to move.
PUBLIC = (
    "provenance",
    "provenance.digests",
    "provenance.evidence",
    "provenance.executors",
    "provenance.keys",
    "provenance.oms",
    "provenance.policies",
    "provenance.results",
    "provenance.testing",
)
_BLOCK = re.compile(r"^```(?:python|py)\b[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ROW = re.compile(r"^\| `provenance ([a-z -]+)` \| (.+) \|$", re.MULTILINE)
_DOCUMENTED = re.compile(r"^::: (\S+)$", re.MULTILINE)


def programs(path: Path) -> Iterator[str]:
    """Yield the Python of a page, or of an example."""
    text = path.read_text("utf-8")
    if path.suffix == ".py":
        yield text
    else:
        yield from _BLOCK.findall(text)


def used(program: str) -> Iterator[tuple[str, str]]:
    """Yield the module and the name of all that a program takes from others."""
    for node in ast.walk(ast.parse(program)):
        if isinstance(node, ast.Import):
            yield from (parted(one.name) for one in node.names if "." in one.name)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", one.name) for one in node.names)
        elif isinstance(node, ast.Attribute) and ast.unparse(node.value) in PUBLIC:
            yield ast.unparse(node.value), node.attr


def parted(path: str) -> tuple[str, str]:
    """Return a module and a name in it."""
    module, _, name = path.rpartition(".")
    return module, name


def below_the_surface(program: str) -> list[str]:
    """Return what a program takes from us that is no public name."""
    ours = ((module, name) for module, name in used(program) if module.startswith("provenance"))
    return sorted({f"{module}.{name}" for module, name in ours if not named(module, name)})


def named(module: str, name: str) -> bool:
    """Tell whether a module offers a name, or is the home of a public module."""
    if module not in PUBLIC:
        return False
    return f"{module}.{name}" in PUBLIC or name in importlib.import_module(module).__all__


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_no_page_imports_from_below_the_surface(page: Path) -> None:
    assert below_the_surface("\n".join(programs(page))) == []


@pytest.mark.parametrize(
    ("program", "found"),
    [
        (
            "from provenance.flows.digesting.digest import digest",
            ["provenance.flows.digesting.digest.digest"],
        ),
        ("import provenance.flows", ["provenance.flows"]),
        ("import provenance\nprovenance.nothing()", ["provenance.nothing"]),
        ("from provenance import nothing", ["provenance.nothing"]),
        ("from provenance import audit, oms\nimport provenance.keys", []),
        ("import provenance\nprovenance.oms.sign_model", []),
    ],
)
def test_what_is_below_the_surface_is_found(program: str, found: list[str]) -> None:
    assert below_the_surface(program) == found


def test_every_public_name_has_one_home() -> None:
    places = Counter(
        id(getattr(importlib.import_module(module), name))
        for module in PUBLIC
        for name in importlib.import_module(module).__all__
    )

    assert set(places.values()) == {1}


def test_the_page_of_the_api_names_the_functions_of_every_command() -> None:
    rows = _ROW.findall(API.read_text("utf-8"))

    assert {words: tuple(re.findall(r"`([^`]+)`", cell)) for words, cell in rows} == FUNCTIONS


def test_the_page_of_the_api_names_every_public_name_by_its_public_path() -> None:
    documented = _DOCUMENTED.findall(API.read_text("utf-8"))
    public = {
        f"{module}.{name}"
        for module in PUBLIC
        for name in importlib.import_module(module).__all__
        if not name.startswith("__")
    }

    assert set(documented) == public
    assert len(documented) == len(public)
