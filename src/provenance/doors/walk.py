"""Walking a folder: which files are there, and what is wrong with what is there."""

import os
import stat
from collections.abc import Iterator

import attrs

from provenance.doors.names import name_hazards
from provenance.doors.trail import (
    FOLDER_FLAGS,
    Identity,
    Trail,
    identity,
    refused,
    require_regular,
    translated,
)
from provenance.errors import Code, InvalidValueError, ReleaseError
from provenance.values.hazard import Hazard, Limit
from provenance.values.inventory import Kind
from provenance.values.path import RelPath
from provenance.values.settings import Budget


@attrs.frozen
class Found:
    """One file: its path, size in bytes and kind; ``key`` is one for all names of the same bytes.

    ``links`` is the number of names that the file has on its disk, here and elsewhere.
    """

    path: RelPath
    size: int
    kind: Kind
    key: Identity
    links: int


@attrs.frozen
class Walk:
    """All files below a folder, sorted by path.

    ``complete`` is false when something is there that is not among ``files``; a hazard says what.
    """

    files: tuple[Found, ...]
    hazards: tuple[Hazard, ...]
    limits: tuple[Limit, ...]
    complete: bool


@attrs.frozen
class _Place:
    """A folder being walked: its handle, path with a final slash, identity and names left."""

    handle: int
    path: str
    identity: Identity
    names: Iterator[bytes]


def walk(root: int, budget: Budget, below: str = "") -> Walk:
    """List every file below the folder ``root``, which stays open; nothing is opened but folders.

    Only what lies ``below`` a folder of the root is listed, and named from there; links may lead
    anywhere inside the root. A link to a file is listed under its own path; a folder behind links
    is listed once.

    Raises:
        ReleaseError: EMPTY, NAME_ENCODING, FS_SPECIAL, FS_PERMISSION, FS_SYMLINK_ESCAPE,
            FS_SYMLINK_LOOP, FS_SYMLINK_BROKEN, FS_CHANGED, FS_IO.
    """
    walker = _Walker(root, budget, below)
    try:
        walker.run()
    finally:
        walker.close()
    return walker.result()


class _Walker:
    def __init__(self, root: int, budget: Budget, below: str) -> None:
        self._root = root
        self._below = f"{below}/" if below else ""
        self._budget = budget
        self._left = budget.files
        self._places: list[_Place] = []
        self._followed: set[Identity] = set()
        # The names seen of each file that has several, as (folder, name).
        self._names: dict[Identity, set[tuple[Identity, bytes]]] = {}
        self._files: list[Found] = []
        self._hazards: list[Hazard] = []
        self._limits: list[Limit] = []
        self._complete = True

    def close(self) -> None:
        for place in self._places:
            os.close(place.handle)
        self._places.clear()

    def result(self) -> Walk:
        files = tuple(sorted(self._files, key=lambda file: file.path.text))
        if not files and self._complete:
            raise ReleaseError(
                "the release has no files", hint="name the folder that holds them", code=Code.EMPTY
            )
        names = name_hazards(file.path.text for file in files)
        hazards = {*self._hazards, *names, *self._shared(files)}
        return Walk(files, tuple(sorted(hazards)), tuple(sorted(set(self._limits))), self._complete)

    def run(self) -> None:
        with Trail(self._root) as trail:
            if trail.follow(self._below.removesuffix("/") or "."):
                raise refused(self._below, Code.FS_SPECIAL, "is no folder", "name a folder")
            # A handle of its own, because it is closed with those of the folders below.
            self._push(os.dup(trail.folder), "")
        while self._places:
            place = self._places[-1]
            name = next(place.names, None)
            if name is None:
                os.close(self._places.pop().handle)
            elif self._left == 0:
                self._stop()
                return
            else:
                self._left -= 1
                self._visit(place, name)

    def _visit(self, place: _Place, name: bytes) -> None:
        path = place.path + _decoded(place.path, name)
        with translated(path):
            status = os.stat(name, dir_fd=place.handle, follow_symlinks=False)
        try:
            known = RelPath(path)
        except InvalidValueError as cause:
            self._leave_out(cause.code, path, "has a name that cannot be written down")
            return
        if stat.S_ISDIR(status.st_mode):
            with translated(path):
                handle = os.open(name, FOLDER_FLAGS, dir_fd=place.handle)
            self._push(handle, path)
        elif stat.S_ISLNK(status.st_mode):
            self._visit_link(known)
        else:
            require_regular(status, path)
            _require_readable(place, name, status, path)
            if status.st_nlink > 1:
                seen = self._names.setdefault(identity(status), set())
                seen.add((place.identity, name))
            runs = status.st_mode & stat.S_IXUSR
            self._add(known, status, Kind.EXECUTABLE if runs else Kind.FILE)

    def _visit_link(self, path: RelPath) -> None:
        with Trail(self._root) as trail:
            leaf = trail.follow(self._below + path.text)
            if leaf:
                require_regular(leaf.status, path.text)
                self._add(path, leaf.status, Kind.LINK)
                return
            key = identity(os.fstat(trail.folder))
            if key in self._followed and not self._inside(key):
                self._leave_out(
                    Code.RESOURCE, path.text, "leads to a folder that another link leads to"
                )
                return
            self._followed.add(key)
            self._push(os.dup(trail.folder), path.text)

    def _add(self, path: RelPath, status: os.stat_result, kind: Kind) -> None:
        found = Found(path, status.st_size, kind, identity(status), status.st_nlink)
        self._files.append(found)

    def _inside(self, key: Identity) -> bool:
        return any(place.identity == key for place in self._places)

    def _push(self, handle: int, path: str) -> None:
        """Take a folder's handle and walk it next, unless it is too deep or inside itself."""
        key = identity(os.fstat(handle))
        if self._inside(key):
            os.close(handle)
            raise refused(
                path, Code.FS_SYMLINK_LOOP, "is a link to a folder around it", "remove the link"
            )
        if len(self._places) > self._budget.depth:
            os.close(handle)
            self._leave_out(Code.RESOURCE, path, f"is more than {self._budget.depth} folders deep")
            return
        prefix = f"{path}/" if path else ""
        self._places.append(_Place(handle, prefix, key, iter(())))
        with translated(path):
            names = self._listed(handle)
        self._places[-1] = _Place(handle, prefix, key, iter(names))

    def _listed(self, handle: int) -> list[bytes]:
        """Return a folder's names in order; one more than the budget has left, at most."""
        names: list[bytes] = []
        with os.scandir(handle) as entries:
            for entry in entries:
                names.append(os.fsencode(entry.name))
                if len(names) > self._left:
                    break
        return sorted(names)

    def _leave_out(self, code: Code, path: str, why: str) -> None:
        self._complete = False
        self._hazards.append(Hazard(code, path, why))
        self._limits.append(Limit(code, path, why))

    def _stop(self) -> None:
        self._leave_out(
            Code.RESOURCE, "", f"holds more than {self._budget.files} files and folders"
        )

    def _shared(self, files: tuple[Found, ...]) -> Iterator[Hazard]:
        """Yield one hazard for each file that has a name outside this folder."""
        told: set[Identity] = set()
        for file in files:
            names = self._names.get(file.key, ())
            if file.key not in told and file.kind is not Kind.LINK and file.links > len(names) > 0:
                told.add(file.key)
                what = f"{file.links - len(names)} of its {file.links} names are elsewhere"
                yield Hazard(Code.FS_HARDLINK, file.path.text, what)


def _decoded(folder: str, name: bytes) -> str:
    try:
        return name.decode()
    except UnicodeDecodeError as cause:
        raise refused(
            folder + name.decode(errors="backslashreplace"),
            Code.NAME_ENCODING,
            "is not in UTF-8",
            "rename the file",
        ) from cause


def _require_readable(place: _Place, name: bytes, status: os.stat_result, path: str) -> None:
    """Refuse early what opening would refuse; opening itself has the last word."""
    everyone = stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH
    if status.st_mode & everyone != everyone and not os.access(
        name, os.R_OK, dir_fd=place.handle, effective_ids=True, follow_symlinks=False
    ):
        raise refused(path, Code.FS_PERMISSION, "may not be read", "grant read permission")
