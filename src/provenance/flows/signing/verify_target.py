"""Verification from what a caller has: a target, a bundle, trust, and what it expects."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from provenance.doors.clock import utc_now
from provenance.errors import Code, UsageError
from provenance.flows.resolving.resolve import resolve
from provenance.flows.signing.verify import Decision, require_passed
from provenance.flows.signing.verify import decide as decide_source
from provenance.ports.progress import Progress
from provenance.ports.silence import Silence
from provenance.signers.trust import Trust
from provenance.values.manifest import Manifest
from provenance.values.policy import Policy
from provenance.values.ref import AnyRelease, Ref, Scheme
from provenance.values.revision import Revision
from provenance.values.settings import Settings
from provenance.values.terms import Terms
from provenance.values.verified import Verified


def verify(  # noqa: PLR0913 - one parameter for each thing that must be known
    target: str | Path,
    *,
    bundle: bytes,
    trust: Trust,
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
        bundle: the signed bundle; several, one a line, if the policy asks for several signers.
        trust: who is trusted, ``Trust.by_key(pem)`` for example; nobody else is.
        settings: where to look, how much to spend.
        expected: the release that a folder should be; ``ANY_RELEASE`` leaves it unchecked.
        policy: what the manifest must show, and who must have signed it, if anything.
        revision: the commit, branch or tag, unless ``target`` names it.
        clock: tells the moment of each capture, and of the decision.
        progress: told what is being done.

    Raises:
        VerificationError: for any doubt; there is no boolean to forget.
        UsageError: for a folder without ``expected``, when nobody is trusted, for a wrong file.
        SourceError, ReleaseError: for a release that cannot be looked at, or is malformed.
    """
    return require_passed(
        decide(
            target,
            bundle=bundle,
            trust=trust,
            settings=settings,
            expected=expected,
            policy=policy,
            revision=revision,
            clock=clock,
            progress=progress,
        )
    )


def decide(  # noqa: PLR0913 - one parameter for each thing that must be known
    target: str | Path,
    *,
    bundle: bytes,
    trust: Trust,
    settings: Settings,
    expected: Ref | AnyRelease | None = None,
    policy: Policy | None = None,
    revision: Revision | None = None,
    clock: Callable[[], datetime] = utc_now,
    progress: Progress | None = None,
) -> Decision:
    """Verify a release as :func:`verify` does, and return the policy's verdict, whatever it is.

    Raises:
        VerificationError, UsageError, SourceError, ReleaseError: as :func:`verify`, but never for
            a policy that is not met.
    """
    names_signers = policy is not None and policy.signers is not None
    verifiers = trust.verifiers(Terms(clock, policy_names_signers=names_signers))
    source = resolve(target, settings=settings, clock=clock, revision=revision)
    return decide_source(
        bundle,
        trust=verifiers,
        source=source,
        expected=expected_release(source.ref) if expected is None else expected,
        policy=policy,
        now=clock(),
        settings=settings,
        progress=progress or Silence(),
    )


def expected_release(ref: Ref) -> Ref:
    """Return what a target itself says it is; a folder says nothing.

    Raises:
        UsageError: REF, for a folder.
    """
    if ref.scheme is Scheme.LOCAL:
        raise UsageError(
            "a folder does not say which release it is",
            hint="name the release you expect (--as REF), or say --any-release",
            code=Code.REF,
        )
    return ref
