"""The small files of a release that tell of its recipe: read when they are asked for, few held."""

from collections.abc import Iterable, Iterator, Mapping

from provenance.errors import Code
from provenance.flows.auditing.desk import LARGEST_DOCUMENT, Desk, Document
from provenance.flows.auditing.small_file import small_file
from provenance.recipe.code.elsewhere import shown
from provenance.recipe.code.programs import PYTHON
from provenance.recipe.documents.document import is_document
from provenance.recipe.own_files import reads_recipe, told_by
from provenance.text.lfs_pointer import LONGEST_POINTER
from provenance.values.inventory import FileEntry, Inventory
from provenance.values.look import Unseen
from provenance.values.unread import Unread

#: More would be a checkout of the code, which is read as a repository.
MOST_FILES = 500
#: Of papers and reports: the text of each takes up to a second.
MOST_DOCUMENTS = 20
#: Of all settings, lists and results, in bytes.
MOST_TEXT = 16 * 2**20
#: Of those in YAML and TOML, in bytes: a megabyte of them takes up to two seconds.
MOST_MARKUP = 2**20
#: Of the files that are held at once, in bytes; others are read again each time they are asked.
MOST_HELD = 32 * 2**20
#: How the names of files end whose grammar is slow to read.
MARKUP = (".yaml", ".yml", ".toml", ".lock", ".cff")


class RecipeFiles(Mapping[str, bytes]):
    """The bytes of files by path, in the order of the inventory.

    ``unread`` are those that are not among them: too large, too many, or with bytes elsewhere;
    ``whole`` tells that none is, and that all are here.
    """

    def __init__(self, inventory: Inventory, desk: Desk) -> None:
        """Choose the files that are here; those that only point elsewhere are looked through."""
        named = [one for one in inventory if reads_recipe(one.path.text)]
        here = [one for one in named if one.observed]
        small = [one for one in here if one.size <= LARGEST_DOCUMENT]
        self._entries = {one.path.text: one for one in _readable(small)}
        left = [one for one in small if one.path.text not in self._entries]
        self.whole = len(named) == len(self._entries)
        self.unread = (*_too_large(here), *_too_many(left))
        self._desk = desk
        self._held: dict[str, Document] = {}
        self._left = MOST_HELD
        self._leave_pointers_out()

    def _leave_pointers_out(self) -> None:
        tiny = [one for one in self._entries.values() if one.size <= LONGEST_POINTER]
        for entry in tiny:
            one = small_file(entry, self._desk)
            if isinstance(one, Unseen):
                path = entry.path.text
                self.unread += (Unread(one.code, path, one.reason, told_by(path)),)
                del self._entries[path]
            else:
                self._hold(one)

    def document(self, path: str) -> Document:
        """Return a file with its place.

        Raises:
            KeyError: for a file that is none of these.
        """
        if path in self._held:
            return self._held[path]
        document = self._desk.read(self._entries[path].path.text)
        self._hold(document)
        return document

    def _hold(self, document: Document) -> None:
        if len(document.data) <= self._left:
            self._left -= len(document.data)
            self._held[document.path] = document

    def __getitem__(self, path: str) -> bytes:
        """Return the bytes of a file."""
        return self.document(path).data

    def __iter__(self) -> Iterator[str]:
        """Yield the paths."""
        return iter(self._entries)

    def __len__(self) -> int:
        """Return how many files there are."""
        return len(self._entries)


def _readable(entries: Iterable[FileEntry]) -> Iterator[FileEntry]:
    """Yield the files that are read; a small one may still fit where a larger one does not."""
    files, documents = MOST_FILES, MOST_DOCUMENTS
    left = {True: MOST_MARKUP, False: MOST_TEXT}
    for entry in entries:
        path = entry.path.text
        if is_document(path):
            fits = documents > 0
            documents -= fits
        elif path.endswith(PYTHON):
            fits = True  # Their tokens are counted where they are parsed.
        else:
            slow = path.endswith(MARKUP)
            fits = entry.size <= left[slow]
            left[slow] -= entry.size if fits else 0
        if fits and files:
            files -= 1
            yield entry


def _too_large(named: Iterable[FileEntry]) -> Iterator[Unread]:
    for one in named:
        if one.size > LARGEST_DOCUMENT:
            why = f"it has {one.size:,} bytes, of which {LARGEST_DOCUMENT:,} are read at most"
            yield Unread(Code.RESOURCE, one.path.text, why, told_by(one.path.text))


def _too_many(left: Iterable[FileEntry]) -> Iterator[Unread]:
    """Yield what is left out as one: there may be thousands."""
    paths = [one.path.text for one in left]
    if paths:
        about = frozenset(one for path in paths for one in told_by(path))
        why = (
            f"of {MOST_FILES} files of a recipe, {MOST_DOCUMENTS} of them PDFs, at most {MOST_TEXT}"
            f" bytes of settings and results are read, and {MOST_MARKUP} of YAML and TOML"
        )
        yield Unread(Code.RESOURCE, f"{len(paths)} files: {shown(paths)}", why, about)
