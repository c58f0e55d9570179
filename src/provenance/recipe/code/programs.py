"""The programs among files: read one after the other, and of each an outline kept, not its tree."""

import ast
import hashlib
from collections.abc import Iterator, Mapping
from typing import Final, Self

import attrs

from provenance.errors import Code, TextError
from provenance.recipe.code.call_graph import DEFINITIONS, CallGraph, Calls, called_together
from provenance.recipe.code.code_uses import Use, constants_of, use_of
from provenance.recipe.code.elsewhere import shown
from provenance.recipe.code.notebook import Notebook, read_notebook
from provenance.recipe.code.other_languages import OF_PROGRAMS
from provenance.recipe.code.settings import settings_of_module
from provenance.recipe.code.stated_code import stated_in_module
from provenance.recipe.code.training_code import Training, find_training
from provenance.recipe.links.code_links import links_of_module
from provenance.recipe.links.link import Links
from provenance.text.budget import Allowance
from provenance.text.python_places import PythonPlaces
from provenance.text.python_source import parse
from provenance.text.python_tree import PythonTree
from provenance.values.address import Address
from provenance.values.artefact import StatedValue
from provenance.values.digest import Algorithm, Digest
from provenance.values.evidence import Where
from provenance.values.facts import Setting
from provenance.values.unread import Unread

PYTHON: Final = ".py"
NOTEBOOK: Final = ".ipynb"
PROGRAMS: Final = (PYTHON, NOTEBOOK)
#: Of all programs of a release, or of one repository, together: some ten megabytes of them.
MOST_TOKENS = 2_000_000


@attrs.frozen
class Outline:
    """What a module says, and what of it the others have to know: its tree is not kept for it.

    ``calls`` and ``training`` tell which of its loops are reached once those who enter it are
    known, ``use`` what it is for once the texts that it imports are. ``defined`` are its own
    classes and functions.
    """

    where: Where
    constants: Mapping[str, str]
    calls: Calls
    inner: frozenset[str]
    imports: frozenset[str]
    defined: frozenset[str]
    training: Training
    use: Use | None
    settings: tuple[Setting, ...]
    stated: tuple[StatedValue, ...]
    links: Links

    @classmethod
    def of(cls, tree: PythonTree, *, path: str, source: bytes, where: Where) -> Self:
        """Return the outline of a module: all that is asked of its tree is asked here."""
        graph, places = CallGraph.of(tree), PythonPlaces.of(source)
        return cls(
            where=where,
            constants=constants_of(graph),
            calls=graph.calls,
            inner=frozenset(_inner(graph)),
            imports=frozenset(_imports(graph)),
            defined=frozenset(one.name for one in graph.top if isinstance(one, DEFINITIONS)),
            training=find_training(graph, path=path, places=places, where=where),
            use=use_of(graph, path=path, where=where),
            settings=settings_of_module(graph.top, where),
            stated=stated_in_module(graph, path=path, places=places, where=where),
            links=links_of_module(tree, places),
        )


@attrs.frozen
class Programs:
    """The outlines of the programs that can be read, and why the others cannot.

    ``unread`` are those others, and parts of notebooks; ``whole`` tells that all Python was read.
    ``refused`` are those that were too dear after all before them.
    """

    outlines: Mapping[str, Outline]
    broken: Mapping[str, TextError]
    refused: frozenset[str]
    unread: tuple[Unread, ...]

    @classmethod
    def of(cls, files: Mapping[str, bytes], *, home: Address, most: int = MOST_TOKENS) -> Self:
        """Read programs and notebooks, each once, up to ``most`` tokens of all together."""
        outlines: dict[str, Outline] = {}
        broken: dict[str, TextError] = {}
        refused: set[str] = set()
        strange: list[Unread] = []
        allowance = Allowance(most, "tokens")
        for path in files:
            if not path.endswith(PROGRAMS):
                continue
            data, before = files[path], allowance.refused
            try:
                book = _program(path, data, allowance)
            except TextError as error:
                broken[path] = error
                refused |= {path} if allowance.refused > before else set()
                continue
            where = Where(home.file(path), Digest(Algorithm.SHA256, hashlib.sha256(data).digest()))
            outlines[path] = Outline.of(book.tree, path=path, source=book.source, where=where)
            strange += _left_out(path, book)
        return cls(outlines, broken, frozenset(refused), (*_broken(broken), *strange))

    @property
    def whole(self) -> bool:
        """Whether all Python was read; parts of notebooks may be missing."""
        return not any(path.endswith(PYTHON) for path in self.broken)

    def links(self, path: str) -> Links | None:
        """Return the links of a program; ``None`` for a file that is none of these.

        Raises:
            TextError: why the program cannot be read.
        """
        if path in self.broken:
            raise self.broken[path]
        return self.outlines[path].links if path in self.outlines else None


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


def _program(path: str, data: bytes, allowance: Allowance) -> Notebook:
    """Return a program; one in Python is a notebook of one cell."""
    if path.endswith(NOTEBOOK):
        return read_notebook(data, allowance)
    return Notebook(data, parse(data, allowance=allowance))


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
        if isinstance(node, ast.Import):
            yield from (one.name.rpartition(".")[2] for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").rpartition(".")[2]
            yield from (one.name for one in node.names)


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
