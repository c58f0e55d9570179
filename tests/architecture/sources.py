"""The Python files of this repository, parsed once, for the rules to look at."""

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple, Self

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "provenance"

#: Everything that people write and maintain; data that happens to be Python is not here.
WRITTEN = (
    "src/**/*.py",
    "tests/**/*.py",
    "tools/**/*.py",
    "examples/**/*.py",
    "fixtures/*.py",
    "bench/**/*.py",
)

#: Floors that see no world: values in, values out.
JUDGEMENT = frozenset(
    {"wire", "weights", "recipe", "checks", "frameworks", "lineage", "policy", "exports"}
)
PURE = JUDGEMENT | {"text", "ports", "values", "errors"}


class Source(NamedTuple):
    """A source file: its path from the root of the repository, its text and its tree."""

    path: str
    text: str
    tree: ast.Module

    @classmethod
    def of(cls, path: str, text: str) -> Self:
        """Parse a text as if it stood at the path."""
        return cls(path, text, ast.parse(text, path))

    @property
    def module(self) -> str:
        """Return the dotted name, ``provenance`` itself for the root; only for package files."""
        inner = self.path.removeprefix("src/").removesuffix(".py").removesuffix("/__init__")
        return inner.replace("/", ".")

    @property
    def floor(self) -> str:
        """Return the package or module right below the root, empty for the root itself."""
        return self.module.partition(".")[2].partition(".")[0]

    def at(self, node: ast.AST, what: str) -> str:
        """Return a line about a place in this file, as editors and people read it."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}: {what}"


class Imported(NamedTuple):
    """A module, or a name inside a module, that a file imports."""

    node: ast.Import | ast.ImportFrom
    module: str
    name: str

    @property
    def full(self) -> str:
        """Return the module and the name inside it, where there is one."""
        return f"{self.module}.{self.name}" if self.name else self.module

    def within(self, packages: frozenset[str]) -> bool:
        """Tell whether it is one of these packages or modules, or something inside one."""
        parts = self.full.split(".")
        return any(".".join(parts[: size + 1]) in packages for size in range(len(parts)))


def imports(source: Source) -> Iterator[Imported]:
    """Yield what a file imports, inside functions too; ``from . import`` keeps its dots."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from (Imported(node, alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield from (Imported(node, module, alias.name) for alias in node.names)


def dotted(node: ast.expr) -> str:
    """Return ``a.b.c`` for a chain of names; what is not a name stands as ``?``."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=name):
            return f"{dotted(value)}.{name}"
        case _:
            return "?"


class Use(NamedTuple):
    """A name that a file uses: where, and in full, import aliases followed back."""

    source: Source
    node: ast.AST
    what: str

    def __str__(self) -> str:
        """Return a line that says who uses what."""
        return self.source.at(self.node, f"{self.source.module} uses {self.what}")


def bound(source: Source) -> dict[str, str]:
    """Return what each name that an import binds stands for."""
    table = {}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                first = alias.name.partition(".")[0]
                table[alias.asname or first] = alias.name if alias.asname else first
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                table[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return table


def uses(source: Source) -> Iterator[Use]:
    """Yield every name and chain of names in a file: ``os.path.join``, and its beginnings."""
    table = bound(source)
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Name | ast.Attribute):
            first, dot, rest = dotted(node).partition(".")
            yield Use(source, node, f"{table.get(first, first)}{dot}{rest}")


class Allowance(NamedTuple):
    """A module that may do what others may not, and why."""

    module: str
    what: str
    reason: str


def beyond(found: Iterable[Use], allowed: Iterable[Allowance] = ()) -> Iterator[str]:
    """Yield the uses that nobody allowed, and the allowances that nobody uses any more."""
    left = {(it.module, it.what): it for it in allowed}
    used = set()
    for use in found:
        key = (use.source.module, use.what)
        used.add(key)
        if key not in left:
            yield str(use)
    for key in sorted(left.keys() - used):
        yield f"{key[0]} no longer uses {key[1]}: take its allowance away"


def forbid(complaints: Iterable[str]) -> None:
    """Fail with every complaint on a line of its own, if there is one."""
    if found := "\n".join(complaints):
        pytest.fail(found, pytrace=False)


@cache
def written() -> tuple[Source, ...]:
    """Return every file that people maintain, in the order of their paths."""
    paths = sorted({path for pattern in WRITTEN for path in ROOT.glob(pattern)})
    return tuple(
        Source.of(path.relative_to(ROOT).as_posix(), path.read_text("utf-8")) for path in paths
    )


@cache
def package() -> tuple[Source, ...]:
    """Return the files of the package."""
    return tuple(source for source in written() if source.path.startswith("src/provenance/"))
