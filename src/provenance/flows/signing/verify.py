"""Verification: a release in hand answers to a signed manifest, or an error says why not."""

from collections.abc import Sequence
from datetime import datetime
from typing import assert_never

import attrs

from provenance.errors import Code, ReleaseError, VerificationError
from provenance.flows.digesting.observe import observe
from provenance.flows.signing.closed_world import Comparison, FilesDifferError, compare
from provenance.flows.signing.honest_names import require_honest_names
from provenance.flows.signing.opening import open_bundles
from provenance.flows.signing.stages import Stages
from provenance.policy.judge import judge
from provenance.ports.progress import Progress
from provenance.ports.source import Source
from provenance.ports.verifier import Verifier
from provenance.values.identity import Certificate, Key, Oidc
from provenance.values.inventory import How, Inventory
from provenance.values.manifest import Manifest
from provenance.values.policy import Policy
from provenance.values.ref import AnyRelease, Ref
from provenance.values.settings import Settings
from provenance.values.sidecars import SIDECARS
from provenance.values.verdict import Failed, Passed, Undecided, Verdict
from provenance.values.verified import Checked, Match, Opened, Stage, Verified
from provenance.wire.in_toto import PAYLOAD_TYPE
from provenance.wire.statement import parse_statement, require_signable


class PolicyUnmetError(VerificationError):
    """The manifest does not show what the policy demands; ``verdict`` has the reasons."""

    def __init__(self, verdict: Failed | Undecided) -> None:
        failed = isinstance(verdict, Failed)
        word = "fails" if failed else "leaves undecided"
        super().__init__(
            f"the manifest {word} what the policy demands: {verdict.reasons[0]}",
            hint="do not use the release, or demand less",
            code=Code.POLICY_FAILED if failed else Code.POLICY_UNDECIDED,
        )
        self.verdict = verdict
        self.stopped_at = Stage.POLICY
        self.held = (Stage.SIGNATURE, Stage.IDENTITY, Stage.SUBJECT, Stage.FILES)


@attrs.frozen
class Decision:
    """A verified manifest, and what the policy makes of it, where there is one."""

    verified: Verified[Manifest]
    verdict: Verdict | None


def require_passed(decision: Decision) -> Verified[Manifest]:
    """Return what was verified when the policy, if there is one, is met.

    Raises:
        PolicyUnmetError: for any other verdict.
    """
    match decision.verdict:
        case None:
            return decision.verified
        case Passed(reasons):
            checked = decision.verified.checked
            met = tuple(f"policy: {reason}" for reason in reasons)
            told = attrs.evolve(checked, remarks=(*checked.remarks, *met))
            return Verified(decision.verified.value, told)
        case Failed() | Undecided():
            raise PolicyUnmetError(decision.verdict)
        case _:
            assert_never(decision.verdict)


def decide(  # noqa: PLR0913 - one parameter for each thing that must be known
    bundle: bytes,
    *,
    trust: Sequence[Verifier],
    source: Source,
    expected: Ref | AnyRelease,
    settings: Settings,
    progress: Progress,
    policy: Policy | None = None,
    now: datetime | None = None,
    sidecars: frozenset[str] = SIDECARS,
) -> Decision:
    """Verify a release, and hold what was verified against a policy; the verdict may be any.

    Args:
        bundle: the signed manifest; several, one a line, where the policy asks for several signers.
        trust: who is trusted; nobody else is.
        source: the release as it is today; every byte of it is read.
        expected: the release that it should be.
        settings: how much to read, with how many threads.
        progress: told what is being done.
        policy: what the manifest must show, and who must have signed it, if anything;
        now: the moment of the decision, in UTC.
        sidecars: top-level names that may lie beside the release's files; the caller's to say.

    Raises:
        VerificationError: for any doubt but about the policy; FilesDifferError for files.
        UsageError: when nobody is trusted.
        ReleaseError, SourceError: for a release that is malformed, or cannot be looked at.
    """
    stages = Stages()
    with stages.at(Stage.SIGNATURE, Stage.IDENTITY):
        # 1. A strict parse, within a budget. 2. Media type and material are those of the method.
        # 3. Each signature covers exactly these bytes; there is one, unless several are asked for.
        # 4. Trusted time, or a word that there is none. 5. The signer is one who is trusted.
        opened = open_bundles(bundle, trust, policy)
    with stages.at(Stage.SUBJECT):
        # 6. Types and subject. 7. Only now are the bytes parsed, and they must be canonical.
        manifest = signed_manifest(opened[0].payload_type, opened[0].payload)
        # 10, its first half, before a file is read: one for another name says nothing here.
        _require_name(manifest, expected)
    with stages.at(Stage.FILES):
        # 8. Closed world: today's files are those that are listed; no more, no fewer, no others.
        asked = _asked(expected, source)
        today, files = _require_files(manifest, source, asked, settings, progress, sidecars)
    # 10. The revision: of another commit only the content is the same, and the result says so.
    checked = _checked(opened, manifest, _match(manifest, asked), today, files)
    # 9. The policy is the caller's.
    verdict = judge(policy, manifest, checked=checked, now=now) if policy else None
    return Decision(Verified(manifest, checked), verdict)


def _checked(
    opened: tuple[Opened, ...],
    manifest: Manifest,
    subject: Match,
    today: Inventory,
    files: Comparison,
) -> Checked:
    first, *others = opened
    return Checked(
        signature=f"holds over {len(first.payload)} bytes",
        time=_time(first),
        identity=first.signer,
        others=tuple(one.signer for one in others),
        signed_at=_signed_at(opened),
        subject=subject,
        files=files.files,
        how=tuple(sorted({entry.how for entry in today})),
        modes=files.modes,
        evidence=f"{len(manifest.evidence)} captures are listed; none was looked at again",
        not_covered=files.left_out,
        remarks=(
            *(note for one in opened for note in one.remarks),
            *_remarks(manifest),
            *files.remarks,
        ),
    )


def _signed_at(opened: tuple[Opened, ...]) -> datetime | None:
    """Return the oldest trusted time, when each signature has one."""
    times = [one.signed_at for one in opened if one.signed_at is not None]
    return min(times) if len(times) == len(opened) else None


def _time(opened: Opened) -> str:
    if opened.signed_at is not None:
        return f"signed at {opened.signed_at}, as a log or a time stamp vouches"
    match opened.signer:
        case Key():
            return "no trusted time: a key signature without a timestamp"
        case Certificate() | Oidc():
            return "no trusted time: the certificate is valid now"
        case _:
            assert_never(opened.signer)


def signed_manifest(payload_type: str, payload: bytes) -> Manifest:
    """Read the manifest in a bundle; whether its signature holds is another question.

    Raises:
        VerificationError: for a payload that is no manifest, or one that nobody can stand for.
    """
    if payload_type != PAYLOAD_TYPE:
        raise VerificationError(
            f"the signed payload is {payload_type[:120]!a}, not {PAYLOAD_TYPE}",
            hint="give the bundle of a recipe",
            code=Code.STATEMENT_TYPE,
        )
    try:
        manifest = parse_statement(payload).manifest
        # Claimed digests are the signer's risk: here every byte is read.
        require_signable(manifest, unsafe_claimed_digests=True, replayed=True)
    except ReleaseError as cause:
        raise VerificationError(
            f"the signed manifest is not one: {cause.what}",
            hint="ask the signer for a bundle that this version can read",
            code=cause.code,
        ) from cause
    require_honest_names(manifest)
    return manifest


def _require_name(manifest: Manifest, expected: Ref | AnyRelease) -> None:
    found = manifest.release.ref
    if isinstance(expected, Ref) and found.uri != expected.uri:
        raise VerificationError(
            f"the manifest is about {found.uri}, not {expected.uri}",
            hint="give the bundle of the release that you expect",
            code=Code.RELEASE_NAME,
        )


def _asked(expected: Ref | AnyRelease, source: Source) -> Ref | AnyRelease:
    """Return what is expected, with the commit that the source itself is at where none is named."""
    if isinstance(expected, Ref) and expected.revision is None and source.ref.uri == expected.uri:
        return source.ref
    return expected


def _require_files(  # noqa: PLR0913, PLR0917 - what it takes to look at today's files
    manifest: Manifest,
    source: Source,
    asked: Ref | AnyRelease,
    settings: Settings,
    progress: Progress,
    sidecars: frozenset[str],
) -> tuple[Inventory, Comparison]:
    progress.step(f"reading {source.ref}")
    listing = source.listing()
    today = observe(source, listing, settings=settings, progress=progress).inventory
    _require_whole(today)
    found = compare(manifest.inventory, today, left_out=sidecars)
    if found.differences:
        revision = ""
        if _match(manifest, asked) is Match.SAME_CONTENT_LATER_COMMIT:
            revision = f"the manifest is about {manifest.release.ref}, not {asked}"
        raise FilesDifferError.about(found.differences, revision=revision)
    left = tuple(one.what for one in listing.limits if one.code is Code.NOT_COVERED)
    return today, attrs.evolve(found, left_out=(*found.left_out, *left))


def _require_whole(today: Inventory) -> None:
    unread = next((entry for entry in today if not entry.observed), None)
    if today.complete and unread is None:
        return
    what = f"{unread.path.text[:200]!a} was not read" if unread else "not everything can be listed"
    raise VerificationError(
        f"{what}, and what was not looked at cannot be verified",
        hint="read the weights too; an audit says what else is in the way",
        code=Code.INVENTORY_INCOMPLETE,
    )


def _match(manifest: Manifest, asked: Ref | AnyRelease) -> Match:
    """Return how the release relates to the manifest's, whose name was compared already."""
    if isinstance(asked, AnyRelease):
        return Match.ANY_RELEASE
    signed, wanted = manifest.release.ref.commit, asked.commit
    if signed is None or wanted is None:
        # A branch or a tag can move: its name is no revision that could be compared.
        return Match.SAME_CONTENT_NO_REVISION
    return Match.SAME_REVISION if signed == wanted else Match.SAME_CONTENT_LATER_COMMIT


def _remarks(manifest: Manifest) -> tuple[str, ...]:
    """Return what the manifest says of itself that a careful reader wants to know."""
    remarks = []
    if manifest.replayed:
        remarks.append("the manifest repeats an earlier audit from its evidence")
    if manifest.release.origin is not None:
        remarks.append(f"the release was audited at {manifest.release.origin}")
    if claimed := sum(entry.how is How.CLAIMED for entry in manifest.inventory):
        remarks.append(f"{claimed} digests were only claimed when they were signed; they hold now")
    return tuple(remarks)
