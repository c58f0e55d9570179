"""What a component is made of by weight: the declared total, and the named parts."""

import attrs

from provenance.errors import InvalidValueError
from provenance.values.rung import Reach


@attrs.frozen
class Part:
    """One named part: the facet that findings are about, how far it is there, and its weight.

    ``mass`` is how much there is of it at least; ``None`` where nobody says, and what is there
    cannot be weighed.
    """

    facet: str
    reach: Reach
    mass: int | None = None


@attrs.frozen
class Composition:
    """A whole and its parts, all in one unit (bytes).

    ``total`` is the most that the publisher's own words allow the whole to be; ``None`` where they
    do not say, so that no part's share is known.
    """

    parts: tuple[Part, ...]
    total: int | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse a whole without parts or of nothing, a negative mass, a part named twice."""
        masses = [one.mass for one in self.parts if one.mass is not None]
        if (
            not self.parts
            or (self.total is not None and self.total < 1)
            or min(masses, default=0) < 0
        ):
            raise InvalidValueError(
                f"{len(self.parts)} parts of a total of {self.total}",
                hint="give at least one part, a total above zero, and no mass below it",
            )
        if len({one.facet for one in self.parts}) != len(self.parts):
            raise InvalidValueError("a part is named twice", hint="name each part once")
