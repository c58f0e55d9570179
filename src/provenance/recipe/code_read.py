"""What the files of a recipe say, read together: programs, settings, lists of packages, records."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Self

import attrs

from provenance.errors import TextError
from provenance.recipe.code.programs import (
    MOST_TOKENS,
    NOTEBOOK,
    PROGRAMS,
    PYTHON,
    Outline,
    Programs,
    Together,
)
from provenance.recipe.code.requirements import OF_PACKAGES, reads_requirements, requirements_of
from provenance.recipe.code.settings import settings_in
from provenance.recipe.code.standard_library import STANDARD_LIBRARY
from provenance.recipe.code.stated_settings import stated_in, unread_settings
from provenance.recipe.documents.document import document_of, is_document
from provenance.recipe.documents.training_record import OF_RECORDS, reads_record, record_of
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

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """Return what all parts say, in their order."""
        return cls(
            loops=tuple(one for part in parts for one in part.loops),
            settings=tuple(one for part in parts for one in part.settings),
            whole=all(part.whole for part in parts),
            artefacts=tuple(one for part in parts for one in part.artefacts),
            stated=tuple(one for part in parts for one in part.stated),
            imports=tuple(sorted({one for part in parts for one in part.imports})),
            unread=tuple(one for part in parts for one in part.unread),
        )


def read_code(files: Mapping[str, bytes], *, home: Address, most: int = MOST_TOKENS) -> CodeRead:
    """Read the files of a recipe, by path; ``home`` is the release or repository that holds them.

    ``most`` is how many tokens programs may have together; for the rest, see :func:`code_of`.
    """
    return code_of(files, Programs.of(files, home=home, most=most), home=home)


def code_of(files: Mapping[str, bytes], programs: Programs, *, home: Address) -> CodeRead:
    """Return what the files of a recipe say, of which these are the programs.

    A file is taken for one thing: what trains is no other program, and a lock is no list of
    libraries. A Python file that does not parse says nothing, and the reading is then not whole;
    nor is it where there are more programs than are read. What else cannot be read leaves unknown
    what it could have said. ``files`` may read each file as it is asked for: of most, no more than
    one is held at a time.
    """
    together = Together.of(programs.outlines)
    parts = [CodeRead(whole=programs.whole, unread=programs.unread)]
    for path in sorted(files):
        if path in programs.outlines:
            one = _program(path, programs.outlines[path], together)
            parts.append(_of_whole(one, programs.outlines[path].where, path))
        elif not path.endswith(PROGRAMS):
            data = files[path]
            where = Where(home.file(path), Digest(Algorithm.SHA256, hashlib.sha256(data).digest()))
            parts.append(_beside(path, data, where))
    return attrs.evolve(
        CodeRead.joined(parts), imports=_imported(programs.outlines.values(), files)
    )


def _of_whole(read: CodeRead, where: Where, path: str) -> CodeRead:
    """Return what a notebook's program says with the notebook as its place."""
    if not path.endswith(NOTEBOOK):
        return read
    return attrs.evolve(
        read,
        loops=tuple(attrs.evolve(one, where=where) for one in read.loops),
        stated=tuple(attrs.evolve(one, where=where) for one in read.stated),
    )


def _program(path: str, outline: Outline, together: Together) -> CodeRead:
    names = outline.calls.reached(together.entered(path))
    loops = outline.training.reached(names)
    use = outline.use.settled(together.constants) if outline.use and not loops else None
    return CodeRead(
        loops=loops,
        settings=outline.settings,
        artefacts=(use,) if use else (),
        stated=outline.stated,
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
