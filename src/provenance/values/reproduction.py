"""The ways of reproducing a release, cheapest first: a set with coverage, not one grade."""

from enum import StrEnum, unique


@unique
class Reproduction(StrEnum):
    """What can be executed, or derived again, and compared with what was published."""

    INTACT = "intact"
    FORMATS = "formats"
    LINEAGE = "lineage"
    DATA = "data"
    EVALUATION = "evaluation"
    SEGMENT = "segment"
    REBUILD = "rebuild"
    # By several, independent of each other.
    REBUILT = "rebuilt"
