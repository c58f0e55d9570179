"""What the files of a recipe say, read together: programs, settings, lists of packages, records."""

import hashlib
from collections.abc import Iterable, Mapping

import attrs

from provenance.errors import TextError
from provenance.recipe.call_graph import CallGraph
from provenance.recipe.code_uses import use_of
from provenance.recipe.document import document_of, is_document
from provenance.recipe.programs import (
    MOST_TOKENS,
    NOTEBOOK,
    PROGRAMS,
    PYTHON,
    Outline,
    Programs,
    Together,
)
from provenance.recipe.requirements import OF_PACKAGES, reads_requirements, requirements_of
from provenance.recipe.settings import settings_in, settings_of_module
from provenance.recipe.standard_library import STANDARD_LIBRARY
from provenance.recipe.stated_code import stated_in_module
from provenance.recipe.stated_settings import stated_in, unread_settings
from provenance.recipe.training_code import find_training_loops
from provenance.recipe.training_record import OF_RECORDS, reads_record, record_of
from provenance.values.address import Address
from provenance.values.artefact import Artefact, StatedValue
from provenance.values.digest import Algorithm, Digest
from provenance.values.evidence import Where
from provenance.values.facts import Setting, TrainingLoop
from provenance.values.unread import Unread


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


def read_code(files: Mapping[str, bytes], *, home: Address, most: int = MOST_TOKENS) -> CodeRead:
    """Read the files of a recipe, by path; ``home`` is the release or repository that holds them.

    A file is taken for one thing: what trains is no other program, and a lock is no list of
    libraries. A Python file that does not parse says nothing, and the reading is then not whole;
    nor is it where there are more programs than are read. What else cannot be read leaves unknown
    what it could have said. ``files`` may read each file as it is asked for: of most, no more than
    one is held at a time. ``most`` is how many tokens programs may have together.
    """
    programs = Programs.of(files, most=most)
    together = Together.of(programs.outlines)
    found = CodeRead(whole=programs.whole, unread=programs.unread)
    for path in sorted(files):
        is_program = path.endswith(PROGRAMS)
        if is_program and path not in programs.outlines:
            continue
        data = files[path]
        where = Where(home.file(path), Digest(Algorithm.SHA256, hashlib.sha256(data).digest()))
        if not is_program:
            found += _beside(path, data, where)
            continue
        source = programs.source(path, data)
        one = _program(programs.graph(path, source), path, source, where, together)
        found += _of_whole(one, where) if path.endswith(NOTEBOOK) else one
    return attrs.evolve(found, imports=_imported(programs.outlines.values(), files))


def _of_whole(read: CodeRead, where: Where) -> CodeRead:
    """Return what a notebook's program says with the notebook as its place."""
    return attrs.evolve(
        read,
        loops=tuple(attrs.evolve(one, where=where) for one in read.loops),
        stated=tuple(attrs.evolve(one, where=where) for one in read.stated),
    )


def _program(
    module: CallGraph, path: str, data: bytes, where: Where, together: Together
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
        unread=(*unread, *unread_settings(path, data)),
    )


def _imported(modules: Iterable[Outline], files: Iterable[str]) -> tuple[str, ...]:
    """Return the packages that programs import: neither the interpreter's own nor these files."""
    parts = {part.removesuffix(PYTHON) for path in files for part in path.split("/")}
    names = {name for module in modules for name in module.imports}
    return tuple(sorted(names - parts - STANDARD_LIBRARY))
