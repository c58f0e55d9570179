"""Digesting: every file of a release is read, hashed, and held against its server's word."""

from collections.abc import Hashable, Iterable
from typing import Protocol, assert_never, runtime_checkable

import attrs

from provenance.errors import Code, ReleaseError
from provenance.hashing.engine import Failed, Hashed, digest_files
from provenance.hashing.plan import Job, within
from provenance.ports.progress import Progress
from provenance.ports.source import Source
from provenance.values.digest import Algorithm, DigestSet
from provenance.values.hazard import Hazard, Limit
from provenance.values.inventory import FileEntry, How, Inventory
from provenance.values.listing import Listing
from provenance.values.path import RelPath
from provenance.values.settings import Settings
from provenance.wire.statement import WEIGHT_SUFFIXES


@attrs.frozen
class Observation:
    """A release's files with the digests that we took, and what else came to light.

    ``hazards`` and ``limits`` are those of the reading; the listing's own stay with the listing.
    """

    inventory: Inventory
    hazards: tuple[Hazard, ...] = ()
    limits: tuple[Limit, ...] = ()


@runtime_checkable
class _Named(Protocol):
    """A source that knows which of its paths are names of one file."""

    def key(self, path: RelPath) -> Hashable: ...


def observe(
    source: Source, listing: Listing, *, settings: Settings, progress: Progress
) -> Observation:
    """Read and hash the listed files, each once, in as many threads as the settings say.

    Every file gets its SHA-256, and its git blob id where the server claims one. What the settings
    leave unread (weights, files beyond the budget) keeps what the listing says, and is a limit.

    Raises:
        ReleaseError: HUB_MISMATCH, when bytes are not what the server claims; else that of the
            first file, in order of path, that cannot be read as it was listed.
        SourceError: when files cannot be had.
        ToolError: when there is no room for them.
    """
    skipped, jobs = _jobs(source, listing.inventory, weights=settings.weights)
    plan = within(jobs, settings.budget)
    digests = dict(source.prepare([job.path for job in plan.jobs], progress))
    left = [job for job in plan.jobs if job.path not in digests]
    results = digest_files(left, source.open, threads=settings.jobs, progress=progress)
    digests.update(_hashed(result) for result in results)
    entries = tuple(_observed(entry, digests.get(entry.path)) for entry in listing.inventory)
    _require_claims(entries)
    return Observation(
        Inventory(entries, listing.inventory.complete),
        plan.hazards,
        tuple(sorted((*plan.limits, *skipped))),
    )


def _jobs(
    source: Source, inventory: Inventory, *, weights: bool
) -> tuple[tuple[Limit, ...], tuple[Job, ...]]:
    """Return what not to read, and what to read, in order of path."""
    limits: list[Limit] = []
    jobs: list[Job] = []
    for entry in inventory:
        if not weights and entry.path.suffix in WEIGHT_SUFFIXES:
            why = f"its {entry.size} bytes were not read: the caller left the weights out"
            limits.append(Limit(Code.NOT_COVERED, entry.path.text, why))
        else:
            jobs.append(_job(source, entry))
    return tuple(limits), tuple(jobs)


def _job(source: Source, entry: FileEntry) -> Job:
    git_blob = (Algorithm.GIT_BLOB,) if entry.claimed.git_blob else ()
    key = source.key(entry.path) if isinstance(source, _Named) else None
    return Job(entry.path, entry.size, (Algorithm.SHA256, *git_blob), key)


def _hashed(result: Hashed | Failed) -> tuple[RelPath, DigestSet]:
    match result:
        case Hashed(path, digests):
            return path, digests
        case Failed():
            raise result.error
        case _:
            assert_never(result)


def _observed(entry: FileEntry, digests: DigestSet | None) -> FileEntry:
    return attrs.evolve(entry, how=How.READ, digests=digests) if digests else entry


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
