"""What the files of a recipe say, read together: programs, settings, lists of packages, records."""

import ast
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import attrs

from provenance.errors import Code, TextError
from provenance.recipe.call_graph import CallGraph
from provenance.recipe.code_uses import constants_of, use_of
from provenance.recipe.document import document_of, is_document
from provenance.recipe.elsewhere import shown
from provenance.recipe.notebook import Notebook, read_notebook
from provenance.recipe.other_languages import OF_PROGRAMS
from provenance.recipe.requirements import OF_PACKAGES, reads_requirements, requirements_of
from provenance.recipe.settings import settings_in, settings_of_module
from provenance.recipe.standard_library import STANDARD_LIBRARY
from provenance.recipe.stated_code import stated_in_module
from provenance.recipe.stated_settings import stated_in, too_long
from provenance.recipe.training_code import find_training_loops
from provenance.recipe.training_record import OF_RECORDS, reads_record, record_of
from provenance.text.python_source import parse
from provenance.values.artefact import Artefact, StatedValue
from provenance.values.digest import Algorithm, Digest
from provenance.values.evidence import Where
from provenance.values.facts import Setting, TrainingLoop
from provenance.values.unread import Unread

PYTHON: Final = ".py"
NOTEBOOK: Final = ".ipynb"
PROGRAMS: Final = (PYTHON, NOTEBOOK)


@attrs.frozen
class CodeRead:
    """What files say, and whether each of them could be read."""

    loops: tuple[TrainingLoop, ...] = ()
    settings: tuple[Setting, ...] = ()
    whole: bool = True
    artefacts: tuple[Artefact, ...] = ()
    stated: tuple[StatedValue, ...] = ()
    imports: tuple[str, ...] = ()
    unread: tuple[Unread, ...] = ()

    def __add__(self, other: "CodeRead") -> "CodeRead":
        """Return what both say."""
        return CodeRead(
            self.loops + other.loops,
            self.settings + other.settings,
            self.whole and other.whole,
            self.artefacts + other.artefacts,
            self.stated + other.stated,
            tuple(sorted({*self.imports, *other.imports})),
            self.unread + other.unread,
        )


def read_code(files: Mapping[str, bytes], *, uri: str) -> CodeRead:
    """Read the files of a recipe, by path; a file's own name is ``uri/path``.

    A file is taken for one thing: what trains is no other program, and a lock is no list of
    libraries. A Python file that does not parse says nothing, and the reading is then not whole;
    what else cannot be read leaves unknown what it could have said.
    """
    books, strange = _notebooks(files)
    programs = {**files, **{path: one.source for path, one in books.items()}}
    modules, unread = _modules(programs)
    together = _Together.of(modules)
    broken = _broken(unread)
    odd = (one for one in unread if one.endswith(PYTHON))
    found = CodeRead(whole=not any(odd), unread=(*broken, *strange))
    for path, data in sorted(files.items()):
        where = Where(f"{uri}/{path}", Digest(Algorithm.SHA256, hashlib.sha256(data).digest()))
        if module := modules.get(path):
            one = _program(module, path, programs[path], where, together)
            found += _of_whole(one, where) if path in books else one
        elif not path.endswith(PROGRAMS):
            found += _beside(path, data, where)
    return attrs.evolve(found, imports=_imported(modules.values(), files))


def _modules(files: Mapping[str, bytes]) -> tuple[dict[str, CallGraph], dict[str, TextError]]:
    """Return the syntax trees, and why files have none."""
    trees: dict[str, CallGraph] = {}
    unread: dict[str, TextError] = {}
    for path, data in files.items():
        if path.endswith(PROGRAMS):
            try:
                trees[path] = CallGraph.of(parse(data))
            except TextError as error:
                unread[path] = error
    return trees, unread


def _broken(unread: Mapping[str, TextError]) -> Iterator[Unread]:
    """Yield the programs without a syntax tree, those together of which the same is to be said."""
    codes = sorted({error.code for error in unread.values()})
    for code in codes:
        named = sorted(path for path, error in unread.items() if error.code is code)
        what = f"{len(named)} {'file' if len(named) == 1 else 'files'} in Python: {shown(named)}"
        yield Unread(code, what, f"{named[0]}: {unread[named[0]].what}"[:300], OF_PROGRAMS)


def _notebooks(files: Mapping[str, bytes]) -> tuple[dict[str, Notebook], tuple[Unread, ...]]:
    """Return the notebooks, and what of them was not read."""
    books: dict[str, Notebook] = {}
    unread: list[Unread] = []
    for path, data in files.items():
        if path.endswith(NOTEBOOK):
            try:
                books[path] = read_notebook(data)
            except TextError as error:
                books[path] = Notebook(b"")
                unread.append(Unread(error.code, path, error.what, OF_PROGRAMS))
            why = "; ".join(books[path].unread[:3])
            if why:
                unread.append(Unread(Code.NOT_COVERED, path, why, OF_PROGRAMS))
    return books, tuple(unread)


def _of_whole(read: CodeRead, where: Where) -> CodeRead:
    """Return what a notebook's program says with the notebook as its place."""
    return attrs.evolve(
        read,
        loops=tuple(attrs.evolve(one, where=where) for one in read.loops),
        stated=tuple(attrs.evolve(one, where=where) for one in read.stated),
    )


@attrs.frozen
class _Together:
    """What modules are to each other: the texts that one imports of another, and the calls."""

    constants: Mapping[str, str]
    called: frozenset[str]
    imported: frozenset[str]

    @classmethod
    def of(cls, modules: Mapping[str, CallGraph]) -> "_Together":
        constants: dict[str, str] = {}
        for module in modules.values():
            constants |= constants_of(module)
        graph = CallGraph.together(modules.values())
        imported = (name for module in modules.values() for name in _inner(module))
        return cls(constants, frozenset(graph.called(graph.top)), frozenset(imported))

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
    unread: tuple[Unread, ...] = ()
    try:
        if reads_requirements(path):
            artefact = requirements_of(path, data, where)
        elif reads_record(path):
            artefact, steps = record_of(path, data, where)
        elif is_document(path):
            artefact = document_of(path, data, where)
    except TextError as error:
        about = OF_PACKAGES if reads_requirements(path) else OF_RECORDS
        unread = (Unread(error.code, path, error.what, about),)
    return CodeRead(
        settings=settings_in(path, data, where),
        artefacts=(artefact,) if artefact else (),
        stated=(*stated_in(path, data, where), *steps),
        unread=(*unread, *too_long(path, data)),
    )


def _imported(modules: Iterable[CallGraph], files: Iterable[str]) -> tuple[str, ...]:
    """Return the packages that programs import: neither the interpreter's own nor these files."""
    parts = {part.removesuffix(".py") for path in files for part in path.split("/")}
    names = {name for module in modules for name in _imports(module)}
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
