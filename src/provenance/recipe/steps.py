"""Steps of training in names: of branches, tags and folders that hold the state of one moment."""

import re
from collections.abc import Collection, Iterable

from provenance.values.evidence import Where
from provenance.values.facts import Checkpoint
from provenance.values.inventory import FileEntry

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


def weights_of(entries: Iterable[FileEntry], endings: Collection[str]) -> tuple[str, ...]:
    """Return the SHA-256 digests of the weight files among these, by path, those known.

    ``endings`` are the ends of the names of weight files.
    """
    return tuple(one.sha256.hex for one in entries if one.sha256 and one.path.suffix in endings)


def folders_of(
    entries: Iterable[FileEntry], listing: Where, endings: Collection[str]
) -> tuple[Checkpoint, ...]:
    """Return the folders of a release that are named by a step, and hold weights, read or not."""
    groups: dict[str, list[FileEntry]] = {}
    for entry in entries:
        folder = entry.path.text.rpartition("/")[0]
        if step_of(folder) is not None:
            groups.setdefault(folder, []).append(entry)
    return tuple(
        Checkpoint(folder, step, listing, weights_of(group, endings))
        for folder, group in sorted(groups.items())
        if (step := step_of(folder)) is not None
        and any(one.path.suffix in endings for one in group)
    )
