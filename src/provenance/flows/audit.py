"""The audit: a reference goes in, a manifest comes out, each statement beside its evidence."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import attrs

from provenance.__about__ import __version__
from provenance.doors.clock import utc_now
from provenance.errors import Code, SourceError
from provenance.flows.datasets import Follower, record_of
from provenance.flows.desk import Desk
from provenance.flows.git_proof import prove
from provenance.flows.judge import Judgement, judge
from provenance.flows.links import Followed, follow
from provenance.flows.observe import Observation, observe
from provenance.flows.own_links import OwnLinks, read_own_links
from provenance.flows.published import published_at
from provenance.flows.recorded import RecordedSource, note_observation, noted_moment
from provenance.flows.release_facts import Gathered, gather
from provenance.flows.resolve import resolve
from provenance.flows.silence import Silence
from provenance.flows.tool import tool
from provenance.ports.progress import Progress
from provenance.ports.source import Source
from provenance.stores.evidence import EvidenceStore, is_recorded
from provenance.values.facts import Facts
from provenance.values.hazard import Limit
from provenance.values.inventory import Inventory
from provenance.values.listing import Listing
from provenance.values.look import Seen
from provenance.values.manifest import Assurance, Manifest, Release
from provenance.values.path import RelPath
from provenance.values.ref import Ref, Scheme
from provenance.values.revision import Commit, Revision
from provenance.values.settings import PUBLIC_HUB, Settings


def audit(  # noqa: PLR0913 - where, how, when, which, and what not
    target: str | Path,
    *,
    settings: Settings,
    clock: Callable[[], datetime] = utc_now,
    revision: Revision | None = None,
    progress: Progress | None = None,
    leave_out: Callable[[RelPath], bool] | None = None,
) -> Manifest:
    """Look at a release and everything that its card links, and judge what is there.

    Args:
        target: a folder, or ``org/name[@revision]`` on the Hub.
        settings: where to look, what to keep, how much to spend.
        clock: tells the moment of each capture; two audits of the same bytes with the same clock
            give equal manifests.
        revision: the commit, branch or tag, unless ``target`` names it.
        progress: told what is being done.
        leave_out: tells of a path whether it is no part of the release; a limit counts them.

    Raises:
        UsageError: for a target that is not there.
        SourceError: when the release itself cannot be looked at (a dead link in it is reported).
        ReleaseError: for a malformed or hostile release, or bytes that differ from what the Hub
            claims.

    """
    progress = progress or Silence()
    progress.step(f"resolving {target}")
    store = EvidenceStore(settings.evidence, replayed=_replayed(settings))
    resolved_at = noted_moment(store, clock)
    source = resolve(target, settings=settings, clock=clock, revision=revision, store=store)
    listing = _without(source.listing(), leave_out)
    store.keep(listing.capture)
    released = partial(published_at, source, listing)
    follower = Follower(settings, store, clock, progress, released)
    proof = prove(source, listing, follower)
    listing = attrs.evolve(listing, limits=(*listing.limits, *proof.limits))
    progress.step(f"reading {source.ref}")
    seen = _observe(source, listing, settings, progress)
    note_observation(store, str(source.ref), seen)
    desk = Desk(source, store, clock, str(source.ref))
    own = gather(seen.inventory, desk)
    links = read_own_links(seen.inventory, desk)
    linked = follow(own.claims, follower, said=links.said)
    facts = _facts(source.ref, listing, seen, own, linked)
    verdicts = judge(facts)
    store.close()
    release = Release(source.ref, resolved_at, _origin(source.ref, settings), proof.proven)
    return _assemble(release, listing, seen, own, links, linked, facts, verdicts, store)


def _without(listing: Listing, leave_out: Callable[[RelPath], bool] | None) -> Listing:
    """Return the listing without the files that the caller leaves out."""
    if leave_out is None:
        return listing
    kept = tuple(entry for entry in listing.inventory if not leave_out(entry.path))
    left = len(listing.inventory) - len(kept)
    why = f"{left} files were left out by the caller"
    return attrs.evolve(
        listing,
        inventory=Inventory(kept, listing.inventory.complete),
        limits=(*listing.limits, Limit(Code.NOT_COVERED, "the release", why))
        if left
        else listing.limits,
    )


def _replayed(settings: Settings) -> bool:
    """Whether to repeat what an earlier audit kept: it did so here, and nothing may be asked."""
    return settings.offline and settings.evidence is not None and is_recorded(settings.evidence)


def _observe(
    source: Source, listing: Listing, settings: Settings, progress: Progress
) -> Observation:
    """Read what can be read; what a gate refuses stays with the Hub's word, and is a limit."""
    if isinstance(source, RecordedSource):
        return source.observation()
    try:
        return observe(source, listing, settings=settings, progress=progress)
    except SourceError as error:
        if error.code not in {Code.HUB_GATED, Code.HUB_DENIED}:
            raise
        return Observation(listing.inventory, (), (Limit(error.code, "its files", error.what),))


def _origin(ref: Ref, settings: Settings) -> str | None:
    public = ref.scheme is not Scheme.HF or settings.endpoint == PUBLIC_HUB
    return None if public else settings.endpoint


def _facts(ref: Ref, listing: Listing, seen: Observation, own: Gathered, linked: Followed) -> Facts:
    return Facts(
        ref=ref,
        publisher_bound=isinstance(ref.revision, Commit),
        access=listing.access,
        listing=listing.capture.where,
        inventory=seen.inventory,
        weight_files=own.weights.files,
        weights=own.weights.look,
        config=own.config,
        tokenizer=own.tokenizer,
        card=own.card,
        license=own.license,
        claims=own.claims,
        loops=own.code.loops,
        settings=own.code.settings,
        code_read=own.code.whole,
        sources=tuple(one for one in linked.sources if one.claims),
        datasets=tuple(one for one in linked.datasets if one.claims),
    )


def _assemble(  # noqa: PLR0913, PLR0917 - the manifest is where everything meets
    release: Release,
    listing: Listing,
    seen: Observation,
    own: Gathered,
    links: OwnLinks,
    linked: Followed,
    facts: Facts,
    verdicts: Judgement,
    store: EvidenceStore,
) -> Manifest:
    hazards = {
        *listing.hazards,
        *seen.hazards,
        *own.hazards,
        *own.weights.hazards,
        *links.hazards,
        *linked.hazards,
    }
    limits = {
        *listing.limits,
        *seen.limits,
        *own.weights.limits,
        *links.limits,
        *linked.limits,
    }
    return Manifest(
        release=release,
        inventory=seen.inventory,
        profile=facts.weights.value.profile if isinstance(facts.weights, Seen) else None,
        sources=tuple(one.look.value.pin for one in linked.sources if isinstance(one.look, Seen)),
        datasets=tuple(record_of(one) for one in linked.datasets),
        components=verdicts.components,
        dangling=verdicts.dangling,
        assessments=verdicts.assessments,
        label=verdicts.decision.label,
        label_at_most=verdicts.decision.at_most,
        label_qualifiers=verdicts.decision.qualifiers,
        label_rubric=verdicts.decision.rubric,
        scores=verdicts.scores,
        evidence=store.evidence,
        hazards=tuple(sorted(hazards)),
        limits=tuple(sorted(limits)),
        assurance=Assurance.THIRD_PARTY,
        tool=tool(__version__),
    )
