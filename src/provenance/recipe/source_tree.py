"""A linked repository: which of its files are worth reading, and what they say."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from provenance.errors import Code
from provenance.recipe.code.elsewhere import shown
from provenance.recipe.code.launched import launched
from provenance.recipe.code.other_languages import OF_PROGRAMS, language_of, unread_programs
from provenance.recipe.code.programs import PROGRAMS, PYTHON
from provenance.recipe.code.requirements import OF_PACKAGES, reads_requirements
from provenance.recipe.code.stated_settings import ENDINGS, OF_SETTINGS
from provenance.recipe.code_read import read_code
from provenance.recipe.documents.training_record import OF_RECORDS
from provenance.recipe.licenses.license_text import license_path, read_license
from provenance.recipe.own_files import told_by
from provenance.text.lfs_pointer import pointer_in
from provenance.values.address import Address
from provenance.values.component import Component
from provenance.values.evidence import Where
from provenance.values.facts import LicenseText, SourceFacts
from provenance.values.hazard import Hazard
from provenance.values.look import Look, Missing, Seen, Unseen
from provenance.values.source import PinnedSource
from provenance.values.unread import Unread

# Enough for every training repository that is known, read in a second or two.
MOST_FILES = 400
# Of what stands beside the programs.
MOST_BESIDE = 200
#: What another repository may hold: everything that one is read for.
OF_REPOSITORIES: Final = OF_PROGRAMS | OF_SETTINGS | OF_PACKAGES | OF_RECORDS
# What hazards of a tree say of its files, where these cannot be read.
_ODD_NAME: Final = "no file here can have that name"
_WHY: Final[Mapping[Code, str]] = MappingProxyType(
    {
        Code.GIT_LFS: "its bytes are not in the repository",
        Code.GIT_SYMLINK: "a symbolic link is not followed",
        Code.GIT_SUBMODULE: "another repository says nothing of what this one is claimed for",
        **dict.fromkeys((Code.NAME, Code.NAME_CTRL, Code.NAME_ENCODING), _ODD_NAME),
    }
)


def wanted(paths: Iterable[str]) -> tuple[str, ...]:
    """Return all files that say something, programs first, and those nearest the top first."""
    kept = (one for one in paths if _says(one))
    return tuple(sorted(kept, key=_order))


def _order(path: str) -> tuple[bool, bool, int, str]:
    return not path.endswith(PROGRAMS), not path.endswith(PYTHON), path.count("/"), path


def interesting(paths: Iterable[str]) -> tuple[str, ...]:
    """Return the files that are read: at most so many programs, settings, lists; the licence."""
    listed = tuple(paths)
    every = wanted(listed)
    programs = [one for one in every if one.endswith(PROGRAMS)][:MOST_FILES]
    beside = [one for one in every if not one.endswith(PROGRAMS)][:MOST_BESIDE]
    licence = license_path(listed)
    return tuple(sorted({*programs, *beside, *([licence] if licence else [])}))


def _says(path: str) -> bool:
    return path.endswith((*PROGRAMS, *ENDINGS)) or reads_requirements(path)


def read_source(  # noqa: PLR0913 - what was fetched, one parameter for each part of it
    pin: PinnedSource,
    listing: Where,
    paths: Iterable[str],
    files: Mapping[str, bytes],
    *,
    whole: bool,
    hazards: Iterable[Hazard] = (),
) -> SourceFacts:
    """Read a linked repository at its pin.

    Args:
        pin: the repository and its commit.
        listing: the capture of the file list.
        paths: all files that are listed.
        files: the bytes of those that were read.
        whole: whether everything interesting was read.
        hazards: what is odd about its tree: what is listed there and has no bytes here, say.

    """
    here = {path: data for path, data in files.items() if not pointer_in(data)}
    code = read_code(here, home=pin.address)
    listed = tuple(sorted(paths))
    licence = license_path(listed)
    left = sorted(set(wanted(listed)) - files.keys())
    return SourceFacts(
        pin,
        listing,
        listed,
        loops=code.loops,
        settings=code.settings,
        license=_license(licence, files, pin.address, listing),
        truncated=not (whole and code.whole and not left),
        artefacts=code.artefacts,
        stated=code.stated,
        imports=code.imports,
        unread=(
            *code.unread,
            *_left_out(left),
            *unread_programs(listed),
            *launched(here),
            *_elsewhere(hazards, listed),
        ),
    )


def _elsewhere(hazards: Iterable[Hazard], listed: Sequence[str]) -> Iterator[Unread]:
    """Yield what the tree names and has no bytes of: pointers, links, repositories, odd names.

    Those of one kind are told as one: there may be thousands.
    """
    paths = frozenset(listed)
    found: dict[Code, list[str]] = {}
    for one in hazards:
        if one.code in _WHY and (one.code is Code.GIT_LFS or one.path not in paths):
            found.setdefault(one.code, []).append(one.path)
    for code, named in sorted(found.items()):
        about = OF_REPOSITORIES if code is Code.GIT_SUBMODULE else _told_of(named)
        if about:
            yield Unread(code, f"{len(named)} files: {shown(sorted(named))}", _WHY[code], about)


def _told_of(paths: Iterable[str]) -> frozenset[Component]:
    every = frozenset(one for path in paths for one in told_by(path))
    return every | (OF_PROGRAMS if any(map(language_of, paths)) else frozenset())


def _left_out(left: Sequence[str]) -> Iterator[Unread]:
    """Yield what a budget left out, as one: there may be thousands."""
    if left:
        about = frozenset(one for path in left for one in told_by(path))
        why = "more files may say something of the recipe than are read"
        yield Unread(Code.RESOURCE, f"{len(left)} files: {shown(left)}", why, about)


def _license(
    path: str | None, files: Mapping[str, bytes], home: Address, listing: Where
) -> Look[LicenseText]:
    if path is None:
        return Missing("the repository holds no licence file", (listing,))
    if path not in files:
        return Unseen(f"{path} was not read", Code.RESOURCE)
    return Seen(read_license(files[path], address=home.file(path)))
