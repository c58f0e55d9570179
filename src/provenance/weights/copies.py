"""The formats that one repository holds its model in: told apart by names, and named."""

import re
from collections.abc import Iterable

from provenance.values.inspection import Copy
from provenance.values.inventory import FileEntry
from provenance.values.path import RelPath
from provenance.weights.table import weights_in

_SHARD = re.compile(r"[-_][0-9]{5,6}-of-[0-9]{5,6}(?=\.|$)")


def copies(entries: Iterable[FileEntry]) -> tuple[Copy, ...]:
    """Return the copies of a model among files, largest first: shards of one name are one copy.

    Names are all that this goes by; whether two copies hold the same numbers it cannot tell.
    """
    groups: dict[tuple[str, str], list[FileEntry]] = {}
    for entry in entries:
        if found := format_of(entry.path):
            groups.setdefault((found, _SHARD.sub("", entry.path.text)), []).append(entry)
    made = (
        Copy(kind, name, len(group), sum(entry.size for entry in group))
        for (kind, name), group in groups.items()
    )
    return tuple(sorted(made, key=lambda one: (-one.size, one.name)))


def format_of(path: RelPath) -> str | None:
    """Return the format that a file's name stands for, or ``None`` for a file without weights."""
    found = weights_in(path)
    return found.name if found else None
