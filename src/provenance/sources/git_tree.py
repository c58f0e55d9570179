"""The tree of a commit, from verified objects, within bounds."""

import re
from collections.abc import Iterator
from enum import StrEnum, unique

import attrs

from provenance.doors.git_objects import ObjectKind, Objects
from provenance.doors.names import name_hazards
from provenance.errors import Code, InvalidValueError, ReleaseError, SourceError
from provenance.values.hazard import Hazard
from provenance.values.path import RelPath
from provenance.values.revision import Commit

MEBIBYTE = 2**20
# Twice the number of files of the Linux kernel, folders included.
MOST_ENTRIES = 200_000
LARGEST_OBJECT = 16 * MEBIBYTE

_TREE_LINE = re.compile(rb"tree ([0-9a-f]{40})\n")
_OID_SIZE = 20


@unique
class Mode(StrEnum):
    """What an entry of a tree is, in git's own digits."""

    FILE = "100644"
    # Written by early versions of git for group-writable files; means the same as 100644.
    SHARED_FILE = "100664"
    EXECUTABLE = "100755"
    LINK = "120000"
    SUBMODULE = "160000"
    FOLDER = "40000"

    @property
    def regular(self) -> bool:
        """Whether the entry is a file with bytes of its own."""
        return self in {Mode.FILE, Mode.SHARED_FILE, Mode.EXECUTABLE}


@attrs.frozen
class Entry:
    """A file, symbolic link or submodule: its whole path, mode, object id and size in bytes.

    ``size`` is ``None`` where there are no bytes here: for submodules and files not fetched.
    """

    path: str
    mode: Mode
    oid: Commit
    size: int | None


@attrs.frozen
class Tree:
    """All entries below a root tree, folders left out, sorted by path; and what is wrong there."""

    oid: Commit
    entries: tuple[Entry, ...]
    hazards: tuple[Hazard, ...]


@attrs.frozen
class _Raw:
    mode: Mode
    name: bytes
    oid: Commit


def read_commit(objects: Objects, commit: Commit) -> Commit:
    """Return the root tree of a commit.

    Raises:
        SourceError: GIT_FAILED, when the object did not come: a server that gives only what its
            names lead to may have it all the same.
        ReleaseError: GIT_CORRUPT.
    """
    if objects.size(commit) is None:
        raise SourceError(
            f"no branch or tag there leads to {commit}, and its server gives no other commits",
            hint="check the commit in the link",
            code=Code.GIT_FAILED,
        )
    match = _TREE_LINE.match(objects.read(commit, ObjectKind.COMMIT, LARGEST_OBJECT))
    if match is None:
        raise _malformed(commit, "names no tree")
    return Commit(match[1].decode())


def walk(objects: Objects, root: Commit, *, depth: int, most: int = MOST_ENTRIES) -> Tree:
    """List everything below a root tree; each distinct tree is read once, however often it is used.

    Raises:
        SourceError: RESOURCE, for more than ``most`` entries (folders counted) or a path of more
            than ``depth`` parts.
        ReleaseError: GIT_CORRUPT.
    """
    entries: list[Entry] = []
    hazards: list[Hazard] = []
    sizes: dict[Commit, int | None] = {}
    for prefix, raw in _entries(objects, root, depth=depth, most=most):
        name = prefix + raw.name
        if trouble := _name_trouble(name):
            hazards.append(trouble)
        if raw.mode is Mode.FOLDER:
            continue
        path = _shown(name)
        if raw.mode is not Mode.SUBMODULE and raw.oid not in sizes:
            sizes[raw.oid] = objects.size(raw.oid)
        hazards += _kind_trouble(path, raw.mode)
        if not trouble:
            entries.append(Entry(path, raw.mode, raw.oid, sizes.get(raw.oid)))
    hazards += name_hazards(entry.path for entry in entries)
    entries.sort(key=lambda entry: entry.path)
    return Tree(root, tuple(entries), tuple(sorted(set(hazards))))


def _entries(
    objects: Objects, root: Commit, *, depth: int, most: int
) -> Iterator[tuple[bytes, _Raw]]:
    trees = _Trees(objects, depth, most)
    trees.weigh(root, 1)
    waiting = [(b"", root)]
    while waiting:
        prefix, oid = waiting.pop()
        for raw in trees.known[oid]:
            yield prefix, raw
            if raw.mode is Mode.FOLDER:
                waiting.append((prefix + raw.name + b"/", raw.oid))


@attrs.frozen
class _Trees:
    """The distinct trees below a root, with the number of their entries and their height.

    A dozen of them can stand for 10^10 paths: so paths are counted before the first is made.
    """

    objects: Objects
    depth: int
    most: int
    known: dict[Commit, tuple[_Raw, ...]] = attrs.field(factory=dict)
    weights: dict[Commit, tuple[int, int]] = attrs.field(factory=dict)

    def weigh(self, oid: Commit, level: int) -> tuple[int, int]:
        """Return the number of entries below a tree and its height; ``level`` is 1 at the root."""
        if level > self.depth:
            raise _too_much(f"folders nested more than {self.depth} deep")
        if oid not in self.weights:
            self.known[oid] = raws = tuple(
                _parsed(oid, self.objects.read(oid, ObjectKind.TREE, LARGEST_OBJECT))
            )
            count, height = self._counted(len(raws)), 1
            for raw in raws:
                if raw.mode is Mode.FOLDER:
                    inner, below = self.weigh(raw.oid, level + 1)
                    count, height = self._counted(count + inner), max(height, below + 1)
            self.weights[oid] = count, height
        if level + self.weights[oid][1] - 1 > self.depth:
            raise _too_much(f"folders nested more than {self.depth} deep")
        return self.weights[oid]

    def _counted(self, count: int) -> int:
        if count > self.most:
            raise _too_much(f"more than {self.most} entries")
        return count


def _parsed(tree: Commit, data: bytes) -> Iterator[_Raw]:
    """Yield the entries of a tree object: mode, space, name, zero byte, 20 bytes of object id."""
    place = 0
    while place < len(data):
        space = data.find(b" ", place)
        end = data.find(b"\0", space)
        after = end + 1 + _OID_SIZE
        if not place < space < end or after > len(data):
            raise _malformed(tree, "is cut short")
        digits, name = data[place:space].decode("latin-1"), data[space + 1 : end]
        try:
            mode = Mode(digits.removeprefix("0"))
        except ValueError as cause:
            raise _malformed(tree, f"has an entry of mode {digits[:8]!a}") from cause
        if not name or b"/" in name:
            raise _malformed(tree, "has an entry whose name cannot be")
        yield _Raw(mode, name, Commit(data[end + 1 : after].hex()))
        place = after


def _shown(name: bytes) -> str:
    return name.decode("utf-8", "backslashreplace")


def _name_trouble(name: bytes) -> Hazard | None:
    """Return why a path cannot be one of ours: such an entry is told of, and never read."""
    path = _shown(name)
    try:
        name.decode()
        RelPath(path)
    except UnicodeDecodeError:
        return Hazard(Code.NAME_ENCODING, path, "the name is not UTF-8")
    except InvalidValueError as error:
        return Hazard(error.code, path, error.what)
    if ".git" in path.casefold().split("/"):
        return Hazard(Code.NAME, path, "the name belongs to git itself")
    return None


def _kind_trouble(path: str, mode: Mode) -> Iterator[Hazard]:
    if mode is Mode.LINK:
        yield Hazard(Code.GIT_SYMLINK, path, "a symbolic link is listed and never followed")
    if mode is Mode.SUBMODULE:
        yield Hazard(Code.GIT_SUBMODULE, path, "a submodule is listed and never fetched")


def _too_much(what: str) -> SourceError:
    return SourceError(f"the repository has {what}", hint="look at it by hand", code=Code.RESOURCE)


def _malformed(oid: Commit, what: str) -> ReleaseError:
    return ReleaseError(
        f"the git object {oid} {what}",
        hint="do not trust the repository",
        code=Code.GIT_CORRUPT,
    )
