"""Folders of the Hub's client that hold no release themselves, and where the releases are."""

import re
from pathlib import Path

from provenance.doors.disk import Root, read_limited
from provenance.errors import Code, ProvenanceError, UsageError
from provenance.sources.snapshot import snapshot_of
from provenance.values.path import RelPath

_REPOSITORY = re.compile(r"(?P<kind>models|datasets|spaces)--(?P<name>.+)")
_COMMIT = re.compile(r"[0-9a-f]{40}")
_INSIDE = frozenset({"snapshots", "refs", "blobs", "trees", ".no_exist"})
_KINDS = {"models": "a model", "datasets": "a dataset", "spaces": "a space"}
# Enough to see what a folder is, and to name a few of what is in it.
_MOST = 10_000
_SHOWN = 3
_LONGEST_REF = 128


def require_release(folder: Path) -> None:
    """Refuse a folder of the client's cache that stands around releases, and holds none itself.

    Raises:
        UsageError: REF, with the folder to name instead.
    """
    whole = folder.resolve()
    place = whole.parent if whole.name in _INSIDE else whole
    if match := _REPOSITORY.fullmatch(place.name):
        if place != whole or {"snapshots", "refs"} & {*_names(place)}:
            raise _of_repository(place, match["kind"])
        return
    if commit := _commit_around(whole):
        raise UsageError(
            f"{str(whole)!r} is a folder inside a commit of a model in a client's cache",
            hint=f"name the commit: {commit}",
            code=Code.REF,
        )
    above = _REPOSITORY.fullmatch(whole.parent.parent.name)
    if above and above["kind"] != "models" and whole.parent.name == "snapshots":
        raise UsageError(
            f"this folder is a commit of {_KINDS[above['kind']]}, "
            f"{above['name'].replace('--', '/')}, and not of a model",
            hint="name a model's folder, or org/name",
            code=Code.REF,
        )
    if inside := [one for one in _names(whole) if _is_repository(whole / one)]:
        raise _of_cache(whole, inside)


def _commit_around(folder: Path) -> Path | None:
    """Return the commit's folder that a folder lies in, deeper than the commit itself."""
    return next((one for one in folder.parents if snapshot_of(one)), None)


def _is_repository(place: Path) -> bool:
    return _REPOSITORY.fullmatch(place.name) is not None and "snapshots" in _names(place)


def _of_cache(cache: Path, inside: list[str]) -> UsageError:
    many = "1 repository" if len(inside) == 1 else f"{len(inside)} repositories"
    first = cache / next((one for one in inside if one.startswith("models--")), inside[0])
    return UsageError(
        f"{str(cache)!r} is the cache of the Hub's client, with {many} in it",
        hint=f"name a commit of one of them, for example {_main(first) or first}",
        code=Code.REF,
    )


def _of_repository(place: Path, kind: str) -> UsageError:
    commits = [one for one in _names(place / "snapshots") if _COMMIT.fullmatch(one)]
    many = "1 commit" if len(commits) == 1 else f"{len(commits)} commits"
    return UsageError(
        f"{str(place)!r} is the folder of {_KINDS[kind]} in the cache of the Hub's client, "
        f"with {many} in it",
        hint=_which(place, commits),
        code=Code.REF,
    )


def _which(place: Path, commits: list[str]) -> str:
    main = _main(place)
    others = [one for one in commits if main is None or one != main.name]
    shown = ", ".join(str(place / "snapshots" / one) for one in others[:_SHOWN])
    more = f" and {len(others) - _SHOWN} more" if len(others) > _SHOWN else ""
    if main is not None:
        besides = f"; besides it there are {shown}{more}" if others else ""
        return f"name {main}, the commit that refs/main names{besides}"
    return f"name a commit: {shown}{more}" if others else "download the release: none is here"


def _main(place: Path) -> Path | None:
    """Return the folder of the commit that the cache's ``refs/main`` names, if it is here."""
    try:
        with Root(place) as root, root.open(RelPath("refs/main")) as file:
            commit = read_limited(file, _LONGEST_REF).decode("ascii", "replace").strip()
    except ProvenanceError:
        return None
    here = _COMMIT.fullmatch(commit) and commit in _names(place / "snapshots")
    return place / "snapshots" / commit if here else None


def _names(folder: Path) -> tuple[str, ...]:
    try:
        with Root(folder) as root:
            return root.names(_MOST)
    except ProvenanceError:
        return ()
