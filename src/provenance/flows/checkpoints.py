"""The moments of training that a release keeps: its branches, tags and folders named by a step."""

import attrs

from provenance.errors import Code, SourceError
from provenance.flows.datasets import Follower
from provenance.ports.source import Source
from provenance.recipe.steps import folders_of, step_of, weights_of
from provenance.sources.hub import HubSource
from provenance.text.shape import Reader
from provenance.values.evidence import Capture
from provenance.values.facts import Checkpoint
from provenance.values.hazard import Limit
from provenance.values.inventory import Inventory
from provenance.values.listing import Listing
from provenance.values.ref import Scheme
from provenance.values.revision import parse_revision
from provenance.weights.table import ENDINGS
from provenance.wire.evidence_json import encode_evidence, encode_where, parse_evidence, parse_where
from provenance.wire.hazards_json import encode_limit, parse_limit

_NOTE = "checkpoints"


@attrs.frozen
class CheckpointsRead:
    """What was found, and why its branches could not be listed where they could not."""

    found: tuple[Checkpoint, ...] = ()
    limits: tuple[Limit, ...] = ()


def read_checkpoints(
    source: Source, listing: Listing, inventory: Inventory, follower: Follower
) -> CheckpointsRead:
    """Return the checkpoints of a release, of which ``inventory`` was read.

    Of the branches and tags of the Hub the first and the last by step are listed, by the Hub's
    word: two that differ are enough to show that there is more than one moment.

    Raises:
        ReleaseError: HUB_ANSWER, for an answer that cannot be; FILE_CHANGED, for evidence that is
            replayed and is not what was kept.
    """
    folders = folders_of(inventory, listing.capture.where, ENDINGS)
    if source.ref.scheme is not Scheme.HF:
        return CheckpointsRead(folders)
    branches = _recorded(follower) or _asked(source, follower)
    return CheckpointsRead((*folders, *branches.found), branches.limits)


def _recorded(follower: Follower) -> CheckpointsRead | None:
    note = follower.store.noted(_NOTE)
    if note is None:
        return None
    reader = Reader.of(note, _NOTE)
    captures = [follower.store.recall(parse_evidence(one)) for one in reader.objects("captures")]
    found = tuple(
        Checkpoint(
            one.text("name"),
            one.integer("step"),
            parse_where(one.object("where")),
            one.texts("weights"),
        )
        for one in reader.objects("checkpoints")
    )
    limits = tuple(parse_limit(one) for one in reader.objects("limits"))
    return _noted(CheckpointsRead(found, limits), captures, follower)


def _asked(source: Source, follower: Follower) -> CheckpointsRead:
    if not isinstance(source, HubSource):
        return CheckpointsRead(limits=(Limit(Code.OFFLINE, "its branches", "nobody listed them"),))
    captures: list[Capture] = []
    try:
        found = _branches(source, follower, captures)
    except SourceError as error:
        limit = Limit(error.code, "its branches", error.what)
        return _noted(CheckpointsRead(limits=(limit,)), captures, follower)
    return _noted(CheckpointsRead(found), captures, follower)


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


def _noted(read: CheckpointsRead, captures: list[Capture], follower: Follower) -> CheckpointsRead:
    kept = [follower.store.keep(one) for one in captures]
    follower.store.note(
        _NOTE,
        {
            "captures": [encode_evidence(one) for one in kept],
            "checkpoints": [
                {
                    "name": one.name,
                    "step": one.step,
                    "weights": list(one.weights),
                    "where": encode_where(one.where),
                }
                for one in read.found
            ],
            "limits": [encode_limit(one) for one in read.limits],
        },
    )
    return read
