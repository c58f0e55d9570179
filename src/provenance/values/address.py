"""An address: where bytes stand that were seen, down to the file, and to the bytes of it."""

import re
from enum import StrEnum, unique
from typing import NamedTuple, Self
from urllib.parse import quote, unquote

import attrs

from provenance.errors import InvalidValueError
from provenance.values.byte_range import ByteRange
from provenance.values.ref import HUB_NAME, Ref
from provenance.values.revision import Commit, Named


@unique
class AddressKind(StrEnum):
    """Who keeps the bytes, by the word that an address begins with."""

    # The Hub: a dataset is told from a model by its name, which begins with ``datasets/``.
    HF = "hf"
    LOCAL = "local"
    GIT = "git"
    PAGE = "http"
    # Whatever is none of those, as it stands: the server that told a repository's branches.
    OTHER = ""


_OID = r"[0-9a-f]{64}|[0-9a-f]{40}"
# Only the name of a folder ends by itself: behind all others a path needs a commit before it.
_FORMS = {
    AddressKind.HF: rf"hf:((?:datasets/)?{HUB_NAME})(?:@({_OID})(?:/(.+))?)?",
    AddressKind.LOCAL: rf"local:([^/\x00-\x1f\x7f@]+)(?:@({_OID}))?(?:/(.+))?",
    AddressKind.GIT: rf"git:(.+)@({_OID})(?:/(.+))?",
    # With two slashes it would be an address of the web, as it stands.
    AddressKind.PAGE: r"http:((?!//).+)()()",
}
_READERS = {kind: re.compile(form, re.DOTALL) for kind, form in _FORMS.items()}
# RFC 9110, section 14.1.2, names the last byte, and not the one behind it.
_RANGE = re.compile(r"(.+)#bytes=(0|[1-9][0-9]{0,17})-(-1|0|[1-9][0-9]{0,17})", re.DOTALL)
# What a reader of addresses would cut at, the escape itself, what is no character that shows, and
# an at sign before what reads as a commit.
_SPECIAL = re.compile(rf"[%#?\x00-\x1f\x7f-\x9f\u2028\u2029]|@(?=(?:{_OID})(?:/|\Z))")


class _Read(NamedTuple):
    """The parts of an address as they are written."""

    kind: AddressKind
    name: str
    commit: str | None
    path: str | None


@attrs.frozen
class Address:
    """Who keeps the bytes, at which commit, in which file, and which of its bytes.

    It is written ``kind:name[@commit][/path][#bytes=first-last]``. In the path, and nowhere else,
    ``%``, ``#``, ``?`` and control characters are percent-encoded, and so is ``@`` before what
    reads as a commit. An address that was written before there was this rule is read as it was
    meant, and written again as it was: ``unescaped`` remembers that, and makes no other of it.

    >>> str(Address.parse("local:toy/README.md").file("50%.txt"))
    'local:toy/50%25.txt'
    """

    kind: AddressKind
    name: str
    commit: Commit | None = None
    path: str | None = None
    range: ByteRange | None = None
    unescaped: bool = attrs.field(default=False, eq=False, repr=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse what would be read as another address once it is written."""
        commit = self.commit.hex if self.commit else None
        begins = _read(self._head) == (self.kind, self.name, commit, None)
        ends = self.range is None if self.path is None else bool(self.path) and self._holds_files
        if not (begins and ends):
            raise InvalidValueError(
                f"{str(self)[:200]!a} would be read as another address",
                hint="read addresses with Address.parse",
            )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an address; the inverse of ``str``. Every text is one, if of no known kind."""
        kind, name, commit, rest = _read(text)
        oid = Commit(commit) if commit else None
        if rest is None:
            return cls(kind, name, oid)
        written, span = _ranged(rest)
        path = unquote(written)
        unescaped = _escaped(path) != written
        return cls(kind, name, oid, written if unescaped else path, span, unescaped=unescaped)

    @classmethod
    def of(cls, ref: Ref) -> Self:
        """Return the address of a release; one at a name that can move is of no known kind."""
        if isinstance(ref.revision, Named):
            return cls(AddressKind.OTHER, str(ref))
        return cls(AddressKind(ref.scheme.value), ref.name, ref.revision)

    @classmethod
    def dataset(cls, ref: Ref) -> Self:
        """Return the address of a dataset on the Hub, at its commit."""
        return cls(AddressKind.HF, f"datasets/{ref.name}", ref.commit)

    @classmethod
    def page(cls, url: str) -> Self:
        """Return the address of a page or file of the web."""
        return cls(AddressKind.PAGE, url)

    @property
    def home(self) -> Self:
        """Return the release, repository or folder that the file is in."""
        return attrs.evolve(self, path=None, range=None, unescaped=False)

    @property
    def whole(self) -> Self:
        """Return the file of whose bytes this names some."""
        return attrs.evolve(self, range=None)

    def file(self, path: str) -> Self:
        """Return a file of this release, repository or folder.

        Raises:
            InvalidValueError: when it holds no files, or nothing says at which commit.
        """
        return attrs.evolve(self, path=path, range=None, unescaped=False)

    def part(self, start: int, end: int) -> Self:
        """Return some bytes of the file: from ``start`` to before ``end``."""
        return attrs.evolve(self, range=ByteRange(start, end))

    @property
    def as_before(self) -> str:
        """Return the address as it was written before paths were escaped."""
        path = f"/{self.path}" if self.path else ""
        return self._head + path + self._tail

    def __str__(self) -> str:
        """Return the whole address; the inverse of ``parse``."""
        if self.unescaped or not self.path:
            return self.as_before
        return f"{self._head}/{_escaped(self.path)}{self._tail}"

    @property
    def _holds_files(self) -> bool:
        return self.commit is not None or self.kind is AddressKind.LOCAL

    @property
    def _head(self) -> str:
        mark = ":" if self.kind.value else ""
        return f"{self.kind}{mark}{self.name}" + (f"@{self.commit}" if self.commit else "")

    @property
    def _tail(self) -> str:
        return f"#bytes={self.range}" if self.range else ""


def _read(text: str) -> _Read:
    for kind, reader in _READERS.items():
        if found := reader.fullmatch(text):
            return _Read(kind, found[1], found[2] or None, found[3] or None)
    return _Read(AddressKind.OTHER, text, None, None)


def _ranged(rest: str) -> tuple[str, ByteRange | None]:
    """Return a path as it is written, and the bytes that are named behind it."""
    found = _RANGE.fullmatch(rest)
    if not found or int(found[3]) + 1 < int(found[2]):
        return rest, None
    return found[1], ByteRange(int(found[2]), int(found[3]) + 1)


def _escaped(path: str) -> str:
    return _SPECIAL.sub(lambda found: quote(found[0], safe=""), path)
