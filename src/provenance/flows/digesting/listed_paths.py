"""Listing what a caller named: every file of some folders, and some files, in columns."""

from collections.abc import Sequence
from pathlib import Path

import attrs

from provenance.doors.places import Place, Places
from provenance.errors import Code, ProvenanceError, ReleaseError
from provenance.hashing.wants import Columns
from provenance.sources.snapshot import snapshot_of
from provenance.values.digest_list import Trouble
from provenance.values.hazard import Limit
from provenance.values.settings import Budget
from provenance.values.stamp import Stamp


@attrs.define
class Listed:
    """Files in columns, and what could not be listed.

    ``shown`` are the paths as the caller knows them, ``columns`` where ``places`` has the files.
    """

    places: Places
    shown: list[str] = attrs.Factory(list)
    columns: Columns = attrs.Factory(lambda: Columns([], [], []))
    troubles: list[Trouble] = attrs.Factory(list)

    def add(self, shown: list[str], folder: str, names: list[str], stamps: list[Stamp]) -> None:
        """Add files of one folder."""
        self.shown += shown
        self.columns.folders.extend([folder] * len(names))
        self.columns.names.extend(names)
        self.columns.stamps.extend(stamps)


def list_paths(paths: Sequence[Path], budget: Budget) -> Listed:
    """List files and folders; nothing is read, and trouble with one stops no other.

    Files of a single folder are shown by their path inside it, all others as the caller typed them.
    A folder's links may lead to files inside it, and inside the cache of the Hub's client if it
    lies there; a link that the caller names is followed wherever it leads.
    """
    alone = len(paths) == 1
    paths = list(dict.fromkeys(paths))
    places = [_place(path) for path in paths]
    listed = Listed(Places(places))
    for number, path in enumerate(paths):
        try:
            if not path.exists():
                listed.troubles.append(Trouble(str(path), Code.PATH_MISSING, _missing(path)))
            elif path.is_dir():
                _add_folder(listed, number, "" if alone else f"{path}/", budget)
            else:
                name = path.resolve().name
                found = listed.places.root(number).stamp(name)
                listed.add([str(path)], f"{number}:", [name], [found])
        except ProvenanceError as error:
            listed.troubles.append(Trouble(str(path), error.code, error.what))
    return listed


def trouble_with(shown: str, inside: str, error: ProvenanceError) -> Trouble:
    """Return the trouble with a file; its message names the path that the caller knows.

    Args:
        shown: that path.
        inside: where the places have the file, as the error's message names it.
        error: what happened.
    """
    what = error.what.replace(f"{inside[:200]!a}", f"{shown[:200]!a}", 1)
    return Trouble(shown, error.code, what)


def _missing(path: Path) -> str:
    return f"there is nothing at {str(path)[:200]!a}"


def _place(path: Path) -> Place:
    if not path.is_dir():
        return Place(path.resolve().parent)
    snapshot = snapshot_of(path)
    return Place(snapshot.root, snapshot.below) if snapshot else Place(path)


def _add_folder(listed: Listed, number: int, prefix: str, budget: Budget) -> None:
    def report(path: str, error: ReleaseError) -> None:
        listed.troubles.append(Trouble(prefix + path, error.code, error.what))

    scan = listed.places.root(number).scan(budget, report)
    for folder in scan.folders:
        key, shown = f"{number}:{folder.prefix}", prefix + folder.prefix
        paths = [shown + name for name in folder.names]
        listed.add(paths, key, folder.names, folder.stamps)
        for name, found in folder.links:
            listed.add([shown + name], key, [name], [found])
    listed.troubles += [_left_out(prefix, limit) for limit in scan.left_out]


def _left_out(prefix: str, limit: Limit) -> Trouble:
    return Trouble(prefix + limit.what, limit.code, f"{limit.what[:200]!a} {limit.why}")
