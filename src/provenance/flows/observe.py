"""Digesting: every file of a release is read, hashed, and held against its server's word."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol, runtime_checkable

import attrs

from provenance.doors.descriptor import Stamp, descriptor_of
from provenance.errors import Code, ProvenanceError, ReleaseError
from provenance.hashing.engine import digest_files
from provenance.hashing.plan import within
from provenance.hashing.work import Files, Outcome, Want
from provenance.ports.progress import Progress
from provenance.ports.source import Source
from provenance.values.digest import Algorithm, Digest, DigestSet
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
class _OnDisk(Files, Protocol):
    """A source whose files lie on this disk as they are, and were looked at when listed."""

    def stamp(self, path: RelPath) -> Stamp | None: ...


@attrs.frozen
class _Opened:
    """Opens the files of any other source."""

    source: Source

    @contextmanager
    def within(self, folder: str) -> Iterator[Callable[[str], int]]:
        yield lambda name: descriptor_of(self.source.open(RelPath(folder + name)))


def observe(
    source: Source, listing: Listing, *, settings: Settings, progress: Progress
) -> Observation:
    """Read and hash the listed files, each once, in as many threads as the settings say.

    Every file gets the digests that the settings name, and its git blob id where the server claims
    one. What the settings leave unread (weights, files beyond the budget) keeps what the listing
    says, and is a limit.

    Raises:
        ReleaseError: HUB_MISMATCH, when bytes are not what the server claims; else that of the
            first file, in order of path, that cannot be read as it was listed.
        SourceError: when files cannot be had.
        ToolError: when there is no room for them.
    """
    skipped, wanted = _wanted(listing.inventory, source, settings)
    plan = within(wanted, settings.budget)
    paths = {want.path: RelPath(want.path) for want in plan.wants}
    digests = dict(source.prepare([paths[want.path] for want in plan.wants], progress))
    left = [want for want in plan.wants if not _has_all(digests.get(paths[want.path]), want)]
    files = source if isinstance(source, _OnDisk) else _Opened(source)
    outcomes = digest_files(left, files, threads=settings.jobs, progress=progress)
    for want, outcome in zip(left, outcomes, strict=True):
        digests[paths[want.path]] = _digest_set(want, outcome)
    entries = tuple(_observed(entry, digests.get(entry.path)) for entry in listing.inventory)
    _require_claims(entries)
    return Observation(
        Inventory(entries, listing.inventory.complete),
        plan.hazards,
        tuple(sorted((*plan.limits, *skipped))),
    )


def _wanted(
    inventory: Inventory, source: Source, settings: Settings
) -> tuple[tuple[Limit, ...], tuple[Want, ...]]:
    """Return what not to read, and what to read, in order of path."""
    limits: list[Limit] = []
    wants: list[Want] = []
    stamp_of = source.stamp if isinstance(source, _OnDisk) else lambda _: None
    for entry in inventory:
        if not settings.weights and entry.path.suffix in WEIGHT_SUFFIXES:
            why = f"its {entry.size} bytes were not read: the caller left the weights out"
            limits.append(Limit(Code.NOT_COVERED, entry.path.text, why))
        else:
            git_blob = (Algorithm.GIT_BLOB,) if entry.claimed.git_blob else ()
            algorithms = tuple(dict.fromkeys((*settings.algorithms, *git_blob)))
            folder = f"{entry.path.parent}/" if entry.path.parent else ""
            stamp = stamp_of(entry.path)
            wants.append(Want(folder, entry.path.name, entry.size, stamp, algorithms))
    return tuple(limits), tuple(wants)


def _has_all(digests: DigestSet | None, want: Want) -> bool:
    return digests is not None and all(digests.get(one) for one in want.algorithms)


def _digest_set(want: Want, outcome: Outcome) -> DigestSet:
    if isinstance(outcome, ProvenanceError):
        raise outcome
    pairs = zip(want.algorithms, outcome, strict=True)
    return DigestSet(tuple(Digest(name, value) for name, value in pairs))


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
