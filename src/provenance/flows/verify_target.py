"""Verification from what a caller has: a target, a bundle, a key, and what it expects."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from provenance.doors.clock import utc_now
from provenance.errors import Code, UsageError
from provenance.flows.resolve import resolve
from provenance.flows.silence import Silence
from provenance.flows.verify import verify as verify_source
from provenance.ports.progress import Progress
from provenance.values.manifest import Manifest
from provenance.values.policy import Policy
from provenance.values.ref import AnyRelease, Ref, Scheme
from provenance.values.revision import Revision
from provenance.values.settings import Settings
from provenance.values.verified import Verified


def verify(  # noqa: PLR0913 - one parameter for each thing that must be known
    target: str | Path,
    *,
    bundle: bytes,
    public_key: bytes,
    settings: Settings,
    expected: Ref | AnyRelease | None = None,
    policy: Policy | None = None,
    revision: Revision | None = None,
    clock: Callable[[], datetime] = utc_now,
    progress: Progress | None = None,
) -> Verified[Manifest]:
    """Verify that a release is what a signed bundle says it is.

    Args:
        target: a folder, or ``org/name[@revision]`` on the Hub.
        bundle: the signed bundle, as bytes.
        public_key: the key that is trusted, as PEM.
        settings: where to look, how much to spend.
        expected: the release that a folder should be (of a Hub target, the target itself);
            ``ANY_RELEASE`` leaves the name unchecked.
        policy: what the manifest must show, if anything.
        revision: the commit, branch or tag, unless ``target`` names it.
        clock: tells the moment of each capture.
        progress: told what is being done.

    Raises:
        VerificationError: for any doubt; there is no boolean to forget.
        UsageError: for a folder without ``expected``, or a key that is none.
        SourceError: when the release cannot be looked at.
        ReleaseError: for a malformed or hostile release.

    """
    source = resolve(target, settings=settings, clock=clock, revision=revision)
    return verify_source(
        bundle,
        public_key=public_key,
        source=source,
        expected=_expected(source.ref) if expected is None else expected,
        policy=policy,
        settings=settings,
        progress=progress or Silence(),
    )


def _expected(ref: Ref) -> Ref:
    """Return what a target itself says it is; a folder says nothing."""
    if ref.scheme is Scheme.LOCAL:
        raise UsageError(
            "a folder does not say which release it is",
            hint="name the release you expect (--as REF), or say --any-release",
            code=Code.REF,
        )
    return ref
