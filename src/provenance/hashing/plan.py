"""What to read within a budget of bytes, decided before the first byte is read."""

from collections.abc import Hashable, Sequence

import attrs

from provenance.errors import Code
from provenance.values.digest import Algorithm
from provenance.values.hazard import Hazard, Limit
from provenance.values.path import RelPath
from provenance.values.settings import Budget


@attrs.frozen
class Job:
    """A file to hash: its listed size in bytes and the digests that are wanted of it.

    Jobs with one ``key`` are thought to be one file under several names, and read once; ``None``
    stands for a file of its own.
    """

    path: RelPath
    size: int
    algorithms: tuple[Algorithm, ...] = (Algorithm.SHA256,)
    key: Hashable = None


@attrs.frozen
class Plan:
    """The jobs that fit the budget, in the order they came, and what has to stay unread."""

    jobs: tuple[Job, ...]
    hazards: tuple[Hazard, ...] = ()
    limits: tuple[Limit, ...] = ()


def within(jobs: Sequence[Job], budget: Budget) -> Plan:
    """Choose what to read: no file over ``budget.file``, and ``budget.release`` bytes in all.

    Smaller files are chosen first, names of one file are counted once, and what is left out is a
    hazard and a limit: its bytes stay unknown.
    """
    chosen: set[RelPath] = set()
    counted: set[Hashable] = set()
    hazards: list[Hazard] = []
    left = budget.release
    for job in sorted(jobs, key=lambda job: (job.size, job.path)):
        new = job.key is None or job.key not in counted
        cost = job.size if new else 0
        if job.size > budget.file:
            hazards.append(_too_large(job, f"over the budget of {budget.file} bytes for one file"))
        elif cost > left:
            hazards.append(_too_large(job, f"beyond the {budget.release} bytes of one release"))
        else:
            chosen.add(job.path)
            counted.add(job.key)
            left -= cost
    hazards.sort()
    limits = tuple(Limit(one.code, one.path, one.detail) for one in hazards)
    return Plan(tuple(job for job in jobs if job.path in chosen), tuple(hazards), limits)


def _too_large(job: Job, why: str) -> Hazard:
    return Hazard(Code.RESOURCE, job.path.text, f"its {job.size} bytes were not read: {why}")
