"""The files of a model as they are today: listed, and hashed as a model signature says."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import assert_never

import attrs

from provenance.doors.disk import Root
from provenance.doors.named_file import is_file
from provenance.errors import Code, ProvenanceError, ReleaseError, VerificationError
from provenance.hashing.engine import digest_files
from provenance.hashing.shards import digest_shards
from provenance.hashing.wants import Want
from provenance.hashing.work import Outcome
from provenance.ports.progress import Progress
from provenance.sources.local import LocalSource
from provenance.sources.single_file import SingleFile
from provenance.sources.snapshot import snapshot_of
from provenance.values.digest import Algorithm, Digest
from provenance.values.inventory import FileEntry, Inventory, Kind
from provenance.values.model_signature import Method, Resource, Serialization, Span
from provenance.values.path import RelPath
from provenance.values.ref import Ref, Scheme
from provenance.values.settings import Settings
from provenance.wire.oms_ignore import covers

# Where the Hub's client notes what it downloaded.
DOWNLOAD_NOTES = RelPath(".cache/huggingface")

_ANY = Ref(Scheme.LOCAL, "model")


@attrs.frozen
class ModelFiles:
    """Today's files of a model, not read yet.

    ``left_out`` names files of today that are not among them, ``noted`` says the same of a
    download's notes; ``single`` tells a model that is a file from one that is a folder.
    """

    name: str
    files: Inventory
    source: LocalSource | SingleFile
    left_out: tuple[str, ...] = ()
    noted: tuple[str, ...] = ()
    single: bool = False

    @property
    def links(self) -> tuple[RelPath, ...]:
        """Return the files that are links."""
        return tuple(entry.path for entry in self.files if entry.kind is Kind.LINK)


def model_files(
    target: Path,
    *,
    left_out: frozenset[str],
    settings: Settings,
    clock: Callable[[], datetime],
    follow: bool,
) -> ModelFiles:
    """List a model: a folder, or a single file.

    Args:
        target: where it is.
        left_out: paths that are no part of it, each with all below it.
        settings: how many files, and folders in folders, to look at.
        clock: tells the moment of the listing.
        follow: whether links may be part of it, while they lead to its own files. In the cache of
            the Hub's client every file is a link, and is taken as the file.

    Raises:
        UsageError: PATH_MISSING.
        ReleaseError: for what no release may hold; EMPTY; FS_SYMLINK for a link that is not
            followed; INVENTORY_INCOMPLETE when something cannot be listed.
    """
    if is_file(target):
        single = SingleFile(target)
        files = Inventory((single.entry(),))
        return ModelFiles(target.name, files, single, single=True)
    source = LocalSource(target, name=_ANY, budget=settings.budget, clock=clock)
    listing = source.listing()
    if not listing.inventory.complete:
        raise ReleaseError(
            "something is there that cannot be listed, and so cannot be covered",
            hint="an audit of the folder says what it is",
            code=Code.INVENTORY_INCOMPLETE,
        )
    kept = [one for one in listing.inventory if not covers(left_out, one.path.text)]
    out = tuple(one.path.text for one in listing.inventory if covers(left_out, one.path.text))
    noted = tuple(one.what for one in listing.limits if one.code is Code.NOT_COVERED)
    if snapshot_of(target) is None and not follow:
        _require_no_link(target, kept)
    return ModelFiles(target.resolve().name, Inventory(kept), source, out, noted)


def hash_model(
    model: ModelFiles,
    wanted: frozenset[RelPath],
    serialization: Serialization,
    *,
    settings: Settings,
    progress: Progress,
) -> tuple[Resource, ...]:
    """Read and hash the wanted files of a model, as its serialization says.

    Raises:
        ReleaseError: that of the first file, in order of path, that cannot be read as listed.
        ToolError: PACKAGE_MISSING.
    """
    algorithm = serialization.hash_type
    wants = [_want(model, entry, algorithm) for entry in model.files if entry.path in wanted]
    match serialization.method:
        case Method.FILES:
            outcomes = digest_files(wants, model.source, threads=settings.jobs, progress=progress)
            return tuple(map(_whole, wants, outcomes))
        case Method.SHARDS:
            if serialization.shard_size is None:
                raise VerificationError(
                    "the size of the shards is not known", hint="name one", code=Code.OMS_SHARDS
                )
            shards = digest_shards(
                wants,
                model.source,
                size=serialization.shard_size,
                threads=settings.jobs,
                progress=progress,
            )
            return tuple(
                Resource(RelPath(one.path), Digest(algorithm, one.digest), Span(one.begin, one.end))
                for one in shards
            )
        case _:
            assert_never(serialization.method)


def _want(model: ModelFiles, entry: FileEntry, algorithm: Algorithm) -> Want:
    folder = f"{entry.path.parent}/" if entry.path.parent else ""
    stamp = model.source.stamp(entry.path)
    return Want(folder, entry.path.name, entry.size, stamp, (algorithm,))


def _whole(want: Want, outcome: Outcome) -> Resource:
    if isinstance(outcome, ProvenanceError):
        raise outcome
    return Resource(RelPath(want.path), Digest(want.algorithms[0], outcome[0]))


def _require_no_link(target: Path, entries: Sequence[FileEntry]) -> None:
    """Refuse links to files, and folders that are links, which every verifier sees otherwise."""
    link = next((one.path for one in entries if one.kind is Kind.LINK), None)
    folders = {one.path.parent for one in entries} - {""}
    every = {folder[:end] for folder in folders for end in _ends(folder)}
    with Root(target) as root:
        found = link or next(
            (path for path in map(RelPath, sorted(every)) if root.leads_to(path) is not None), None
        )
    if found is not None:
        raise ReleaseError(
            f"{found.text[:200]!a} is a link, and links are not followed here",
            hint="put the file itself there, or sign and verify with --allow-symlinks",
            code=Code.FS_SYMLINK,
        )


def _ends(folder: str) -> list[int]:
    """Return where the parts of a path end: a folder around another may be the link."""
    return [*(at for at, char in enumerate(folder) if char == "/"), len(folder)]
