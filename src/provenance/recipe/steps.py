"""Steps of training in names: of branches, tags and folders that hold the state of one moment."""

import re
from collections.abc import Iterable

from provenance.values.evidence import Where
from provenance.values.facts import Checkpoint
from provenance.values.inventory import FileEntry

_STEP = re.compile(
    r"(?<![a-z])(?:global[-_]?)?(?:steps?|checkpoint|ckpt|iter(?:ation)?s?)[-_]?(\d{1,9})(?!\d)",
    re.IGNORECASE,
)
_WEIGHTS = (".safetensors", ".bin", ".pt", ".pth", ".ckpt", ".msgpack", ".h5")


def step_of(name: str) -> int | None:
    """Return the step of training that a name speaks of.

    >>> step_of("stage1-step1000-tokens4B"), step_of("checkpoint-20"), step_of("main")
    (1000, 20, None)
    """
    found = _STEP.search(name)
    return int(found[1]) if found else None


def weights_of(entries: Iterable[FileEntry]) -> tuple[str, ...]:
    """Return the SHA-256 digests of the weight files among these, by path, those known."""
    files = (one for one in entries if one.path.text.endswith(_WEIGHTS))
    return tuple(one.sha256.hex for one in files if one.sha256)


def folders_of(entries: Iterable[FileEntry], listing: Where) -> tuple[Checkpoint, ...]:
    """Return the folders of a release that are named by a step, and hold weights."""
    groups: dict[str, list[FileEntry]] = {}
    for entry in entries:
        folder = entry.path.text.rpartition("/")[0]
        if step_of(folder) is not None:
            groups.setdefault(folder, []).append(entry)
    found = (
        Checkpoint(folder, step, listing, weights_of(group))
        for folder, group in sorted(groups.items())
        if (step := step_of(folder)) is not None
    )
    return tuple(one for one in found if one.weights)
