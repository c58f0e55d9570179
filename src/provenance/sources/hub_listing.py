"""The Hub's list of files, each word of it checked before it is used."""

import hashlib
import re
from collections.abc import Iterable, Iterator

import attrs

from provenance.doors.names import name_hazards
from provenance.errors import Code, InvalidValueError, ReleaseError
from provenance.values.digest import Digest, DigestSet
from provenance.values.hazard import Hazard, Limit
from provenance.values.inventory import FileEntry, How, Inventory
from provenance.values.path import RelPath

_OID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SHA1_DIGITS = 40
# The whole numbers that JSON keeps exactly (RFC 7493, section 2.2).
_LARGEST = 2**53


@attrs.frozen
class Told:
    """One file as the server tells of it: path, size in bytes, blob id, SHA-256 of an LFS file."""

    path: str
    size: int
    blob: str
    lfs: str | None


@attrs.frozen
class Listed:
    """A whole list: what the server said, what we can name of it, and what is wrong with it."""

    told: tuple[Told, ...]
    inventory: Inventory
    hazards: tuple[Hazard, ...]
    limits: tuple[Limit, ...]

    @property
    def content(self) -> list[dict[str, str | int | None]]:
        """Return the list as plain data, sorted by path."""
        return [
            {"lfs": one.lfs, "oid": one.blob, "path": one.path, "size": one.size}
            for one in sorted(self.told, key=lambda one: one.path)
        ]


def told(path: object, size: object, blob: object, lfs: tuple[object, object] | None) -> Told:
    """Return one file of the list, when every word of it can be what it should.

    ``lfs`` is the size in bytes and the SHA-256 of a file that is kept outside the repository.

    Raises:
        ReleaseError: HUB_ANSWER.
    """
    if not isinstance(path, str) or _SURROGATE.search(path):
        raise _senseless(ascii(path), "is not text")
    if isinstance(size, bool) or not isinstance(size, int) or not 0 <= size < _LARGEST:
        raise _senseless(path, f"has a size of {size!a}")
    if not isinstance(blob, str) or not _OID.fullmatch(blob):
        raise _senseless(path, f"has an id of {blob!a}")
    if lfs is None:
        return Told(path, size, blob, None)
    whole, sha256 = lfs
    if not isinstance(sha256, str) or not _OID.fullmatch(sha256) or len(sha256) == _SHA1_DIGITS:
        raise _senseless(path, f"has a SHA-256 of {sha256!a}")
    if whole != size or _pointer_id(sha256, size, len(blob)) != blob:
        raise _senseless(path, "has a blob id that is not that of its size and SHA-256")
    return Told(path, size, blob, sha256)


def _pointer_id(sha256: str, size: int, digits: int) -> str:
    """Return git's id of the pointer that stands for an LFS file in the repository.

    https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md: what the repository holds in place of
    the file is this text, so that the three claims of the server check each other.
    """
    text = f"version https://git-lfs.github.com/spec/v1\noid sha256:{sha256}\nsize {size}\n"
    blob = f"blob {len(text)}\0{text}".encode()
    if digits == _SHA1_DIGITS:
        return hashlib.sha1(blob, usedforsecurity=False).hexdigest()
    return hashlib.sha256(blob).hexdigest()


def listed(files: Iterable[Told], *, most: int) -> Listed:
    """Return the inventory that a server's list stands for; at most ``most`` files are kept.

    Raises:
        ReleaseError: HUB_ANSWER, for a path that is listed twice, or as a file and as a folder.
    """
    kept: list[Told] = []
    hazards: list[Hazard] = []
    limits: list[Limit] = []
    entries: dict[str, FileEntry] = {}
    for one in files:
        if len(kept) == most:
            limits.append(Limit(Code.RESOURCE, "the list of files", f"more than {most} files"))
            break
        kept.append(one)
        try:
            path = RelPath(one.path)
        except InvalidValueError as error:
            hazards.append(Hazard(error.code, one.path, error.what))
            continue
        if one.path in entries:
            raise _senseless(one.path, "is listed twice")
        entries[one.path] = _entry(path, one)
    for path_text in entries:
        for folder in _folders(path_text):
            if folder in entries:
                raise _senseless(folder, "is listed as a file and as a folder")
    complete = not hazards and not limits
    hazards += name_hazards(entries)
    return Listed(
        tuple(kept),
        Inventory(tuple(entries.values()), complete=complete),
        tuple(sorted(hazards)),
        tuple(limits),
    )


def claims(one: Told) -> DigestSet:
    """Return what the server claims of the content: never the pointer's id."""
    if one.lfs is not None:
        return DigestSet((Digest.sha256(one.lfs),))
    return DigestSet((Digest.git_blob(one.blob),) if len(one.blob) == _SHA1_DIGITS else ())


def _entry(path: RelPath, one: Told) -> FileEntry:
    if digests := claims(one).digests:
        claimed = DigestSet(digests)
        return FileEntry(path, one.size, how=How.CLAIMED, digests=claimed, claimed=claimed)
    return FileEntry(path, one.size)


def _folders(path: str) -> Iterator[str]:
    place = path.find("/")
    while place >= 0:
        yield path[:place]
        place = path.find("/", place + 1)


def _senseless(path: str, what: str) -> ReleaseError:
    return ReleaseError(
        f"the Hub lists {path[:120]!a}, which {what[:200]}",
        hint="do not trust this server",
        code=Code.HUB_ANSWER,
    )
