"""An interval between what is shown and what the unknown leaves possible."""

import attrs

from provenance.errors import InvalidValueError


@attrs.frozen
class Interval:
    """Two fractions, ``0 <= lo <= hi <= 1``; the headline is always ``lo``."""

    lo: float
    hi: float

    def __attrs_post_init__(self) -> None:
        """Refuse ends that are out of order or out of range (not-a-number included)."""
        if not 0.0 <= self.lo <= self.hi <= 1.0:
            raise InvalidValueError(
                f"[{self.lo}, {self.hi}] is not an interval of fractions",
                hint="give 0 <= lo <= hi <= 1",
            )
