"""Labels: what a release may be called, decided by gates."""

from enum import StrEnum, unique

from provenance.values.component import Component

#: What loading a model needs; all of it makes a release one with open weights.
WEIGHTS = (Component.FINAL_PARAMETERS, Component.MODEL_ARCHITECTURE, Component.TOKENIZER)


@unique
class Label(StrEnum):
    """What a release is shown to be. No label says anything about whether a model is safe."""

    # Not everything that loading the model needs could be looked at.
    UNDETERMINED = "undetermined"
    CLOSED = "closed"
    OPEN_WEIGHTS = "open-weights"
    OPEN_WEIGHTS_AND_CODE = "open-weights-and-code"
    OPEN_SOURCE = "open-source"
    REPRODUCIBLE = "reproducible"
    REPRODUCED = "reproduced"

    @property
    def level(self) -> int:
        """Return the label's place from closed (0) to reproduced (5); undetermined counts as 0."""
        return max(0, list(Label).index(self) - 1)


@unique
class Qualifier(StrEnum):
    """A restriction that a label carries with it."""

    RESTRICTED = "restricted"
    GATED = "gated"
    PARTIAL = "partial"
    # The licence's text could not be matched to any that is known.
    LICENSE_UNKNOWN = "license-unknown"


@unique
class Stage(StrEnum):
    """The five parts of a recipe that are scored, never blended into one number."""

    ARTEFACT = "artefact"
    CODE = "code"
    DATA = "data"
    PROCESS = "process"
    REPORT = "report"
