"""The ladder: how far one component of a release is shown to be there."""

from enum import IntEnum, unique

import attrs

from provenance.errors import InvalidValueError


@unique
class Rung(IntEnum):
    """One step of the ladder; a rung counts only if all lower ones hold."""

    ABSENT = 0
    CLAIMED = 1
    LOCATED = 2
    RETRIEVED = 3
    BOUND = 4
    CONSISTENT = 5
    REPRODUCED = 6


@attrs.frozen
class Reach:
    """The highest rung that is shown, and the highest that what is unknown leaves open.

    Nothing shown while something could not be looked at is *unknown*, which is not *absent*:

    >>> Reach(Rung.ABSENT, Rung.ABSENT).unknown, Reach(Rung.ABSENT, Rung.REPRODUCED).unknown
    (False, True)
    """

    shown: Rung
    at_most: Rung

    def __attrs_post_init__(self) -> None:
        """Refuse an upper end below the lower one."""
        if self.at_most < self.shown:
            raise InvalidValueError(
                f"at most {self.at_most:d}, but {self.shown:d} is shown",
                hint="the upper end is never below the lower",
            )

    @property
    def unknown(self) -> bool:
        """Whether nothing is shown and something could not be looked at."""
        return self.shown is Rung.ABSENT and self.at_most > Rung.ABSENT
