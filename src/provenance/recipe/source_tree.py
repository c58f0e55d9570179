"""A linked repository: which of its files are worth reading, and what they say."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from provenance.errors import Code
from provenance.recipe.code_read import read_code
from provenance.recipe.elsewhere import shown
from provenance.recipe.launched import launched
from provenance.recipe.license_text import license_path, read_license
from provenance.recipe.other_languages import unread_programs
from provenance.recipe.own_files import told_by
from provenance.recipe.programs import PROGRAMS, PYTHON
from provenance.recipe.requirements import reads_requirements
from provenance.recipe.stated_settings import ENDINGS
from provenance.values.address import Address
from provenance.values.evidence import Where
from provenance.values.facts import LicenseText, SourceFacts
from provenance.values.look import Look, Missing, Seen, Unseen
from provenance.values.source import PinnedSource
from provenance.values.unread import Unread

# Enough for every training repository that is known, read in a second or two.
MOST_FILES = 400
# Of what stands beside the programs.
MOST_BESIDE = 200


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


def read_source(
    pin: PinnedSource,
    listing: Where,
    paths: Iterable[str],
    files: Mapping[str, bytes],
    *,
    whole: bool,
) -> SourceFacts:
    """Read a linked repository at its pin.

    Args:
        pin: the repository and its commit.
        listing: the capture of the file list.
        paths: all files that are listed.
        files: the bytes of those that were read.
        whole: whether everything interesting was read.

    """
    code = read_code(files, home=pin.address)
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
        unread=(*code.unread, *_left_out(left), *unread_programs(listed), *launched(files)),
    )


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
