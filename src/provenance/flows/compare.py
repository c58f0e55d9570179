"""Comparing two releases, revisions or manifests: what opened, closed and changed."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import attrs

from provenance.doors.clock import utc_now
from provenance.doors.named_file import read_named
from provenance.flows.audit import audit
from provenance.flows.read_manifest import ManifestRead, read_manifest
from provenance.flows.trust import trusted
from provenance.lineage.movements import movements
from provenance.ports.progress import Progress
from provenance.ports.silence import Silence
from provenance.ports.verifier import Verifier
from provenance.values.certificate_name import UnsafeAnyName
from provenance.values.manifest import Manifest
from provenance.values.movement import Movement
from provenance.values.settings import Settings

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
    public_key: bytes | Sequence[bytes] = (),
    certificate_roots: Sequence[bytes] = (),
    certificate_identity: str | UnsafeAnyName | None = None,
    clock: Callable[[], datetime] = utc_now,
    progress: Progress | None = None,
) -> Compared:
    """Return what opened, closed and changed from one release to another.

    Args:
        before: a manifest's file (what ``audit -o`` wrote, or a signed bundle), a folder, or
            ``org/name[@revision]``; what is no file is audited.
        after: the same.
        settings: where to look, for audits.
        public_key: the key that is trusted to sign bundles, as PEM, or several of them. Without a
            key or a root no signature is checked, and the standing says so.
        certificate_roots: the roots that a signer's certificate has to lead to, as PEM.
        certificate_identity: who has to hold it.
        clock: tells the moment of each capture, for audits.
        progress: told what is being done.

    Raises:
        UsageError, SourceError, ReleaseError: as audits do.
        ReleaseError, VerificationError: for a file that is no manifest, or a bundle that nobody
            signed who is trusted. Whether a release still is what a manifest says is not looked
            at: verify it first.

    """
    progress = progress or Silence()
    keys = (public_key,) if isinstance(public_key, bytes) else tuple(public_key)
    trust = _trust(keys, certificate_roots, certificate_identity, clock)

    def read(target: str | Path) -> ManifestRead:
        if Path(target).is_file():
            return read_manifest(read_named(Path(target)), trust)
        found = audit(target, settings=settings, clock=clock, progress=progress)
        return ManifestRead(found, AUDITED)

    old, new = read(before), read(after)
    moved = movements(old.manifest, new.manifest)
    return Compared(old.manifest, new.manifest, moved, (old.standing, new.standing))


def _trust(
    keys: Sequence[bytes],
    roots: Sequence[bytes],
    identity: str | UnsafeAnyName | None,
    clock: Callable[[], datetime],
) -> tuple[Verifier, ...]:
    """Return who is trusted; nobody where the caller names nobody."""
    if not keys and not roots and identity is None:
        return ()
    return trusted(
        public_keys=keys, certificate_roots=roots, certificate_identity=identity, clock=clock
    )
