"""Verification: a release in hand answers to a signed manifest, or an error says why not."""

from typing import assert_never

import attrs

from provenance.errors import Code, ReleaseError, VerificationError
from provenance.flows.closed_world import Comparison, FilesDifferError, compare
from provenance.flows.observe import observe
from provenance.policy.judge import judge
from provenance.ports.progress import Progress
from provenance.ports.source import Source
from provenance.values.inventory import How, Inventory
from provenance.values.manifest import Manifest
from provenance.values.policy import Policy
from provenance.values.ref import AnyRelease, Ref
from provenance.values.settings import Settings
from provenance.values.verdict import Failed, Passed, Undecided
from provenance.values.verified import Checked, Match, Opened, Verified
from provenance.wire.bundle import parse_bundle
from provenance.wire.statement import PAYLOAD_TYPE, parse_statement, require_signable

# Signatures that lie beside what they sign, at the top of a release: no part of it.
SIDECARS = frozenset({"model.sig", "model.recipe.sigstore.json"})


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


def verify(  # noqa: PLR0913 - one parameter for each thing that must be known
    bundle: bytes,
    *,
    public_key: bytes,
    source: Source,
    expected: Ref | AnyRelease,
    settings: Settings,
    progress: Progress,
    policy: Policy | None = None,
    sidecars: frozenset[str] = SIDECARS,
) -> Verified[Manifest]:
    """Open a bundle whose signature, signer, release and files all hold.

    Args:
        bundle: the signed manifest.
        public_key: the key that is trusted, as PEM; there is no other.
        source: the release as it is today; every byte of it is read.
        expected: the release that it should be.
        settings: how much to read, with how many threads.
        progress: told what is being done.
        policy: what the manifest must show, if anything.
        sidecars: top-level names that the caller allows beside the release's own files; neither
            bundle nor release has a say in it.

    Raises:
        VerificationError: for any doubt; files that differ are a FilesDifferError, an unmet policy
            is a PolicyUnmetError.
        UsageError, ReleaseError, SourceError: for a key that is none, a malformed release, one that
            cannot be looked at.
    """
    from provenance.signers import key  # noqa: PLC0415 - cryptography is heavy

    # 1. A strict parse, within a budget.
    # 2. The media type is known, and the material is that of its method: a public key.
    parsed = parse_bundle(bundle)
    # 3. The one signature covers exactly these bytes.
    # 4. Trusted time: there is none with a key alone, and the result says so.
    # 5. The signer is the key that the caller trusts.
    opened = key.KeyTrust(key.load_public(public_key)).open(parsed)
    # 6. Types and subject. 7. Only now are the bytes parsed, and they must be canonical.
    manifest = _manifest(opened)
    # 10, its first half, before a file is read: a manifest for another name says nothing here.
    _require_name(manifest, expected)
    # 8. Closed world: today's files are those that are listed; no more, no fewer, no others.
    asked = _asked(expected, source)
    files = _require_files(manifest, source, asked, settings, progress, sidecars)
    # 9. The policy is the caller's.
    reasons = _require_policy(policy, manifest)
    # 10. The revision: of another commit only the content is the same, and the result says so.
    return Verified(manifest, _checked(opened, manifest, _match(manifest, asked), files, reasons))


def _checked(
    opened: Opened, manifest: Manifest, subject: Match, files: Comparison, reasons: tuple[str, ...]
) -> Checked:
    return Checked(
        signature=f"holds over {len(opened.payload)} bytes",
        time="no trusted time: a key signature without a timestamp",
        identity=opened.signer,
        subject=subject,
        files=files.files,
        evidence=f"{len(manifest.evidence)} captures are listed; none was looked at again",
        not_covered=files.left_out,
        remarks=(*_remarks(manifest), *files.remarks, *reasons),
    )


def _manifest(opened: Opened) -> Manifest:
    if opened.payload_type != PAYLOAD_TYPE:
        raise VerificationError(
            f"the signed payload is {opened.payload_type[:120]!a}, not {PAYLOAD_TYPE}",
            hint="give the bundle of a recipe",
            code=Code.STATEMENT_TYPE,
        )
    try:
        manifest = parse_statement(opened.payload).manifest
        # Claimed digests are the signer's risk: here every byte is read.
        require_signable(manifest, unsafe_claimed_digests=True)
    except ReleaseError as cause:
        raise VerificationError(
            f"the signed manifest is not one: {cause.what}",
            hint="ask the signer for a bundle that this version can read",
            code=cause.code,
        ) from cause
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
) -> Comparison:
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
    return attrs.evolve(found, left_out=(*found.left_out, *left))


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


def _require_policy(policy: Policy | None, manifest: Manifest) -> tuple[str, ...]:
    if policy is None:
        return ()
    verdict = judge(policy, manifest)
    match verdict:
        case Passed(reasons):
            return tuple(f"policy: {reason}" for reason in reasons)
        case Failed() | Undecided():
            raise PolicyUnmetError(verdict)
        case _:
            assert_never(verdict)


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
    if manifest.release.origin is not None:
        remarks.append(f"the release was audited at {manifest.release.origin}")
    if claimed := sum(entry.how is How.CLAIMED for entry in manifest.inventory):
        remarks.append(f"{claimed} digests were only claimed when they were signed; they hold now")
    return tuple(remarks)
