"""A linked source repository: pinned to one commit, listed, and read file by file."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self, assert_never

import attrs

from provenance.doors.git import Git, RemoteRef
from provenance.doors.git_objects import ObjectKind, Objects
from provenance.doors.git_process import Limits
from provenance.errors import Code, SourceError, UsageError
from provenance.sources.git_tree import Entry, Tree, read_commit, walk
from provenance.text.canonical_json import Encodable, encode
from provenance.values.evidence import Capture, EvidenceKind
from provenance.values.hazard import Hazard
from provenance.values.locator import Locator, LocatorKind
from provenance.values.revision import Commit, Named, Revision
from provenance.values.settings import Settings
from provenance.values.source import HowPinned, PinnedSource

MEBIBYTE = 2**20
# Larger than any source file that is read; what is larger stays listed, without its size.
LARGEST_FILE = 4 * MEBIBYTE


@attrs.frozen
class GitFile:
    """A regular file at the pin: path, mode (100644 or 100755), blob id and size in bytes.

    ``size`` is ``None`` for a file that was too large to be fetched.
    """

    path: str
    mode: str
    oid: Commit
    size: int | None


@attrs.frozen(eq=False)
class GitSource:
    """A linked repository at its pin. Files are in the order of the tree; one thread reads.

    ``listing`` is the capture of the whole tree: path, mode, object id and size of each entry;
    ``refs`` that of the names which the pin was chosen from, where a name was followed.
    ``truncated`` is true when a file is listed whose bytes were not fetched.
    """

    pin: PinnedSource
    listing: Capture
    files: tuple[GitFile, ...]
    hazards: tuple[Hazard, ...]
    truncated: bool
    refs: Capture | None
    _objects: Objects
    _by_path: Mapping[str, GitFile] = attrs.field(repr=False)
    _clock: Callable[[], datetime]

    @classmethod
    def fetch(
        cls,
        locator: Locator,
        *,
        settings: Settings,
        into: Path,
        clock: Callable[[], datetime],
        limits: Limits | None = None,
    ) -> Self:
        """Pin the linked repository and fetch that one commit into the empty folder ``into``.

        Raises:
            UsageError: for a locator of another kind.
            ToolError: GIT_MISSING.
            SourceError: OFFLINE, URL_FORBIDDEN, LINK_DEAD, GIT_REF, NETWORK, TIMEOUT, RESOURCE,
                GIT_FAILED.
            ReleaseError: GIT_CORRUPT, for objects that are not what their names say.
        """
        if locator.kind is not LocatorKind.GIT:
            raise UsageError(f"{locator} is not a git repository", hint="follow git links only")
        if settings.offline:
            raise SourceError(
                f"{locator.uri} was not fetched: offline",
                hint="leave --offline out to follow links",
                code=Code.OFFLINE,
            )
        bounds = limits or Limits(file=settings.budget.repository)
        git = Git.find(named=settings.allowed_origins, limits=bounds)
        url = settings.mirrored(locator.uri)
        commit, how, seen = _pin(git, url, locator.revision)
        objects = Objects.at(git.fetch(url, commit, into, largest=LARGEST_FILE))
        with objects:
            tree = walk(objects, read_commit(objects, commit), depth=settings.budget.depth)
        pin = PinnedSource(locator.uri, url, commit, tree.oid, how)
        moment = clock()
        refs = _captured(EvidenceKind.REFS, url, moment, _refs(seen)) if seen else None
        files = tuple(_file(entry) for entry in tree.entries if entry.mode.regular)
        return cls(
            pin,
            _captured(EvidenceKind.LISTING, _name(pin), moment, _tree(pin, tree)),
            files,
            tree.hazards,
            any(file.size is None for file in files),
            refs,
            objects,
            {file.path: file for file in files},
            clock,
        )

    def __enter__(self) -> Self:
        """Return the source: its processes are ended at the end."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the processes that read the objects."""
        self.close()

    def close(self) -> None:
        """End the processes that read the objects; a second call does nothing."""
        self._objects.close()

    def read(self, path: str, limit: int = LARGEST_FILE) -> bytes:
        """Return the bytes of a listed file, hashed again.

        Raises:
            UsageError: for a path that is not among ``files``.
            SourceError: RESOURCE, for a file that was too large to be fetched.
            ReleaseError: RESOURCE for more than ``limit`` bytes; GIT_CORRUPT.
        """
        file = self._by_path.get(path)
        if file is None:
            raise UsageError(
                f"{path!a} is not listed", hint="read listed files only", code=Code.PATH_MISSING
            )
        if file.size is None:
            raise SourceError(
                f"{path!a} is larger than {LARGEST_FILE} bytes and was not fetched",
                hint="look at it by hand",
                code=Code.RESOURCE,
            )
        return self._objects.read(file.oid, ObjectKind.BLOB, limit)

    def captures(self, files: Mapping[str, bytes]) -> tuple[Capture, ...]:
        """Return the evidence that these files, which were read here, are; sorted by path."""
        moment = self._clock()
        return tuple(
            Capture(EvidenceKind.FILE, f"{_name(self.pin)}/{path}", _BYTES, moment, data)
            for path, data in sorted(files.items())
        )


_BYTES = "application/octet-stream"


def _name(pin: PinnedSource) -> str:
    return f"git:{pin.uri}@{pin.commit}"


def _file(entry: Entry) -> GitFile:
    return GitFile(entry.path, entry.mode.value, entry.oid, entry.size)


def _captured(kind: EvidenceKind, uri: str, moment: datetime, content: Encodable) -> Capture:
    return Capture(kind, uri, "application/json", moment, encode(content))


def _tree(pin: PinnedSource, tree: Tree) -> Encodable:
    entries = [
        {"mode": entry.mode.value, "oid": entry.oid.hex, "path": entry.path, "size": entry.size}
        for entry in tree.entries
    ]
    return {"commit": pin.commit.hex, "entries": entries, "tree": pin.tree.hex}


def _refs(seen: tuple[RemoteRef, ...]) -> Encodable:
    return [
        {"name": ref.name, "oid": ref.oid.hex, "peeled": ref.peeled.hex if ref.peeled else None}
        for ref in seen
    ]


def _pin(
    git: Git, url: str, revision: Revision | None
) -> tuple[Commit, HowPinned, tuple[RemoteRef, ...]]:
    """Return the commit that a revision stands for, why, and the names that were seen."""
    match revision:
        case Commit():
            return revision, HowPinned.COMMIT_IN_LINK, ()
        case Named():
            return _named(git, url, revision.name)
        case None:
            seen = git.ls_remote(url, ("HEAD",))
            for ref in seen:
                if ref.name == "HEAD":
                    return ref.oid, HowPinned.DEFAULT_BRANCH, seen
            raise _no_such(url, "default branch")
        case _:
            assert_never(revision)


def _named(git: Git, url: str, name: str) -> tuple[Commit, HowPinned, tuple[RemoteRef, ...]]:
    """Look a name up as git does: a tag goes before a branch."""
    tag = f"refs/tags/{name.removeprefix('refs/tags/')}"
    branch = f"refs/heads/{name.removeprefix('refs/heads/')}"
    seen = git.ls_remote(url, (tag, f"{tag}^{{}}", branch))
    found = {ref.name: ref for ref in seen}
    if tag in found:
        return found[tag].peeled or found[tag].oid, HowPinned.TAG_IN_LINK, seen
    if branch in found:
        return found[branch].oid, HowPinned.BRANCH_IN_LINK, seen
    raise _no_such(url, f"tag or branch {name!r}")


def _no_such(url: str, what: str) -> SourceError:
    return SourceError(
        f"{url} has no {what}",
        hint="check the commit, branch or tag that the link names",
        code=Code.GIT_REF,
    )
