"""The proof of a listing by git: commit, tree and pointers, each hashed, under the Hub's list.

The Hub's list names each file's object in its git repository; what it says of a large file's
SHA-256 was held against the name of its pointer when the list was read. So a tree of the same
objects under the same paths, behind the same commit, proves the list without the Hub's word.
"""

from collections.abc import Mapping
from functools import partial

from provenance.doors.workspace import workspace
from provenance.errors import Code, ReleaseError, SourceError
from provenance.flows.auditing.follower import Follower
from provenance.ports.source import Source
from provenance.sources.git import GitSource
from provenance.sources.git_pin import Wanted
from provenance.sources.hub import HubSource
from provenance.text.shape import Reader
from provenance.text.strict_json import parse as parse_json
from provenance.values.answers import Proof
from provenance.values.evidence import Capture
from provenance.values.hazard import Limit
from provenance.values.listing import Listing
from provenance.wire.notes_json import PROOF


def prove(source: Source, listing: Listing, follower: Follower) -> Proof:
    """Hold a listing of the Hub against its git repository, if the settings ask for it.

    Raises:
        ReleaseError: HUB_MISMATCH, when the two differ; GIT_CORRUPT, GIT_FSCK, for objects that are
            not what their names say.
    """
    ask = partial(_asked, source, listing, follower)
    return follower.store.answer("git proof", PROOF, ask) or Proof()


def _asked(source: Source, listing: Listing, follower: Follower) -> Proof | None:
    if not follower.settings.git_proof or not isinstance(source, HubSource):
        return None
    follower.progress.step("holding the list against git")
    try:
        capture = _fetched(source, listing, follower)
    except SourceError as error:
        return Proof(limits=(Limit(error.code, "the Hub's git repository", error.what),))
    return Proof(proven=True, captures=(capture,))


def _fetched(source: HubSource, listing: Listing, follower: Follower) -> Capture:
    settings = follower.settings
    wanted = Wanted(f"{settings.endpoint}/{source.ref.name}", source.ref.revision)
    with (
        workspace(settings.cache) as folder,
        GitSource.fetch(wanted, settings=settings, into=folder, clock=follower.clock) as git,
    ):
        _require_equal(_told(listing), {file.path: str(file.oid) for file in git.files})
        return git.listing


def _told(listing: Listing) -> Mapping[str, str]:
    """Return the name of each file's object, as the Hub lists them."""
    reader = Reader.of(parse_json(listing.capture.payload), "listing")
    return {one.text("path"): one.text("oid") for one in reader.objects("files")}


def _require_equal(told: Mapping[str, str], seen: Mapping[str, str]) -> None:
    odd = sorted(path for path in told.keys() | seen.keys() if told.get(path) != seen.get(path))
    if odd:
        raise ReleaseError(
            f"the Hub's list and its git repository differ in {len(odd)} files, "
            f"{odd[0][:200]!a} first",
            hint="do not trust this server",
            code=Code.HUB_MISMATCH,
        )
