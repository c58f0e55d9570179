"""Comparing two releases, revisions or manifests: what opened, closed and changed."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import attrs

from provenance.doors.clock import utc_now
from provenance.doors.named_file import read_named
from provenance.flows.auditing.audit import audit
from provenance.flows.signing.read_manifest import ManifestRead, read_manifest
from provenance.lineage.movements import movements
from provenance.ports.progress import Progress
from provenance.ports.silence import Silence
from provenance.signers.trust import Trust
from provenance.values.manifest import Manifest
from provenance.values.movement import Movement
from provenance.values.settings import Settings
from provenance.values.terms import Terms

AUDITED = "audited now"


@attrs.frozen
class Compared:
    """Two manifests, and what moved from the first to the second.

    ``standings`` says in words what stands behind each of the two.
    """

    before: Manifest
    after: Manifest
    movements: tuple[Movement, ...]
    standings: tuple[str, str] = ("", "")


def compare(  # noqa: PLR0913 - two releases, where, whom to trust, when
    before: str | Path,
    after: str | Path,
    *,
    settings: Settings,
    trust: Trust | None = None,
    clock: Callable[[], datetime] = utc_now,
    progress: Progress | None = None,
) -> Compared:
    """Return what opened, closed and changed from one release to another.

    Args:
        before: a manifest's file (what ``audit -o`` wrote, or a signed bundle), a folder, or
            ``org/name[@revision]``; what is no file is audited.
        after: the same.
        settings: where to look, for audits.
        trust: who is trusted to sign bundles. Without it no signature is checked, and the standing
            says so.
        clock: tells the moment of each capture, for audits.
        progress: told what is being done.

    Raises:
        UsageError, SourceError, ReleaseError: as audits do.
        ReleaseError, VerificationError: for a file that is no manifest, or a bundle that nobody
            signed who is trusted. Whether a release still is what a manifest says is not looked
            at: verify it first.

    """
    progress = progress or Silence()
    verifiers = trust.verifiers(Terms(clock)) if trust is not None else ()

    def read(target: str | Path) -> ManifestRead:
        if Path(target).is_file():
            return read_manifest(read_named(Path(target)), verifiers)
        found = audit(target, settings=settings, clock=clock, progress=progress)
        return ManifestRead(found, AUDITED)

    old, new = read(before), read(after)
    moved = movements(old.manifest, new.manifest)
    return Compared(old.manifest, new.manifest, moved, (old.standing, new.standing))
