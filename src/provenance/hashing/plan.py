"""What to read within a budget of bytes, decided before the first byte is read."""

from collections.abc import Hashable, Sequence

import attrs

from provenance.errors import Code
from provenance.hashing.wants import Want
from provenance.values.hazard import Hazard, Limit
from provenance.values.settings import Budget


@attrs.frozen
class Plan:
    """The files that fit the budget, in the order they came, and what has to stay unread."""

    wants: tuple[Want, ...]
    hazards: tuple[Hazard, ...] = ()
    limits: tuple[Limit, ...] = ()


def within(wants: Sequence[Want], budget: Budget) -> Plan:
    """Choose what to read: no file over ``budget.file``, and ``budget.release`` bytes in all.

    Smaller files are chosen first, names of one file are counted once, and what is left out is a
    hazard and a limit: its bytes stay unknown.
    """
    chosen: set[str] = set()
    counted: set[Hashable] = set()
    hazards: list[Hazard] = []
    left = budget.release
    for want in sorted(wants, key=lambda want: (want.size, want.path)):
        # A file that has a stamp is known by it, whatever its name.
        file = want.stamp or want.path
        cost = 0 if file in counted else want.size
        if want.size > budget.file:
            why = f"over the budget of {budget.file} bytes for one file"
            hazards.append(_too_large(want, why))
        elif cost > left:
            why = f"beyond the {budget.release} bytes of one release"
            hazards.append(_too_large(want, why))
        else:
            chosen.add(want.path)
            counted.add(file)
            left -= cost
    hazards.sort()
    limits = tuple(Limit(one.code, one.path, one.detail) for one in hazards)
    return Plan(tuple(want for want in wants if want.path in chosen), tuple(hazards), limits)


def _too_large(want: Want, why: str) -> Hazard:
    return Hazard(Code.RESOURCE, want.path, f"its {want.size} bytes were not read: {why}")
