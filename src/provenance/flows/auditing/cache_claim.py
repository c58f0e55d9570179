"""The commit that a download claims to be: held against the Hub's own list of that commit.

What lies in a client's cache is whatever somebody put there: it names a commit, and no more. Where
the Hub lists the same digests at that commit, the publisher's commit binds the files after all.
"""

from functools import partial

import attrs

from provenance.errors import Code, InvalidValueError, ReleaseError, SourceError
from provenance.flows.auditing.follower import Follower
from provenance.ports.source import Source
from provenance.sources.hub import HubSource
from provenance.sources.local import LocalSource
from provenance.values.answers import Borne
from provenance.values.hazard import Hazard, Limit
from provenance.values.inventory import FileEntry, Inventory
from provenance.values.ref import Ref, Scheme
from provenance.values.revision import Commit
from provenance.wire.notes_json import BORNE


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
    ask = partial(_asked, source, seen, follower)
    told = follower.store.answer("cache claim", BORNE, ask) or Borne()
    commit = None if told.hazards else source.commit
    return CacheClaim(commit, told.bound, told.hazards, told.limits)


def _asked(source: LocalSource, seen: Inventory, follower: Follower) -> Borne | None:
    if follower.settings.offline or source.repository is None or source.commit is None:
        return None
    follower.progress.step(f"asking the Hub for commit {source.commit}")
    repository, commit = source.repository, source.commit
    try:
        ref = Ref(Scheme.HF, repository, Commit(commit))
        hub = HubSource.resolve(ref, settings=follower.settings, clock=follower.clock)
        listing = hub.listing()
    except (SourceError, ReleaseError, InvalidValueError) as error:
        limit = Limit(error.code, f"the Hub's list of commit {commit}", error.what)
        return Borne(limits=(limit,))
    captures = (listing.capture,)
    agreed = {one.path.text: _agree(listing.inventory, one) for one in seen}
    if odd := [path for path, agrees in agreed.items() if agrees is False]:
        what = f"{len(odd)} files are not as {repository} lists them at commit {commit}"
        return Borne(hazards=(Hazard(Code.HUB_MISMATCH, odd[0], what),), captures=captures)
    if all(agreed.values()):
        return Borne(bound=True, captures=captures)
    why = "the download's notes have no digest of some files to hold against it"
    limit = Limit(Code.NOT_COVERED, f"the Hub's list of commit {commit}", why)
    return Borne(limits=(limit,), captures=captures)


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
