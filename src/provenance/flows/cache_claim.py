"""The commit that a download claims to be: held against the Hub's own list of that commit.

What lies in a client's cache is whatever somebody put there: it names a commit, and no more. Where
the Hub lists the same digests at that commit, the publisher's commit binds the files after all.
"""

import attrs

from provenance.errors import Code, InvalidValueError, ReleaseError, SourceError
from provenance.flows.datasets import Follower
from provenance.ports.source import Source
from provenance.sources.hub import HubSource
from provenance.sources.local import LocalSource
from provenance.text.shape import Reader
from provenance.values.evidence import Capture
from provenance.values.hazard import Hazard, Limit
from provenance.values.inventory import FileEntry, Inventory
from provenance.values.ref import Ref, Scheme
from provenance.values.revision import Commit
from provenance.wire.evidence_json import encode_evidence, parse_evidence
from provenance.wire.hazards_json import encode_hazard, encode_limit, parse_hazard, parse_limit

_NOTE = "cache claim"


@attrs.frozen
class CacheClaim:
    """The commit that a copy claims, whether the Hub bears it out, and what stood in the way.

    ``commit`` is ``None`` where nothing is claimed, and where the Hub lists something else.
    """

    commit: str | None = None
    bound: bool = False
    hazards: tuple[Hazard, ...] = ()
    limits: tuple[Limit, ...] = ()


def hold_claim(source: Source, seen: Inventory, follower: Follower) -> CacheClaim:
    """Ask the Hub for the list of the commit that a copy claims to be, if it claims one.

    Raises:
        ReleaseError: FILE_CHANGED, when evidence that is replayed is not what was kept.
    """
    if not isinstance(source, LocalSource) or source.commit is None:
        return CacheClaim()
    store = follower.store
    if (found := store.noted(_NOTE)) is not None:
        return _recalled(source.commit, Reader.of(found, _NOTE), follower)
    if follower.settings.offline or source.repository is None:
        return CacheClaim(source.commit)
    follower.progress.step(f"asking the Hub for commit {source.commit}")
    claim, captures = _asked(source.repository, source.commit, seen, follower)
    store.note(
        _NOTE,
        {
            "bound": claim.bound,
            "captures": [encode_evidence(store.keep(one)) for one in captures],
            "hazards": [encode_hazard(one) for one in claim.hazards],
            "limits": [encode_limit(one) for one in claim.limits],
        },
    )
    return claim


def _recalled(commit: str, note: Reader, follower: Follower) -> CacheClaim:
    for one in note.objects("captures"):
        follower.store.keep(follower.store.recall(parse_evidence(one)))
    hazards = tuple(map(parse_hazard, note.objects("hazards")))
    limits = tuple(map(parse_limit, note.objects("limits")))
    return CacheClaim(None if hazards else commit, note.boolean("bound"), hazards, limits)


def _asked(
    repository: str, commit: str, seen: Inventory, follower: Follower
) -> tuple[CacheClaim, tuple[Capture, ...]]:
    try:
        ref = Ref(Scheme.HF, repository, Commit(commit))
        hub = HubSource.resolve(ref, settings=follower.settings, clock=follower.clock)
        listing = hub.listing()
    except (SourceError, ReleaseError, InvalidValueError) as error:
        limit = Limit(error.code, f"the Hub's list of commit {commit}", error.what)
        return CacheClaim(commit, limits=(limit,)), ()
    captures = (listing.capture,)
    agreed = {one.path.text: _agree(listing.inventory, one) for one in seen}
    if odd := [path for path, agrees in agreed.items() if agrees is False]:
        what = f"{len(odd)} files are not as {repository} lists them at commit {commit}"
        return CacheClaim(hazards=(Hazard(Code.HUB_MISMATCH, odd[0], what),)), captures
    if all(agreed.values()):
        return CacheClaim(commit, bound=True), captures
    why = "the download's notes have no digest of some files to hold against it"
    limit = Limit(Code.NOT_COVERED, f"the Hub's list of commit {commit}", why)
    return CacheClaim(commit, limits=(limit,)), captures


def _agree(listed: Inventory, entry: FileEntry) -> bool | None:
    """Tell whether the Hub claims the same of a file as the copy's notes do; ``None``: who knows.

    That the bytes are those of the notes is seen where they are read.
    """
    told = listed.get(entry.path.text)
    if told is None or told.size != entry.size:
        return False
    pairs = [(told.claimed.get(one.algorithm), one) for one in entry.claimed]
    known = [(theirs, ours) for theirs, ours in pairs if theirs]
    return all(theirs == ours for theirs, ours in known) if known else None
