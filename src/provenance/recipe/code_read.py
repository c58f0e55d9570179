"""What the files of a recipe say, read together: programs, settings, lists of packages, records."""

import ast
import hashlib
from collections.abc import Iterable, Iterator, Mapping

import attrs

from provenance.errors import Code, TextError
from provenance.recipe.call_graph import CallGraph, Calls, called_together
from provenance.recipe.code_uses import constants_of, use_of
from provenance.recipe.document import document_of, is_document
from provenance.recipe.requirements import reads_requirements, requirements_of
from provenance.recipe.settings import settings_in, settings_of_module
from provenance.recipe.standard_library import STANDARD_LIBRARY
from provenance.recipe.stated_code import stated_in_module
from provenance.recipe.stated_settings import stated_in
from provenance.recipe.training_code import find_training_loops
from provenance.recipe.training_record import reads_record, record_of
from provenance.text.budget import Allowance
from provenance.text.python_source import parse
from provenance.values.artefact import Artefact, StatedValue
from provenance.values.digest import Algorithm, Digest
from provenance.values.evidence import Where
from provenance.values.facts import Setting, TrainingLoop
from provenance.values.hazard import Limit

#: Of all programs of a release, or of one repository, together: some ten megabytes of them.
MOST_TOKENS = 2_000_000
#: Of the programs whose trees are kept until all were seen; others are parsed once more.
MOST_HELD = 100_000


@attrs.frozen
class CodeRead:
    """What files say, and whether each of them could be read; ``limits`` are those over a bound."""

    loops: tuple[TrainingLoop, ...] = ()
    settings: tuple[Setting, ...] = ()
    whole: bool = True
    artefacts: tuple[Artefact, ...] = ()
    stated: tuple[StatedValue, ...] = ()
    imports: tuple[str, ...] = ()
    limits: tuple[Limit, ...] = ()

    def __add__(self, other: "CodeRead") -> "CodeRead":
        """Return what both say."""
        return CodeRead(
            self.loops + other.loops,
            self.settings + other.settings,
            self.whole and other.whole,
            self.artefacts + other.artefacts,
            self.stated + other.stated,
            tuple(sorted({*self.imports, *other.imports})),
            self.limits + other.limits,
        )


def read_code(files: Mapping[str, bytes], *, uri: str, most: int = MOST_TOKENS) -> CodeRead:
    """Read the files of a recipe, by path; a file's own name is ``uri/path``.

    A file is taken for one thing: what trains is no other program, and a lock is no list of
    libraries. A Python file that does not parse says nothing, and the reading is then not whole;
    nor is it where there are more programs than are read. ``files`` may read each file as it is
    asked for: of most, no more than one is held at a time. ``most`` is how many tokens programs may
    have together.
    """
    modules = _Modules.of(files, most)
    together = _Together.of(modules.outlines)
    found = CodeRead(whole=modules.whole, limits=modules.limits)
    for path in sorted(files):
        is_program = path.endswith(".py")
        if is_program and path not in modules.outlines:
            continue
        data = files[path]
        where = Where(f"{uri}/{path}", Digest(Algorithm.SHA256, hashlib.sha256(data).digest()))
        if is_program:
            found += _program(modules.graph(path, data), path, data, where, together)
        else:
            found += _beside(path, data, where)
    return attrs.evolve(found, imports=_imported(modules.outlines.values(), files))


@attrs.frozen
class _Outline:
    """What of a module the others have to know: its tree need not be held for it."""

    constants: Mapping[str, str]
    calls: Calls
    inner: frozenset[str]
    imports: frozenset[str]

    @classmethod
    def of(cls, graph: CallGraph) -> "_Outline":
        inner, imports = frozenset(_inner(graph)), frozenset(_imports(graph))
        return cls(constants_of(graph), graph.calls, inner, imports)


@attrs.frozen
class _Modules:
    """The programs that can be read: an outline of each, and the trees of the first of them."""

    outlines: Mapping[str, _Outline]
    held: Mapping[str, CallGraph]
    whole: bool
    limits: tuple[Limit, ...]

    @classmethod
    def of(cls, files: Mapping[str, bytes], most: int) -> "_Modules":
        outlines: dict[str, _Outline] = {}
        held: dict[str, CallGraph] = {}
        unread: dict[str, TextError] = {}
        allowance = Allowance(most, "tokens")
        for path in files:
            if path.endswith(".py"):
                try:
                    graph = CallGraph.of(parse(files[path], allowance=allowance))
                except TextError as error:
                    unread[path] = error
                    continue
                outlines[path] = _Outline.of(graph)
                if most - allowance.left <= MOST_HELD:
                    held[path] = graph
        limits = (
            Limit(one.code, path, one.what)
            for path, one in unread.items()
            if one.code is Code.RESOURCE
        )
        return cls(outlines, held, not unread, tuple(limits))

    def graph(self, path: str, data: bytes) -> CallGraph:
        """Return the tree of a program that has an outline."""
        return self.held.get(path) or CallGraph.of(parse(data))


@attrs.frozen
class _Together:
    """What modules are to each other: the texts that one imports of another, and the calls."""

    constants: Mapping[str, str]
    called: frozenset[str]
    imported: frozenset[str]

    @classmethod
    def of(cls, modules: Mapping[str, _Outline]) -> "_Together":
        constants: dict[str, str] = {}
        for module in modules.values():
            constants |= module.constants
        imported = frozenset(name for module in modules.values() for name in module.inner)
        return cls(constants, called_together(one.calls for one in modules.values()), imported)

    def entered(self, path: str) -> frozenset[str]:
        """Return the functions that may be called of a module: none if no other imports it."""
        parts = path.removesuffix(".py").removesuffix("/__init__").split("/")
        return self.called if parts[-1] in self.imported else frozenset()


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


def _program(
    module: CallGraph, path: str, data: bytes, where: Where, together: _Together
) -> CodeRead:
    entered = together.entered(path)
    loops = find_training_loops(module, path=path, data=data, where=where, entered=entered)
    use = None
    if not loops:
        use = use_of(module, path=path, where=where, constants=together.constants)
    return CodeRead(
        loops=loops,
        settings=settings_of_module(module.top, where),
        artefacts=(use,) if use else (),
        stated=stated_in_module(module, path=path, data=data, where=where),
    )


def _beside(path: str, data: bytes, where: Where) -> CodeRead:
    """Read a file that is no program, as what its name says it is."""
    artefact: Artefact | None = None
    steps: tuple[StatedValue, ...] = ()
    if reads_requirements(path):
        artefact = requirements_of(path, data, where)
    elif reads_record(path):
        artefact, steps = record_of(path, data, where)
    elif is_document(path):
        artefact = document_of(path, data, where)
    return CodeRead(
        settings=settings_in(path, data, where),
        artefacts=(artefact,) if artefact else (),
        stated=(*stated_in(path, data, where), *steps),
    )


def _imported(modules: Iterable[_Outline], files: Iterable[str]) -> tuple[str, ...]:
    """Return the packages that programs import: neither the interpreter's own nor these files."""
    parts = {part.removesuffix(".py") for path in files for part in path.split("/")}
    names = {name for module in modules for name in module.imports}
    return tuple(sorted(names - parts - STANDARD_LIBRARY))


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
