"""How the weights, the model they are based on and the other files moved."""

from collections.abc import Iterator

from provenance.lineage.linked import unread
from provenance.values.component import Component
from provenance.values.inventory import FileEntry, Inventory
from provenance.values.manifest import Manifest
from provenance.values.movement import Aspect, Movement, Turn
from provenance.values.weights import Profile

_MOST_NAMES = 8


def weights(before: Manifest, after: Manifest) -> Iterator[Movement]:
    """Yield how the final parameters moved; files that hold the same tensors are said to."""
    old, new = before.profile, after.profile
    if old is None or new is None:
        return
    said = (_described(old, before.inventory), _described(new, after.inventory))
    alike = old.tensor_root is not None and old.tensor_root == new.tensor_root
    paths = sorted({one.text for one in (*old.files, *new.files)})
    states = {_state(path, before.inventory, after.inventory) for path in paths}
    if alike and Turn.CHANGED in states:
        yield Movement(Aspect.WEIGHTS, Turn.CHANGED, "files, the same tensors", *said)
    elif not alike and states & {Turn.CHANGED, Turn.UNKNOWN}:
        turn = Turn.CHANGED if Turn.CHANGED in states else Turn.UNKNOWN
        yield Movement(Aspect.WEIGHTS, turn, "final parameters", *said)


def _described(profile: Profile, inventory: Inventory) -> str:
    entries = [inventory.get(one.text) for one in profile.files]
    known = [one.sha256.hex[:12] for one in entries if one and one.sha256]
    digests = ", ".join(known[:_MOST_NAMES]) or "no digest"
    return (
        f"{profile.parameters:,} parameters in {profile.tensors} tensors, "
        f"{'/'.join(profile.dtypes)}, {len(profile.files)} files ({digests})"
    )


def _state(path: str, before: Inventory, after: Inventory) -> Turn | None:
    """Return whether one file changed, ``None`` if it is the same."""
    old, new = before.get(path), after.get(path)
    if old is None and new is None:
        return Turn.UNKNOWN
    if old is None or new is None or old.size != new.size:
        return Turn.CHANGED
    if old.sha256 is None or new.sha256 is None:
        return Turn.UNKNOWN
    return None if old.sha256 == new.sha256 else Turn.CHANGED


def base_models(before: Manifest, after: Manifest) -> Iterator[Movement]:
    """Yield how the base models that the releases name moved."""
    was, now = _bases(before), _bases(after)
    if was != now:
        turn = Turn.UNKNOWN if unread(before) or unread(after) else Turn.CHANGED
        yield Movement(Aspect.BASE_MODEL, turn, "base models", was, now)


def _bases(manifest: Manifest) -> str:
    claims = (
        claim
        for one in manifest.components
        if one.component is Component.BASE_MODELS
        for claim in one.claims
        if not claim.denied
    )
    return ", ".join(sorted({str(one.target) if one.target else one.text for one in claims}))


def files(before: Manifest, after: Manifest) -> Iterator[Movement]:
    """Yield which files came, went and changed, those of the weights apart."""
    apart = {
        one.text for side in (before, after) for one in (side.profile.files if side.profile else ())
    }
    old, new = _others(before, apart), _others(after, apart)
    kept = sorted(old.keys() & new.keys())
    states = {path: _state(path, before.inventory, after.inventory) for path in kept}
    for about, turn, paths in (
        ("added", Turn.CHANGED, sorted(new.keys() - old.keys())),
        ("removed", Turn.CHANGED, sorted(old.keys() - new.keys())),
        ("changed", Turn.CHANGED, [one for one in kept if states[one] is Turn.CHANGED]),
        ("not compared", Turn.UNKNOWN, [one for one in kept if states[one] is Turn.UNKNOWN]),
    ):
        if paths:
            yield Movement(
                Aspect.FILES,
                turn,
                about,
                "" if about == "added" else _listed(paths),
                "" if about == "removed" else _listed(paths),
            )


def _others(manifest: Manifest, apart: set[str]) -> dict[str, FileEntry]:
    return {one.path.text: one for one in manifest.inventory if one.path.text not in apart}


def _listed(paths: list[str]) -> str:
    more = f" and {len(paths) - _MOST_NAMES} more" if len(paths) > _MOST_NAMES else ""
    return ", ".join(paths[:_MOST_NAMES]) + more
