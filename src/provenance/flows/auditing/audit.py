"""The audit: a reference goes in, a manifest comes out, each statement beside its evidence."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path

import attrs

from provenance.__about__ import __version__
from provenance.doors.clock import utc_now
from provenance.errors import Code, SourceError
from provenance.flows.auditing.cache_claim import CacheClaim, hold_claim
from provenance.flows.auditing.checkpoints import read_checkpoints
from provenance.flows.auditing.datasets import record_of
from provenance.flows.auditing.desk import Desk
from provenance.flows.auditing.follower import Follower
from provenance.flows.auditing.git_proof import prove
from provenance.flows.auditing.judge import Judgement, judge
from provenance.flows.auditing.kept_facts import TOOL
from provenance.flows.auditing.license_files import license_behind
from provenance.flows.auditing.links import Followed, follow
from provenance.flows.auditing.own_links import OwnLinks, read_own_links
from provenance.flows.auditing.praise import praise_in
from provenance.flows.auditing.published import published_at
from provenance.flows.auditing.release_facts import Gathered, gather
from provenance.flows.auditing.tensor_roots import read_tensor_root
from provenance.flows.auditing.tool import NAME, tool
from provenance.flows.auditing.way_out import way_out
from provenance.flows.digesting.observe import observe
from provenance.flows.digesting.pointers import pointers_among, pointers_in
from provenance.flows.resolving.resolve import resolve
from provenance.frameworks.license_hazards import license_hazards
from provenance.ports.progress import Progress
from provenance.ports.silence import Silence
from provenance.ports.source import Source
from provenance.sources.downloaded import HUB_WORD
from provenance.stores.evidence import EvidenceStore, is_recorded
from provenance.stores.replay import answer_about
from provenance.values.access import REFUSED
from provenance.values.address import Address
from provenance.values.answers import Branches
from provenance.values.component import Component
from provenance.values.facts import Facts, LinkedDataset
from provenance.values.hazard import Hazard, Limit
from provenance.values.inventory import Inventory
from provenance.values.listing import Here, Listing
from provenance.values.look import Seen
from provenance.values.manifest import Assurance, Manifest, Release
from provenance.values.observation import Observation
from provenance.values.path import RelPath
from provenance.values.ref import Ref, Scheme
from provenance.values.revision import Commit, Revision
from provenance.values.settings import PUBLIC_HUB, Settings
from provenance.wire.notes_json import BEGAN, OBSERVATION, TEXT


def audit(  # noqa: PLR0913 - where, how, when, which, and what not
    target: str | Path,
    *,
    settings: Settings,
    clock: Callable[[], datetime] = utc_now,
    revision: Revision | None = None,
    progress: Progress | None = None,
    leave_out: Callable[[RelPath], bool] | None = None,
    strict: bool = False,
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
        strict: end at the first of its files that cannot be read; else that is a hazard.

    Raises:
        UsageError: for a target that is not there.
        SourceError: when the release itself cannot be looked at (a dead link in it is reported).
        ReleaseError: for files that none can hold, that change, or that the Hub lists otherwise.
    """
    progress = progress or Silence()
    progress.step(f"resolving {target}")
    store = EvidenceStore(settings.evidence, replayed=_replayed(settings))
    resolved_at = _began(store, clock)
    source = resolve(target, settings=settings, clock=clock, revision=revision, store=store)
    listing = _listed(source, store, leave_out)
    follower = Follower(settings, store, clock, progress, partial(published_at, source, listing))
    proof = prove(source, listing, follower)
    seen = _observe(source, listing, settings, progress, store)
    claim = hold_claim(source, seen.inventory, follower)
    desk = _desk(source, store, clock, seen, strict=strict)
    judged = _as_far_as_known(seen, listing)
    own, links = _own(judged, desk, follower)
    linked = follow((*own.claims, *own.measured_on), follower, said=(*links.said, *own.cited))
    checkpoints = read_checkpoints(source, listing, judged.inventory, follower)
    told = (*praise_in(seen.inventory, desk), *way_out(settings, store))
    listing = _told(listing, (*proof.limits, *checkpoints.limits, *told), claim)
    facts = _facts(source.ref, listing, judged, own, linked, checkpoints, claim)
    verdicts = judge(facts)
    store.close()
    release = Release(source.ref, resolved_at, _origin(source.ref, settings), proof.proven)
    return _assemble(release, listing, seen, own, links, linked, facts, verdicts, store)


def _own(seen: Observation, desk: Desk, follower: Follower) -> tuple[Gathered, OwnLinks]:
    """Read a release's own files; what card and configurations both claim counts once."""
    own = gather(seen.inventory, desk)
    weights = read_tensor_root(own.weights, desk, follower)
    links = read_own_links(seen.inventory, desk, own.links, own.programs)
    known = {(one.component, one.target) for one in own.claims}
    fresh = (one for one in links.claims if (one.component, one.target) not in known)
    return attrs.evolve(own, claims=(*own.claims, *fresh), weights=weights), links


def _began(store: EvidenceStore, clock: Callable[[], datetime]) -> datetime:
    """Return when the audit began; who makes it is noted with it."""
    if not store.replayed:
        store.note(TOOL, TEXT, f"{NAME} {__version__}")
    return store.answer("began", BEGAN, clock)


def _told(listing: Listing, troubles: Iterable[Hazard | Limit], claim: CacheClaim) -> Listing:
    """Return the listing with what else is wrong with a release, or was not looked at."""
    found = (*troubles, *claim.hazards, *claim.limits)
    asked = claim.bound or claim.hazards
    limits = tuple(one for one in listing.limits if not asked or one.what != HUB_WORD)
    return attrs.evolve(
        listing,
        hazards=(*listing.hazards, *(one for one in found if isinstance(one, Hazard))),
        limits=(*limits, *(one for one in found if isinstance(one, Limit))),
    )


def _listed(
    source: Source, store: EvidenceStore, leave_out: Callable[[RelPath], bool] | None
) -> Listing:
    """Return the listing, and keep what it was made of."""
    listing = source.listing()
    store.keep(listing.capture)
    return _without(_as_it_is(listing), leave_out)


def _as_it_is(listing: Listing) -> Listing:
    """Return the listing of a copy that lacks files of its release as what it is: not complete."""
    if listing.here is not Here.PARTLY:
        return listing
    return attrs.evolve(listing, inventory=attrs.evolve(listing.inventory, complete=False))


def _as_far_as_known(seen: Observation, listing: Listing) -> Observation:
    """Return what was seen, where nothing counts as absent that may just not be here."""
    if listing.here is Here.WHOLE:
        return seen
    return attrs.evolve(seen, inventory=attrs.evolve(seen.inventory, complete=False))


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


def _desk(
    source: Source,
    store: EvidenceStore,
    clock: Callable[[], datetime],
    seen: Observation,
    *,
    strict: bool,
) -> Desk:
    pointers = pointers_among(seen.hazards)
    return Desk(
        source, store, clock, Address.of(source.ref), seen, pointers=pointers, strict=strict
    )


def _observe(
    source: Source,
    listing: Listing,
    settings: Settings,
    progress: Progress,
    store: EvidenceStore,
) -> Observation:
    """Read what can be read, and note what it came to, or repeat what was noted."""

    def read() -> Observation:
        progress.step(f"reading {source.ref}")
        return _read(source, listing, settings, progress)

    return answer_about(source, f"read {Address.of(source.ref)}", OBSERVATION, read, store)


def _read(source: Source, listing: Listing, settings: Settings, progress: Progress) -> Observation:
    """Read what can be read; what a gate refuses stays with the Hub's word, and is a limit."""
    try:
        seen = observe(source, listing, settings=settings, progress=progress, most=True)
    except SourceError as error:
        if error.code not in REFUSED:
            raise
        return Observation(listing.inventory, (), (Limit(error.code, "its files", error.what),))
    found = tuple(pointers_in(seen.inventory, source))
    return attrs.evolve(
        seen,
        hazards=(*seen.hazards, *(one for one in found if isinstance(one, Hazard))),
        limits=(*seen.limits, *(one for one in found if isinstance(one, Limit))),
    )


def _origin(ref: Ref, settings: Settings) -> str | None:
    public = ref.scheme is not Scheme.HF or settings.endpoint == PUBLIC_HUB
    return None if public else settings.endpoint


def _facts(  # noqa: PLR0913, PLR0917 - facts are where everything meets
    ref: Ref,
    listing: Listing,
    seen: Observation,
    own: Gathered,
    linked: Followed,
    checkpoints: Branches,
    claim: CacheClaim,
) -> Facts:
    return Facts(
        ref=ref,
        publisher_bound=claim.bound or isinstance(ref.revision, Commit),
        access=listing.access,
        listing=listing.capture.where,
        inventory=seen.inventory,
        weight_files=own.weights.files,
        weights=own.weights.look,
        config=own.config,
        tokenizer=own.tokenizer,
        card=own.card,
        license=license_behind(own.license, own.card, linked.pages, Address.of(ref)),
        claims=(*own.claims, *own.measured_on),
        loops=own.code.loops,
        settings=own.code.settings,
        code_read=own.code.whole,
        sources=tuple(one for one in linked.sources if one.claims),
        datasets=tuple(one for one in linked.datasets if _about(one, Component.DATASETS)),
        pages=linked.pages,
        artefacts=own.code.artefacts,
        stated=own.code.stated,
        measured=own.measured,
        imports=own.code.imports,
        checkpoints=checkpoints.found,
        branches_read=not checkpoints.limits,
        evaluation_data=tuple(
            one for one in linked.datasets if _about(one, Component.EVALUATION_DATA)
        ),
        ancestors=linked.ancestors,
        written=own.written,
        citations=own.citations,
        copied_commit=claim.commit,
        unread=own.unread,
        loaded_code=own.loaded.search,
    )


def _unread(facts: Facts) -> Iterator[Limit]:
    """Yield what of the release, and of its repositories, was there and not read."""
    for one in facts.unread:
        yield Limit(Code.RECIPE_UNSEEN, one.what, f"{one.why} [{one.code}]")
    for linked in facts.sources:
        for one in linked.look.value.unread if isinstance(linked.look, Seen) else ():
            what = f"{linked.locator.uri}: {one.what}"
            yield Limit(Code.RECIPE_UNSEEN, what, f"{one.why} [{one.code}]")


def _about(linked: LinkedDataset, component: Component) -> bool:
    return any(claim.component is component for claim in linked.claims)


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
    parts = (listing, seen, own.loaded, own.weights, links, linked)
    found = chain.from_iterable(one.hazards for one in parts)
    hazards = {*found, *own.hazards, *license_hazards(facts)}
    limits = {*chain.from_iterable(one.limits for one in parts), *_unread(facts)}
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
        replayed=store.replayed,
    )
