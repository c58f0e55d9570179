"""Reading what a release's own files say of its recipe: programs, settings, results, templates."""

from collections.abc import Iterator, Mapping

import attrs

from provenance.errors import Code, TextError
from provenance.flows.desk import LARGEST_DOCUMENT, Desk, Document
from provenance.recipe.chat_template import CHAT_TEMPLATE_FILES, chat_template_of
from provenance.recipe.citations import citations_of, is_citation
from provenance.recipe.code_read import CodeRead, read_code
from provenance.recipe.document import is_document
from provenance.recipe.evaluations import measured_in_file, reads_results
from provenance.recipe.own_files import reads_recipe
from provenance.recipe.remote_code import remote_code_of
from provenance.recipe.sample import small_document_of
from provenance.recipe.stated_document import stated_in_document
from provenance.text.python_source import parse
from provenance.values.artefact import Artefact, Measured, StatedValue
from provenance.values.citation import Citation
from provenance.values.evidence import Where
from provenance.values.hazard import Limit
from provenance.values.inventory import FileEntry, Inventory

# More would be a checkout of the code, which is read as a repository.
MOST_FILES = 500
#: Of all programs: a release with more is a checkout of the code, too.
MOST_TOKENS = 500_000
#: Of papers and reports: the text of each takes up to a second.
MOST_DOCUMENTS = 20
#: Of all settings, lists and results, in bytes.
MOST_TEXT = 16 * 2**20
#: Of the files that are held at once, in bytes; others are read again each time they are asked.
MOST_HELD = 32 * 2**20


@attrs.frozen
class OwnRecipe:
    """What the files say, the results that they hold, and what papers and reports state."""

    code: CodeRead
    measured: tuple[Measured, ...] = ()
    written: tuple[StatedValue, ...] = ()
    citations: tuple[Citation, ...] = ()
    limits: tuple[Limit, ...] = ()


def read_own_recipe(inventory: Inventory, desk: Desk, remote: tuple[str, ...]) -> OwnRecipe:
    """Read the files of a release that say something of its recipe.

    Args:
        inventory: the release's files.
        desk: where they are read.
        remote: the classes of remote code that the configuration names.

    """
    named = [entry for entry in inventory if reads_recipe(entry.path.text)]
    observed = [one for one in named if one.observed]
    readable = _readable(observed)
    files = _Files(desk, tuple(one.path.text for one in readable))
    read = read_code(files, uri=desk.prefix, most=MOST_TOKENS)
    found: dict[str, Artefact] = {one.path: one for one in read.artefacts}
    measured: list[Measured] = []
    written: list[StatedValue] = []
    citations: list[Citation] = []
    for path in files:
        one = files.document(path)
        special = _special(path, one.data, one.where, remote)
        if special:
            found[path] = special
        if reads_results(path):
            measured += measured_in_file(one.data, path=path, where=one.where)
        if is_citation(path):
            citations += citations_of(path, one.data, one.where)
        if is_document(path):
            written += stated_in_document(one.data, path=path, where=one.where)
    template = _chat_template(files)
    if template:
        found[template.path] = template
    artefacts = tuple(found[path] for path in sorted(found))
    whole = read.whole and len(readable) == len(named)
    code = attrs.evolve(read, artefacts=artefacts, whole=whole)
    limits = (*read.limits, *_left_out(observed, readable))
    return OwnRecipe(code, tuple(measured), tuple(written), tuple(citations), limits)


def _readable(entries: list[FileEntry]) -> list[FileEntry]:
    """Return the files that are read; a small one may still fit where a larger one does not."""
    found: list[FileEntry] = []
    left, documents = MOST_TEXT, MOST_DOCUMENTS
    for entry in entries:
        if len(found) == MOST_FILES:
            break
        if is_document(entry.path.text):
            fits = documents > 0 and entry.size <= LARGEST_DOCUMENT
            documents -= fits
        elif entry.path.text.endswith(".py"):
            # Their tokens are counted where they are parsed.
            fits = entry.size <= LARGEST_DOCUMENT
        else:
            fits = entry.size <= left
            left -= entry.size if fits else 0
        if fits:
            found.append(entry)
    return found


def _left_out(observed: list[FileEntry], readable: list[FileEntry]) -> Iterator[Limit]:
    why = (
        f"not read for the recipe: of {MOST_FILES} files, {MOST_DOCUMENTS} of them PDFs, at most"
        f" {MOST_TEXT} bytes of settings and results are read"
    )
    known = {one.path for one in readable}
    left = [one for one in observed if one.path not in known]
    yield from (Limit(Code.RESOURCE, one.path.text, why) for one in left[:MOST_FILES])
    if left[MOST_FILES:]:
        rest = f"{len(left) - MOST_FILES} more files of its recipe"
        yield Limit(Code.RESOURCE, rest, why)


class _Files(Mapping[str, bytes]):
    """The bytes of files by path: few are held, and all others read when they are asked for."""

    def __init__(self, desk: Desk, paths: tuple[str, ...]) -> None:
        self._desk = desk
        self._paths = dict.fromkeys(paths)
        self._held: dict[str, Document] = {}
        self._left = MOST_HELD

    def document(self, path: str) -> Document:
        """Return a file with its place.

        Raises:
            KeyError: for a file that is none of these.
        """
        if path not in self._paths:
            raise KeyError(path)
        if path in self._held:
            return self._held[path]
        document = self._desk.read(path)
        if len(document.data) <= self._left:
            self._left -= len(document.data)
            self._held[path] = document
        return document

    def __getitem__(self, path: str) -> bytes:
        """Return the bytes of a file."""
        return self.document(path).data

    def __iter__(self) -> Iterator[str]:
        """Yield the paths, in the order of the inventory."""
        return iter(self._paths)

    def __len__(self) -> int:
        """Return how many files there are."""
        return len(self._paths)


def _special(path: str, data: bytes, where: Where, remote: tuple[str, ...]) -> Artefact | None:
    """Return what a file is that no other release's repository would hold."""
    if not path.endswith(".py"):
        return small_document_of(path, data, where)
    if not remote:
        return None
    try:
        module = parse(data)
    except TextError:
        return None  # It was told above that not all of the code can be read.
    return remote_code_of(module, path=path, where=where, named=remote)


def _chat_template(files: _Files) -> Artefact | None:
    documents = (files.document(path) for path in CHAT_TEMPLATE_FILES if path in files)
    found = (chat_template_of(one.path, one.data, one.where) for one in documents)
    return next((one for one in found if one), None)
