"""A next step: what would lift a component by one rung, and what that costs whom."""

from enum import IntEnum, unique

import attrs

from provenance.values.component import Component
from provenance.values.rung import Rung


@unique
class Cost(IntEnum):
    """What a step costs, from the least to the most; an order, not a sum of money."""

    # Nothing was shown to be missing: looking again, with access or a network, may do.
    LOOK = 0
    # A line in the card, or an address made exact.
    LINE = 1
    # A file that is there already, put beside the others.
    FILE = 2
    # Something that has to be written first.
    WRITE = 3
    # Code that is kept back, or terms that others have to agree to.
    PUBLISH = 4
    # Data or checkpoints that are kept back: size, rights, persons.
    PUBLISH_DATA = 5
    # A training or an evaluation, made again.
    RUN = 6

    @property
    def title(self) -> str:
        """Return the cost as people read it."""
        return ("look again", "a line", "a file", "writing", "code", "data", "a run")[self]


@attrs.frozen
class NextStep:
    """The cheapest step that lifts a component: to which rung, and what to do.

    A step about a licence lifts no rung: ``rung`` is then the one that is shown.
    """

    component: Component
    rung: Rung
    cost: Cost
    action: str
