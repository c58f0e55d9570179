"""What looking comes to: unseen is unknown, always; missing is what the check says it is."""

from collections.abc import Callable
from typing import TypeVar, assert_never

from provenance.values.finding import Absent, Contradicted, Outcome, Unknown
from provenance.values.look import Look, Missing, Seen, Unseen

T = TypeVar("T")


def looked(
    look: Look[T],
    judge: Callable[[T], Outcome],
    *,
    missing: type[Absent] | type[Contradicted] = Absent,
) -> Outcome:
    """Return what ``judge`` makes of what was seen, or what it means that it was not.

    >>> looked(Missing("nothing is there"), lambda _: Unknown(""))
    Absent(reason='nothing is there', because=())

    Args:
        look: how looking ended.
        judge: says what it means that it is there.
        missing: what it means that it is not: :class:`Contradicted` for what is listed, and cannot
            be what its name says.
    """
    match look:
        case Unseen(reason):
            return Unknown(reason)
        case Missing(reason, because):
            return missing(reason, because)
        case Seen(value):
            return judge(value)
        case _:
            assert_never(look)
