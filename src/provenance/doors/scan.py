"""Scanning a folder fast: names and stamps in columns, and what stood in the way."""

import os
import stat
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import NamedTuple

import attrs

from provenance.doors.descriptor import stamp
from provenance.doors.trail import (
    FOLDER_FLAGS,
    Identity,
    Trail,
    identity,
    refusal,
    refused,
    require_regular,
    translated,
)
from provenance.errors import Code, InvalidValueError, ReleaseError
from provenance.values.hazard import Limit
from provenance.values.path import LONGEST_PATH, RelPath
from provenance.values.settings import Budget
from provenance.values.stamp import Stamp

# Told of a path that cannot be listed or read, and why; it may raise to stop the scan.
Report = Callable[[str, ReleaseError], None]

_READABLE_FILE = stat.S_IFREG | stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH
_PLAIN = 0o170000 | stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH
_NAME = attrgetter("name")
_STOP = "stop what writes here"


class Folder(NamedTuple):
    """The files of one folder, in columns that belong together, sorted by name.

    ``prefix`` is empty or ends with a slash. ``names`` and ``stamps`` are those of regular files;
    ``executables`` are those among them that their owner may run, ``shared`` those that have more
    names than one, and how many. ``links`` are links to regular files, each with the stamp of what
    it leads to.
    """

    prefix: str
    identity: Identity
    names: list[str]
    stamps: list[Stamp]
    executables: set[str]
    shared: dict[str, int]
    links: list[tuple[str, Stamp]]


@attrs.frozen
class Scan:
    """All folders that hold files, in order of their walk, and what was left out of them.

    ``complete`` is false when something is there that is not listed.
    """

    folders: tuple[Folder, ...]
    left_out: tuple[Limit, ...]
    complete: bool


class _Place(NamedTuple):
    """A folder on the way down: its handle, path with a final slash, identity, folders left."""

    handle: int
    prefix: str
    identity: Identity
    # Names of folders, and of links to folders; the next one is the last.
    names: list[str]


def scan(root: int, budget: Budget, report: Report, below: str = "") -> Scan:
    """List every file below the folder ``root``, which stays open; nothing is opened but folders.

    Only what lies ``below`` a folder of the root is listed, and named from there; links may lead
    anywhere inside the root. A link to a file is listed under its own path; a folder behind links
    is listed once. What cannot be listed goes to ``report``, and the scan goes on: NAME_ENCODING,
    FS_SPECIAL, FS_PERMISSION, FS_SYMLINK_ESCAPE, FS_SYMLINK_LOOP, FS_SYMLINK_BROKEN, FS_CHANGED,
    FS_IO. Names that cannot be written down, and what is beyond the budget, are left out.

    Raises:
        ReleaseError: what ``report`` raises; and when ``below`` itself is no folder.
    """
    scanner = _Scanner(root, budget, report, below)
    try:
        return scanner.run()
    finally:
        scanner.close()


class _Scanner:
    def __init__(self, root: int, budget: Budget, report: Report, below: str) -> None:
        self._root = root
        self._below = f"{below}/" if below else ""
        self._again = below.partition("/")[0]
        self._budget = budget
        self._report = report
        self._left = budget.files
        self._places: list[_Place] = []
        self._followed: set[Identity] = set()
        self._folders: list[Folder] = []
        self._left_out: list[Limit] = []

    def close(self) -> None:
        for place in self._places:
            os.close(place.handle)
        self._places.clear()

    def run(self) -> Scan:
        with Trail(self._root, self._again) as trail:
            if trail.follow(self._below.removesuffix("/") or "."):
                raise refused(self._below, Code.FS_SPECIAL, "is no folder", "name a folder")
            # A handle of its own, because it is closed with those of the folders below.
            self._enter(os.dup(trail.folder), "")
        while self._places:
            place = self._places[-1]
            if self._left < 0:
                what = f"holds more than {self._budget.files} files and folders"
                self._leave_out(Code.RESOURCE, "", what)
                break
            if place.names:
                self._descend(place, place.names.pop())
            else:
                self._step_back()
        return Scan(tuple(self._folders), tuple(self._left_out), not self._left_out)

    def _descend(self, place: _Place, name: str) -> None:
        path = place.prefix + name
        try:
            with translated(path):
                status = os.stat(name, dir_fd=place.handle, follow_symlinks=False)
                if not stat.S_ISLNK(status.st_mode):
                    self._enter(os.open(name, FOLDER_FLAGS, dir_fd=place.handle), path)
                    return
            self._follow(path)
        except ReleaseError as error:
            self._report(path, error)

    def _follow(self, path: str) -> None:
        """Enter the folder that a link leads to, unless another link led there before."""
        with Trail(self._root, self._again) as trail:
            if trail.follow(self._below + path):
                raise refused(path, Code.FS_CHANGED, "changed while it was looked at", _STOP)
            key = identity(os.fstat(trail.folder))
            if key in self._followed and not self._inside(key):
                what = "leads to a folder that another link leads to"
                self._leave_out(Code.RESOURCE, path, what)
                return
            self._followed.add(key)
            self._enter(os.dup(trail.folder), path)

    def _enter(self, handle: int, path: str) -> None:
        """Take a folder's handle and list it, unless it is too deep or inside itself."""
        key = identity(os.fstat(handle))
        if self._inside(key):
            os.close(handle)
            what = "is a link to a folder around it"
            raise refused(path, Code.FS_SYMLINK_LOOP, what, "remove the link")
        if len(self._places) > self._budget.depth:
            os.close(handle)
            self._leave_out(Code.RESOURCE, path, f"is more than {self._budget.depth} folders deep")
            return
        prefix = f"{path}/" if path else ""
        self._places.append(_Place(handle, prefix, key, []))
        with translated(path):
            self._list(self._places[-1])

    def _inside(self, key: Identity) -> bool:
        return any(place.identity == key for place in self._places)

    def _step_back(self) -> None:
        os.close(self._places.pop().handle)

    def _list(self, place: _Place) -> None:
        """Put the files of a folder into columns; its folders are left for later."""
        folder = Folder(place.prefix, place.identity, [], [], set(), {}, [])
        keep, keep_stamp = folder.names.append, folder.stamps.append
        entries = self._entries(place.handle)
        names = list(map(_NAME, entries))
        plain = _are_plain(place.prefix, names)
        for name, entry in zip(names, entries, strict=True):
            if not plain and not self._can_be_named(place.prefix, name):
                continue
            try:
                status = entry.stat(follow_symlinks=False)
                mode = status.st_mode
                # The way of nearly all files: regular, readable by everyone, of one name.
                if mode & _PLAIN != _READABLE_FILE and not self._is_file(
                    place, name, status, folder
                ):
                    continue
                keep(name)
                keep_stamp(stamp(status))
                if mode & stat.S_IXUSR:
                    folder.executables.add(name)
                if status.st_nlink > 1:
                    folder.shared[name] = status.st_nlink
            except OSError as cause:
                self._report(place.prefix + name, refusal(place.prefix + name, cause))
            except ReleaseError as error:
                self._report(place.prefix + name, error)
        if folder.names or folder.links:
            self._folders.append(folder)
        # The last is taken first.
        place.names.reverse()

    def _is_file(self, place: _Place, name: str, status: os.stat_result, folder: Folder) -> bool:
        """Tell whether this is a regular file; folders and links go where they belong."""
        path = place.prefix + name
        if stat.S_ISDIR(status.st_mode):
            place.names.append(name)
        elif stat.S_ISLNK(status.st_mode):
            with Trail(self._root, self._again) as trail:
                leaf = trail.follow(self._below + path)
            if leaf is None:
                place.names.append(name)
            else:
                require_regular(leaf.status, path)
                folder.links.append((name, stamp(leaf.status)))
        else:
            require_regular(status, path)
            _require_readable(place.handle, name, path)
            return True
        return False

    def _entries(self, handle: int) -> "list[os.DirEntry[str]]":
        """Return a folder's entries in order, as many as the budget has left."""
        found: list[os.DirEntry[str]] = []
        with os.scandir(handle) as entries:
            for entry in entries:
                self._left -= 1
                if self._left < 0:
                    break
                found.append(entry)
        found.sort(key=_NAME)
        return found

    def _can_be_named(self, prefix: str, name: str) -> bool:
        try:
            name.encode()
        except UnicodeEncodeError as cause:
            shown = prefix + os.fsencode(name).decode(errors="backslashreplace")
            error = refused(shown, Code.NAME_ENCODING, "is not in UTF-8", "rename the file")
            error.__cause__ = cause
            self._report(shown, error)
            return False
        try:
            RelPath(prefix + name)
        except InvalidValueError as cause:
            self._leave_out(cause.code, prefix + name, "has a name that cannot be written down")
            return False
        return True

    def _leave_out(self, code: Code, path: str, why: str) -> None:
        self._left_out.append(Limit(code, path, why))


def _are_plain(prefix: str, names: Sequence[str]) -> bool:
    """Tell whether no name among these can be wrong, at the cost of one look at all of them."""
    text = "".join(names)
    longest = max(map(len, names), default=0)
    return text.isascii() and text.isprintable() and len(prefix) + longest <= LONGEST_PATH


def _require_readable(folder: int, name: str, path: str) -> None:
    """Refuse early what opening would refuse; opening itself has the last word."""
    if not os.access(name, os.R_OK, dir_fd=folder, effective_ids=True, follow_symlinks=False):
        raise refused(path, Code.FS_PERMISSION, "may not be read", "grant read permission")
