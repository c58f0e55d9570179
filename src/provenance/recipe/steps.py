"""Steps of training in names: of branches, tags and folders that hold the state of one moment."""

import re
from collections.abc import Iterable

from provenance.values.evidence import Where
from provenance.values.facts import Checkpoint
from provenance.values.inventory import FileEntry
from provenance.values.weight_names import ALL_WEIGHT_SUFFIXES

_STEP = re.compile(
    r"(?<![a-z])(?:global[-_]?)?(?:steps?|checkpoint|ckpt|iter(?:ation)?s?)[-_]?(\d{1,9})(?!\d)",
    re.IGNORECASE,
)


def step_of(name: str) -> int | None:
    """Return the step of training that a name speaks of.

    >>> step_of("stage1-step1000-tokens4B"), step_of("checkpoint-20"), step_of("main")
    (1000, 20, None)
    """
    found = _STEP.search(name)
    return int(found[1]) if found else None


def weights_of(entries: Iterable[FileEntry]) -> tuple[str, ...]:
    """Return the SHA-256 digests of the weight files among these, by path, those known."""
    return tuple(one.sha256.hex for one in entries if one.sha256 and _is_weights(one))


def _is_weights(entry: FileEntry) -> bool:
    return entry.path.suffix in ALL_WEIGHT_SUFFIXES


def folders_of(entries: Iterable[FileEntry], listing: Where) -> tuple[Checkpoint, ...]:
    """Return the folders of a release that are named by a step, and hold weights, read or not."""
    groups: dict[str, list[FileEntry]] = {}
    for entry in entries:
        folder = entry.path.text.rpartition("/")[0]
        if step_of(folder) is not None:
            groups.setdefault(folder, []).append(entry)
    return tuple(
        Checkpoint(folder, step, listing, weights_of(group))
        for folder, group in sorted(groups.items())
        if (step := step_of(folder)) is not None and any(map(_is_weights, group))
    )
