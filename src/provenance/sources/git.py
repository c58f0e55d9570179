"""A linked source repository: pinned to one commit, listed, and read file by file."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import attrs

from provenance.doors.git import Fetched, Git, RemoteRef
from provenance.doors.git_objects import ObjectKind, Objects
from provenance.doors.git_process import Limits
from provenance.doors.git_redirect import moved_to
from provenance.errors import Code, SourceError, UsageError
from provenance.sources.git_lfs import pointer_hazards
from provenance.sources.git_pin import Chosen, Wanted, choose
from provenance.sources.git_tree import Entry, Mode, Tree, read_commit, walk
from provenance.text.canonical_json import Encodable, encode
from provenance.values.address import Address
from provenance.values.evidence import Capture, EvidenceKind
from provenance.values.hazard import Hazard
from provenance.values.locator import Locator
from provenance.values.revision import Commit
from provenance.values.settings import Settings
from provenance.values.source import Gitlink, PinnedSource

MEBIBYTE = 2**20
# Larger than any source file that is read; what is larger stays listed, without its size.
LARGEST_FILE = 4 * MEBIBYTE


@attrs.frozen
class GitFile:
    """A regular file at the pin: path, mode (100644 or 100755), blob id and size in bytes.

    ``size`` is ``None`` for a file that is too large to be read, or was not sent.
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
    ``gitlinks`` are the submodules that the tree names, at their commits; none is fetched.
    ``truncated`` is true when a file is listed whose bytes are not read.
    """

    pin: PinnedSource
    listing: Capture
    files: tuple[GitFile, ...]
    gitlinks: tuple[Gitlink, ...]
    hazards: tuple[Hazard, ...]
    truncated: bool
    refs: Capture | None
    _objects: Objects
    _by_path: Mapping[str, GitFile] = attrs.field(repr=False)
    _clock: Callable[[], datetime]

    @classmethod
    def fetch(
        cls,
        link: Locator | Wanted,
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
            SourceError: OFFLINE, URL_FORBIDDEN, LINK_DEAD, GIT_REF, GIT_MOVED, NETWORK, TIMEOUT,
                RESOURCE, GIT_FAILED.
            ReleaseError: GIT_CORRUPT, GIT_FSCK, GIT_SUBMODULE, for objects that are not what their
                names say, or break git's rules.
        """
        wanted = Wanted.of(link) if isinstance(link, Locator) else link
        if settings.offline:
            raise SourceError(
                f"{wanted.uri} was not fetched: offline",
                hint="leave --offline out to follow links",
                code=Code.OFFLINE,
            )
        bounds = limits or Limits(file=settings.budget.repository)
        git = Git.find(settings.allowed_origins, limits=bounds, network=settings.network)
        found = _find(git, wanted, settings.mirrored(wanted.uri), into)
        objects = Objects.at(found.fetched.repository)
        with objects:
            root = read_commit(objects, found.chosen.commit)
            tree = walk(objects, root, depth=settings.budget.depth)
            pointers = pointer_hazards(objects, tree.entries)
        pin = wanted.pinned(found.url, found.chosen, tree.oid)
        moment, seen, told = clock(), found.chosen.seen, Address.parse(found.url)
        files = tuple(_file(entry) for entry in tree.entries if entry.mode.regular)
        return cls(
            pin,
            _captured(EvidenceKind.LISTING, pin.address, moment, _tree(pin, tree)),
            files,
            tuple(_gitlinks(tree)),
            (*found.hazards, *tree.hazards, *pointers),
            any(file.size is None for file in files),
            _captured(EvidenceKind.REFS, told, moment, _refs(seen)) if seen else None,
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
            SourceError: RESOURCE, for a file that is too large, or was not sent.
            ReleaseError: RESOURCE for more than ``limit`` bytes; GIT_CORRUPT.
        """
        file = self._by_path.get(path)
        if file is None:
            raise UsageError(
                f"{path!a} is not listed", hint="read listed files only", code=Code.PATH_MISSING
            )
        if file.size is None:
            raise SourceError(
                f"{path!a} was not fetched: it is larger than {LARGEST_FILE} bytes, or not sent",
                hint="look at it by hand",
                code=Code.RESOURCE,
            )
        return self._objects.read(file.oid, ObjectKind.BLOB, limit)

    def size(self, path: str) -> int:
        """Return the size of a listed file in bytes; 0 for one whose bytes are not here."""
        return self._by_path[path].size or 0

    def captures(self, files: Mapping[str, bytes]) -> tuple[Capture, ...]:
        """Return the evidence that these files, which were read here, are; sorted by path."""
        moment = self._clock()
        return tuple(
            Capture(EvidenceKind.FILE, self.pin.address.file(path), _BYTES, moment, data)
            for path, data in sorted(files.items())
        )


_BYTES = "application/octet-stream"


def _file(entry: Entry) -> GitFile:
    # A server that knows no filter sends the large ones, too: they are no more read for that.
    size = entry.size if (entry.size or 0) <= LARGEST_FILE else None
    return GitFile(entry.path, entry.mode.value, entry.oid, size)


def _captured(
    kind: EvidenceKind, address: Address, moment: datetime, content: Encodable
) -> Capture:
    return Capture(kind, address, "application/json", moment, encode(content))


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


def _gitlinks(tree: Tree) -> Iterator[Gitlink]:
    for entry in tree.entries:
        if entry.mode is Mode.SUBMODULE:
            yield Gitlink(entry.path, entry.oid)


@attrs.frozen
class _Found:
    """A commit on this disk, where it was got from, and what is odd about that."""

    url: str
    chosen: Chosen
    fetched: Fetched
    hazards: tuple[Hazard, ...]


def _find(git: Git, wanted: Wanted, url: str, into: Path) -> _Found:
    """Fetch a repository from where it is now."""
    try:
        return _fetched(git, wanted, url, into)
    except SourceError as error:
        if error.code is not Code.GIT_MOVED:
            raise
        now = moved_to(url, named=git.named, resolver=git.resolver, network=git.network)
        if now == url:
            raise
    moved = Hazard(Code.GIT_MOVED, wanted.uri, f"{url} redirects to {now}")
    return _fetched(git, wanted, now, into, moved)


def _fetched(git: Git, wanted: Wanted, url: str, into: Path, *troubles: Hazard) -> _Found:
    chosen = choose(git, url, wanted, into)
    fetched = git.fetch(url, chosen.commit, into, largest=LARGEST_FILE)
    hazards = [*troubles, *chosen.hazards]
    if fetched.broken_rules:
        rules = ", ".join(fetched.broken_rules)
        taken = f"taken though it breaks rules of git's, all harmless: {rules}"
        hazards.append(Hazard(Code.GIT_FSCK, wanted.uri, taken))
    return _Found(url, chosen, fetched, tuple(hazards))
