"""How many processors this process may use."""

import os
from collections.abc import Iterator
from pathlib import Path

_GROUPS = Path("/proc/self/cgroup")
_TREE = Path("/sys/fs/cgroup")


def usable_processors(groups: Path = _GROUPS, tree: Path = _TREE) -> int:
    """Return how many processors this process may keep busy; at least 1.

    The fewest of what its affinity allows and of the quotas of the control groups around it
    (``cpu.max`` of version 2, ``cpu.cfs_quota_us`` of version 1: Linux, cgroup-v2.rst).
    """
    allowed = [len(os.sched_getaffinity(0)), *_quotas(groups, tree)]
    return max(min(allowed), 1)


def _quotas(groups: Path, tree: Path) -> Iterator[int]:
    for line in _text(groups).splitlines():
        _, controllers, path = line.split(":", 2)
        if controllers and "cpu" not in controllers.split(","):
            continue
        # A group's own folder is not there inside a container; then its root is the group.
        place = (tree / "cpu" if controllers else tree) / path.lstrip("/")
        for folder in (place, *place.parents):
            if not folder.is_relative_to(tree):
                break
            yield from _quota(folder)


def _quota(folder: Path) -> Iterator[int]:
    unified = _text(folder / "cpu.max").split()
    split = [_text(folder / f"cpu.cfs_{name}_us").strip() for name in ("quota", "period")]
    for pair in (unified, split):
        match pair:
            case [quota, period] if quota.isdecimal() and period.isdecimal() and int(period):
                yield -(-int(quota) // int(period))


def _text(path: Path) -> str:
    try:
        return path.read_text("ascii")
    except OSError:
        # No such kind of group here: nothing is limited by it.
        return ""
