"""Comparing two releases, revisions or manifests: what opened, closed and changed."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import attrs

from provenance.doors.clock import utc_now
from provenance.doors.named_file import read_named
from provenance.flows.audit import audit
from provenance.flows.sign import load_manifest
from provenance.flows.silence import Silence
from provenance.lineage.movements import movements
from provenance.ports.progress import Progress
from provenance.values.manifest import Manifest
from provenance.values.movement import Movement
from provenance.values.settings import Settings


@attrs.frozen
class Compared:
    """Two manifests, and what moved from the first to the second."""

    before: Manifest
    after: Manifest
    movements: tuple[Movement, ...]


def compare(
    before: str | Path,
    after: str | Path,
    *,
    settings: Settings,
    clock: Callable[[], datetime] = utc_now,
    progress: Progress | None = None,
) -> Compared:
    """Return what opened, closed and changed from one release to another.

    Args:
        before: a manifest's file (what ``audit -o`` wrote), a folder, or ``org/name[@revision]``;
            what is no manifest is audited.
        after: the same.
        settings: where to look, for audits.
        clock: tells the moment of each capture, for audits.
        progress: told what is being done.

    Raises:
        UsageError, SourceError, ReleaseError: as audits do.
        ReleaseError, VerificationError: for a file that is no manifest. Nobody vouches for what
            a manifest says: verify it first.

    """
    progress = progress or Silence()

    def read(target: str | Path) -> Manifest:
        if Path(target).is_file():
            return load_manifest(read_named(Path(target)))
        return audit(target, settings=settings, clock=clock, progress=progress)

    old, new = read(before), read(after)
    return Compared(old, new, movements(old, new))
