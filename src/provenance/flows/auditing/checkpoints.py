"""The moments of training that a release keeps: its branches, tags and folders named by a step."""

from collections.abc import Iterator
from functools import partial
from typing import Final

import attrs

from provenance.errors import Code, SourceError
from provenance.flows.auditing.follower import Follower
from provenance.ports.source import Source
from provenance.recipe.steps import folders_of, step_of, weights_of
from provenance.sources.hub import HubSource
from provenance.sources.local import LocalSource
from provenance.values.answers import Branches
from provenance.values.evidence import Capture
from provenance.values.facts import Checkpoint
from provenance.values.hazard import Limit
from provenance.values.inventory import Inventory
from provenance.values.listing import Listing
from provenance.values.ref import Scheme
from provenance.values.revision import parse_revision
from provenance.weights.table import ENDINGS
from provenance.wire.notes_json import BRANCHES

_NOBODY: Final = Branches(limits=(Limit(Code.OFFLINE, "its branches", "nobody listed them"),))


def read_checkpoints(
    source: Source, listing: Listing, inventory: Inventory, follower: Follower
) -> Branches:
    """Return the checkpoints of a release, of which ``inventory`` was read.

    Of the branches and tags of the Hub the first and the last by step are listed, by the Hub's
    word: two that differ are enough to show that there is more than one moment.

    Raises:
        ReleaseError: HUB_ANSWER, for an answer that cannot be; FILE_CHANGED, for evidence that is
            replayed and is not what was kept.
    """
    folders = folders_of(inventory, listing.capture.where, ENDINGS)
    if source.ref.scheme is not Scheme.HF:
        return Branches(folders, tuple(_of_a_download(source)))
    ask = partial(_asked, source, follower)
    told = follower.store.answer("checkpoints", BRANCHES, ask) or _NOBODY
    return attrs.evolve(told, found=(*folders, *told.found))


def _of_a_download(source: Source) -> Iterator[Limit]:
    """Yield that a download of one commit has the branches that its repository has: unlisted."""
    if isinstance(source, LocalSource) and source.commit is not None:
        why = f"this is a download of commit {source.commit}: nobody listed them"
        yield Limit(Code.NOT_COVERED, "its branches", why)


def _asked(source: Source, follower: Follower) -> Branches | None:
    if not isinstance(source, HubSource):
        return None
    captures: list[Capture] = []
    try:
        found = _branches(source, follower, captures)
    except SourceError as error:
        limit = Limit(error.code, "its branches", error.what)
        return Branches((), (limit,), tuple(captures))
    return Branches(found, (), tuple(captures))


def _branches(
    source: HubSource, follower: Follower, captures: list[Capture]
) -> tuple[Checkpoint, ...]:
    names, capture = source.branches()
    captures.append(capture)
    steps = ((step_of(name), name) for name in names)
    named = sorted((step, name) for step, name in steps if step is not None)
    looked = {*named[:1], *named[-1:]} if len(named) > 1 else set()
    found: list[Checkpoint] = []
    for step, name in named:
        where = capture.where
        weights: tuple[str, ...] = ()
        if (step, name) in looked:
            other = HubSource.resolve(
                attrs.evolve(source.ref, revision=parse_revision(name)),
                settings=follower.settings,
                clock=follower.clock,
            ).listing()
            captures.append(other.capture)
            where, weights = other.capture.where, weights_of(other.inventory, ENDINGS)
        found.append(Checkpoint(name, step, where, weights))
    return tuple(found)
