"""The tensor root of a release: over the tensors of the files that its profile rests on."""

import attrs

from provenance.errors import Code, SourceError
from provenance.flows.auditing.desk import Desk
from provenance.flows.auditing.follower import Follower
from provenance.flows.auditing.weights import WeightsRead
from provenance.flows.digesting.observe import files_of, want_of
from provenance.flows.digesting.tensor_digests import digest_tensors
from provenance.hashing.wants import Want
from provenance.stores.replay import answer_about
from provenance.values.answers import TensorRoot
from provenance.values.digest import Algorithm
from provenance.values.hazard import Limit
from provenance.values.inventory import FileEntry
from provenance.values.look import Seen
from provenance.weights.placed import PLACED
from provenance.wire.notes_json import TENSORS

_ABOUT = "the tensor root"


def read_tensor_root(weights: WeightsRead, desk: Desk, follower: Follower) -> WeightsRead:
    """Return the weights with the root over their tensors, where the caller wants one.

    The files are read once more for it, and have to be what they were when they were hashed, before
    and after. What there was trouble with is a limit, and then there is no root. A replay repeats
    what was noted.

    Raises:
        ReleaseError: FS_CHANGED, when a file is not what was hashed.
    """
    found = _found(weights, desk, follower)
    if found is None:
        return weights
    look = weights.look
    if isinstance(look, Seen):
        profile = attrs.evolve(look.value.profile, tensor_root=found.root)
        look = Seen(attrs.evolve(look.value, profile=profile))
    return attrs.evolve(weights, look=look, limits=(*weights.limits, *found.limits))


def _found(weights: WeightsRead, desk: Desk, follower: Follower) -> TensorRoot | None:
    wanted, question = follower.settings.tensors, f"tensors {desk.source.ref}"

    def ask() -> TensorRoot | None:
        return _hashed(weights, desk, follower) if wanted else None

    try:
        return answer_about(desk.source, question, TENSORS, ask, follower.store)
    except SourceError as error:
        limit = Limit(error.code, _ABOUT, "no tensor was hashed then")
        return TensorRoot(None, (limit,)) if wanted else None


def _hashed(weights: WeightsRead, desk: Desk, follower: Follower) -> TensorRoot:
    if not isinstance(weights.look, Seen) or weights.look.value.profile.format != PLACED.name:
        why = f"there is no whole set of {PLACED.name} files to take it of"
        return TensorRoot(None, (Limit(Code.NOT_COVERED, _ABOUT, why),))
    files = frozenset(weights.look.value.profile.files)
    entries = [one for one in desk.seen.inventory if one.path in files]
    unread = [one for one in entries if not one.observed]
    if unread:
        why = f"{len(unread)} of {len(entries)} weight files were not read"
        return TensorRoot(None, (Limit(Code.NOT_COVERED, _ABOUT, why),))
    wants = [_want(entry, desk) for entry in entries]
    follower.progress.step(f"hashing the tensors of {len(wants)} files")
    hashed = digest_tensors(
        [want.path for want in wants],
        wants,
        files_of(desk.source),
        follower.progress,
        follower.settings.jobs,
    )
    limits = tuple(
        Limit(one.code, one.path or _ABOUT, f"its tensors have no digest: {one.what}")
        for one in hashed.troubles
    )
    return TensorRoot(hashed.root, limits)


def _want(entry: FileEntry, desk: Desk) -> Want:
    """Return what to hash of a file; it has to be what it was when its digest was taken."""
    want = want_of(entry, desk.source, (Algorithm.SHA256,))
    stamp = desk.seen.stamps.get(entry.path)
    return want._replace(stamp=stamp) if stamp else want
