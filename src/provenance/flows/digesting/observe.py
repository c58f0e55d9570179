"""Digesting: every file of a release is read, hashed, and held against its server's word."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Protocol, runtime_checkable

import attrs

from provenance.doors.clock import now_ns
from provenance.doors.descriptor import descriptor_of, stamp_of
from provenance.errors import Code, ProvenanceError, ReleaseError
from provenance.flows.digesting.known_digests import Memory
from provenance.hashing.engine import digest_files
from provenance.hashing.plan import within
from provenance.hashing.wants import Want
from provenance.hashing.work import Files, Outcome
from provenance.ports.progress import Progress
from provenance.ports.source import Source
from provenance.sources.hub import HubSource
from provenance.sources.hub_download import Brought
from provenance.stores.digest_cache import DigestCache
from provenance.values.digest import Algorithm, Digest, DigestSet
from provenance.values.hazard import Limit
from provenance.values.inventory import FileEntry, How, Inventory
from provenance.values.listing import Listing
from provenance.values.observation import Observation
from provenance.values.path import RelPath
from provenance.values.settings import Settings
from provenance.values.stamp import Stamp
from provenance.weights.table import ENDINGS


@runtime_checkable
class _OnDisk(Files, Protocol):
    """A source whose files lie on this disk as they are, and were looked at when listed."""

    def stamp(self, path: RelPath) -> Stamp | None: ...


@attrs.frozen
class _Opened:
    """Opens the files of any other source, and notes what each was when it was opened."""

    source: Source
    stamps: dict[str, Stamp] = attrs.field(factory=dict)

    @contextmanager
    def within(self, folder: str) -> Iterator[Callable[[str], int]]:
        def open_file(name: str) -> int:
            descriptor = descriptor_of(self.source.open(RelPath(folder + name)))
            self.stamps[folder + name] = stamp_of(descriptor, folder + name)
            return descriptor

        yield open_file


def observe(
    source: Source,
    listing: Listing,
    *,
    settings: Settings,
    progress: Progress,
    most: bool = False,
) -> Observation:
    """Read and hash the listed files, each once, in as many threads as the settings say.

    Every file gets the digests that the settings name, and its git blob id where the server claims
    one. What the settings leave unread (weights, files beyond the budget) keeps what the listing
    says, and is a limit. So is, where ``most`` is enough, a file that the Hub lists and cannot give
    (a few of them: where none can be had, that is an error).

    Raises:
        ReleaseError: HUB_MISMATCH, when bytes are not what the server claims; else that of the
            first file, in order of path, that cannot be read as it was listed.
        SourceError: when files cannot be had.
        ToolError: when there is no room for them.
    """
    skipped, wanted = _wanted(listing.inventory, source, settings)
    plan = within(wanted, settings.budget)
    paths = {want.path: RelPath(want.path) for want in plan.wants}
    brought = _bring(source, tuple(paths.values()), progress, most=most)
    came = brought.came
    found = {path: (How.READ, digests) for path, digests in came.items()}
    wants = [want for want in plan.wants if paths[want.path] not in brought.lost]
    left = [want for want in wants if not _has_all(came.get(paths[want.path]), want)]
    files = files_of(source)
    with _remembering(settings, progress) as memory:
        for want, how, outcome in _outcomes(left, files, memory, settings, progress):
            if isinstance(outcome, ProvenanceError):
                raise outcome
            found[paths[want.path]] = how, _digest_set(want, outcome)
    entries = tuple(_observed(entry, found.get(entry.path)) for entry in listing.inventory)
    _require_claims(entries)
    return Observation(
        Inventory(entries, listing.inventory.complete),
        plan.hazards,
        tuple(sorted((*plan.limits, *skipped, *_lost(brought)))),
        _stamps(wants, files, came),
    )


def _bring(source: Source, paths: Sequence[RelPath], progress: Progress, *, most: bool) -> Brought:
    if most and isinstance(source, HubSource):
        return source.bring_most(paths, progress)
    return Brought(source.prepare(paths, progress))


def _lost(brought: Brought) -> Iterator[Limit]:
    for path, error in brought.lost.items():
        yield Limit(error.code, path.text, f"it was not read: {error.what}")


def _stamps(
    wants: Iterable[Want], files: Files, came: Mapping[RelPath, DigestSet]
) -> Mapping[RelPath, Stamp]:
    """Return what weight files were when they were hashed: here, or on their way here."""
    found: dict[RelPath, Stamp] = {}
    for want in wants:
        path = RelPath(want.path)
        if path.suffix not in ENDINGS:
            continue
        stamp = files.stamps.get(want.path) if isinstance(files, _Opened) else want.stamp
        if path in came and isinstance(files, _OnDisk):
            stamp = files.stamp(path)
        if stamp:
            found[path] = stamp
    return found


def _wanted(
    inventory: Inventory, source: Source, settings: Settings
) -> tuple[tuple[Limit, ...], tuple[Want, ...]]:
    """Return what not to read, and what to read, in order of path."""
    limits: list[Limit] = []
    wants: list[Want] = []
    for entry in inventory:
        if not settings.weights and entry.path.suffix in ENDINGS:
            why = f"its {entry.size} bytes were not read: the caller left the weights out"
            limits.append(Limit(Code.NOT_COVERED, entry.path.text, why))
        else:
            git_blob = (Algorithm.GIT_BLOB,) if entry.claimed.git_blob else ()
            algorithms = tuple(dict.fromkeys((*settings.algorithms, *git_blob)))
            wants.append(want_of(entry, source, algorithms))
    return tuple(limits), tuple(wants)


def want_of(entry: FileEntry, source: Source, algorithms: tuple[Algorithm, ...]) -> Want:
    """Return what to hash of a listed file; what it was when listed, where that was looked at."""
    folder = f"{entry.path.parent}/" if entry.path.parent else ""
    stamp = source.stamp(entry.path) if isinstance(source, _OnDisk) else None
    return Want(folder, entry.path.name, entry.size, stamp, algorithms)


def files_of(source: Source) -> Files:
    """Return how the files of any source are opened."""
    return source if isinstance(source, _OnDisk) else _Opened(source)


def _has_all(digests: DigestSet | None, want: Want) -> bool:
    return digests is not None and all(digests.get(one) for one in want.algorithms)


def _digest_set(want: Want, digests: tuple[bytes, ...]) -> DigestSet:
    pairs = zip(want.algorithms, digests, strict=True)
    return DigestSet(tuple(Digest(name, value) for name, value in pairs))


@contextmanager
def _remembering(settings: Settings, progress: Progress) -> Iterator[Memory | None]:
    if settings.digest_cache is None:
        yield None
        return
    folder, report = settings.digest_cache, progress.step
    with DigestCache.open(folder, report=report, clock_ns=now_ns) as cache:
        yield Memory(cache)


def _outcomes(
    wants: Sequence[Want],
    files: Files,
    memory: Memory | None,
    settings: Settings,
    progress: Progress,
) -> Iterator[tuple[Want, How, Outcome]]:
    """Yield what is known of each file, and then what was read of the others."""
    known = memory.recall_each(wants) if memory else [None] * len(wants)
    for want, digests in zip(wants, known, strict=True):
        if memory and digests:
            yield want, memory.how, digests
    left = [want for want, digests in zip(wants, known, strict=True) if digests is None]
    started_ns = now_ns()
    outcomes = digest_files(left, files, threads=settings.jobs, progress=progress)
    if memory:
        memory.keep(left, outcomes, started_ns)
    for want, outcome in zip(left, outcomes, strict=True):
        yield want, How.READ, outcome


def _observed(entry: FileEntry, found: tuple[How, DigestSet] | None) -> FileEntry:
    return attrs.evolve(entry, how=found[0], digests=found[1]) if found else entry


def _require_claims(entries: Iterable[FileEntry]) -> None:
    """Refuse a release of which any byte is not what its server says."""
    broken = [
        entry
        for entry in entries
        if entry.observed and any(entry.digests.get(one.algorithm) != one for one in entry.claimed)
    ]
    if broken:
        first = broken[0]
        claimed = ", ".join(map(str, first.claimed))
        more = f"; so do {len(broken) - 1} more files" if broken[1:] else ""
        raise ReleaseError(
            f"{first.path.text[:200]!a} differs from what its server claims ({claimed}){more}",
            hint="delete what was downloaded and try again; if it stays so, do not use it",
            code=Code.HUB_MISMATCH,
        )
