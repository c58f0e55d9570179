"""A repository's code: which files are worth reading, and what they say."""

import hashlib
from collections.abc import Iterable, Mapping

import attrs

from provenance.errors import TextError
from provenance.recipe.license_text import license_path, read_license
from provenance.recipe.settings import settings_in, settings_of_module
from provenance.recipe.training_code import find_training_loops
from provenance.text.python_source import parse
from provenance.values.digest import Algorithm, Digest
from provenance.values.evidence import Where
from provenance.values.facts import Setting, SourceFacts, TrainingLoop
from provenance.values.look import Missing, Seen
from provenance.values.source import PinnedSource

# Enough for every training repository that is known, read in a second or two.
MOST_FILES = 400
_SETTINGS = (".json", ".toml")


@attrs.frozen
class CodeRead:
    """What code says: loops and settings, and whether every chosen file could be read."""

    loops: tuple[TrainingLoop, ...]
    settings: tuple[Setting, ...]
    whole: bool


def interesting(paths: Iterable[str]) -> tuple[str, ...]:
    """Return the files that are read: Python, settings and the licence, nearest the top first."""
    listed = sorted(paths, key=lambda path: (path.count("/"), path))
    chosen = [one for one in listed if one.endswith((".py", *_SETTINGS))][:MOST_FILES]
    licence = license_path(listed)
    return tuple(sorted({*chosen, *([licence] if licence else [])}))


def read_code(files: Mapping[str, bytes], *, uri: str) -> CodeRead:
    """Read code files, by path; a file's own name is ``uri/path``.

    A Python file that does not parse says nothing, and the reading is then not whole.
    """
    loops: list[TrainingLoop] = []
    settings: list[Setting] = []
    whole = True
    for path, data in sorted(files.items()):
        where = Where(f"{uri}/{path}", Digest(Algorithm.SHA256, hashlib.sha256(data).digest()))
        if not path.endswith(".py"):
            settings += settings_in(path, data, where)
            continue
        try:
            module = parse(data)
        except TextError:
            whole = False
            continue
        loops += find_training_loops(module, path=path, data=data, where=where)
        settings += settings_of_module(module, where)
    return CodeRead(tuple(loops), tuple(settings), whole)


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
    uri = f"git:{pin.uri}@{pin.commit}"
    code = read_code(files, uri=uri)
    listed = tuple(sorted(paths))
    licence = license_path(listed)
    data = files.get(licence) if licence else None
    return SourceFacts(
        pin,
        listing,
        listed,
        loops=code.loops,
        settings=code.settings,
        license=Missing("the repository holds no licence file", (listing,))
        if data is None
        else Seen(read_license(data, uri=f"{uri}/{licence}")),
        truncated=not (whole and code.whole),
    )
