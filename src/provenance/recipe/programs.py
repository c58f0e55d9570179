"""The programs among files: read one after the other, and of each an outline kept, not its tree."""

import ast
from collections.abc import Iterator, Mapping
from typing import Final, Self

import attrs

from provenance.errors import Code, TextError
from provenance.recipe.call_graph import CallGraph, Calls, called_together
from provenance.recipe.code_uses import constants_of
from provenance.recipe.elsewhere import shown
from provenance.recipe.notebook import Notebook, read_notebook
from provenance.recipe.other_languages import OF_PROGRAMS
from provenance.text.budget import Allowance
from provenance.text.python_source import parse
from provenance.values.unread import Unread

PYTHON: Final = ".py"
NOTEBOOK: Final = ".ipynb"
PROGRAMS: Final = (PYTHON, NOTEBOOK)
#: Of all programs of a release, or of one repository, together: some ten megabytes of them.
MOST_TOKENS = 2_000_000
#: Of the programs whose trees are kept until all were seen; others are parsed once more.
MOST_HELD = 100_000


@attrs.frozen
class Outline:
    """What of a module the others have to know: its tree need not be held for it."""

    constants: Mapping[str, str]
    calls: Calls
    inner: frozenset[str]
    imports: frozenset[str]

    @classmethod
    def of(cls, graph: CallGraph) -> Self:
        """Return the outline of a module."""
        inner, imports = frozenset(_inner(graph)), frozenset(_imports(graph))
        return cls(constants_of(graph), graph.calls, inner, imports)


@attrs.frozen
class Programs:
    """The programs that can be read: an outline of each, and the trees of the first of them.

    ``unread`` are the others, and parts of notebooks; ``whole`` tells that all Python was read.
    """

    outlines: Mapping[str, Outline]
    whole: bool
    unread: tuple[Unread, ...]
    _held: Mapping[str, CallGraph]
    # Of notebooks, whose cells were chosen by what was left for them.
    _sources: Mapping[str, bytes]

    @classmethod
    def of(cls, files: Mapping[str, bytes], *, most: int = MOST_TOKENS) -> Self:
        """Read programs and notebooks, one at a time, up to ``most`` tokens of all together."""
        outlines: dict[str, Outline] = {}
        held: dict[str, CallGraph] = {}
        broken: dict[str, TextError] = {}
        strange: list[Unread] = []
        sources: dict[str, bytes] = {}
        allowance = Allowance(most, "tokens")
        for path in files:
            if not path.endswith(PROGRAMS):
                continue
            try:
                book = _notebook(path, files[path], allowance)
                strange += _left_out(path, book)
                # A notebook paid when its cells were tried.
                due = allowance if path.endswith(PYTHON) else None
                graph = CallGraph.of(parse(book.source, allowance=due))
            except TextError as error:
                broken[path] = error
                continue
            outlines[path] = Outline.of(graph)
            if path.endswith(NOTEBOOK):
                sources[path] = book.source
            if most - allowance.left <= MOST_HELD:
                held[path] = graph
        whole = not any(path.endswith(PYTHON) for path in broken)
        return cls(outlines, whole, (*_broken(broken), *strange), held, sources)

    def source(self, path: str, data: bytes) -> bytes:
        """Return the Python source of a program that has an outline."""
        return self._sources.get(path, data)

    def graph(self, path: str, source: bytes) -> CallGraph:
        """Return the tree of a program that has an outline, by its source."""
        return self._held.get(path) or CallGraph.of(parse(source))


@attrs.frozen
class Together:
    """What modules are to each other: the texts that one imports of another, and the calls."""

    constants: Mapping[str, str]
    called: frozenset[str]
    imported: frozenset[str]

    @classmethod
    def of(cls, modules: Mapping[str, Outline]) -> Self:
        """Take the outlines of all modules together."""
        constants: dict[str, str] = {}
        for module in modules.values():
            constants |= module.constants
        imported = frozenset(name for module in modules.values() for name in module.inner)
        return cls(constants, called_together(one.calls for one in modules.values()), imported)

    def entered(self, path: str) -> frozenset[str]:
        """Return the functions that may be called of a module: none if no other imports it."""
        parts = path.removesuffix(PYTHON).removesuffix("/__init__").split("/")
        return self.called if parts[-1] in self.imported else frozenset()


def _notebook(path: str, data: bytes, allowance: Allowance | None = None) -> Notebook:
    """Return a notebook; a program in Python is one cell of its own."""
    return read_notebook(data, allowance) if path.endswith(NOTEBOOK) else Notebook(data)


def _left_out(path: str, book: Notebook) -> Iterator[Unread]:
    if book.unread:
        yield Unread(Code.NOT_COVERED, path, "; ".join(book.unread[:3]), OF_PROGRAMS)


def _broken(unread: Mapping[str, TextError]) -> Iterator[Unread]:
    """Yield the programs without a syntax tree, those together of which the same is to be said."""
    for code in sorted({error.code for error in unread.values()}):
        named = sorted(path for path, error in unread.items() if error.code is code)
        if len(named) == 1:
            yield Unread(code, named[0], unread[named[0]].what, OF_PROGRAMS)
        else:
            what = f"{len(named)} programs: {shown(named)}"
            yield Unread(code, what, f"{named[0]}: {unread[named[0]].what}"[:300], OF_PROGRAMS)


def _inner(module: CallGraph) -> Iterator[str]:
    """Yield the last part of every module's name that is imported, and the names out of it."""
    for node in module.nodes:
        match node:
            case ast.Import(names=names):
                yield from (one.name.rpartition(".")[2] for one in names)
            case ast.ImportFrom(module=name, names=names):
                yield (name or "").rpartition(".")[2]
                yield from (one.name for one in names)
            case _:
                continue


def _imports(module: CallGraph) -> Iterator[str]:
    """Yield the packages that the module's own statements import, none of them tentatively."""
    for node in module.top:
        match node:
            case ast.Import(names=names):
                yield from (one.name.partition(".")[0] for one in names)
            case ast.ImportFrom(module=str(name), level=0):
                yield name.partition(".")[0]
            case _:
                continue
