"""Walking a release's folder: which files are there, and what is wrong with what is there."""

from collections.abc import Iterable, Iterator

import attrs

from provenance.doors.names import name_hazards
from provenance.doors.scan import Folder, scan
from provenance.errors import Code, ReleaseError
from provenance.values.hazard import Hazard, Limit
from provenance.values.inventory import Kind
from provenance.values.path import RelPath
from provenance.values.settings import Budget
from provenance.values.stamp import SIZE, Stamp


@attrs.frozen
class Found:
    """One file: its path and kind, and its stamp, which all names of the same bytes share.

    ``links`` is the number of names that the file has on its disk, here and elsewhere; 1 for a
    symbolic link.
    """

    path: RelPath
    kind: Kind
    stamp: Stamp
    links: int

    @property
    def size(self) -> int:
        """Return the size in bytes."""
        return self.stamp[SIZE]


@attrs.frozen
class Walk:
    """All files below a folder, sorted by path.

    ``complete`` is false when something is there that is not among ``files``; a hazard says what.
    """

    files: tuple[Found, ...]
    hazards: tuple[Hazard, ...]
    limits: tuple[Limit, ...]
    complete: bool


def walk(root: int, budget: Budget, below: str = "") -> Walk:
    """List every file below the folder ``root``: see :func:`provenance.doors.scan.scan`.

    What no release may hold is refused, and not only told of. Only in a cache, where ``below`` is
    not the root, a link whose bytes are not here is a file that did not come: it is left out.

    Raises:
        ReleaseError: EMPTY, NAME_ENCODING, FS_SPECIAL, FS_PERMISSION, FS_SYMLINK_ESCAPE,
            FS_SYMLINK_LOOP, FS_SYMLINK_BROKEN, FS_CHANGED, FS_IO.
    """
    absent: list[Limit] = []

    def report(path: str, error: ReleaseError) -> None:
        if not below or error.code is not Code.FS_SYMLINK_BROKEN:
            raise error
        absent.append(Limit(error.code, path, "its bytes are not in the cache"))

    scanned = scan(root, budget, report, below)
    files = tuple(sorted(_files(scanned.folders), key=lambda file: file.path.text))
    complete = scanned.complete and not absent
    if not files and complete:
        raise ReleaseError(
            "the release has no files", hint="name the folder that holds them", code=Code.EMPTY
        )
    left = {*scanned.left_out, *absent}
    left_out = {Hazard(one.code, one.what, one.why) for one in left}
    names = name_hazards(file.path.text for file in files)
    hazards = {*left_out, *names, *_shared(files, scanned.folders)}
    return Walk(files, tuple(sorted(hazards)), tuple(sorted(left)), complete)


def _files(folders: Iterable[Folder]) -> Iterator[Found]:
    for folder in folders:
        for name, stamp in zip(folder.names, folder.stamps, strict=True):
            kind = Kind.EXECUTABLE if name in folder.executables else Kind.FILE
            yield Found(RelPath(folder.prefix + name), kind, stamp, folder.shared.get(name, 1))
        for name, stamp in folder.links:
            yield Found(RelPath(folder.prefix + name), Kind.LINK, stamp, 1)


def _shared(files: Iterable[Found], folders: Iterable[Folder]) -> Iterator[Hazard]:
    """Yield one hazard for each file that has a name outside this folder."""
    here: dict[Stamp, set[tuple[tuple[int, int], str]]] = {}
    for folder in folders:
        if folder.shared:
            for name, stamp in zip(folder.names, folder.stamps, strict=True):
                if name in folder.shared:
                    # A folder behind a link comes twice, with the same names.
                    here.setdefault(stamp, set()).add((folder.identity, name))
    for file in files:
        if file.kind is not Kind.LINK and (names := here.pop(file.stamp, None)):
            elsewhere = file.links - len(names)
            if elsewhere > 0:
                what = f"{elsewhere} of its {file.links} names are elsewhere"
                yield Hazard(Code.FS_HARDLINK, file.path.text, what)
