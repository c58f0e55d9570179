"""What frameworks say of a release: classes (MOF), three values (OSAID), points (OSAI)."""

from enum import StrEnum, unique
from typing import ClassVar, TypeAlias

import attrs

from provenance.errors import InvalidValueError
from provenance.values.component import Component
from provenance.values.digest import Digest
from provenance.values.evidence import Where
from provenance.values.interval import Interval

_CLASSES = (0, 3, 2, 1)
# Enough digits to tell one parameter, few enough that every platform prints the same.
_DIGITS = 4


@unique
class Status(StrEnum):
    """How a component counts in the Model Openness Framework's tool, and that we cannot know."""

    OPEN = "open"
    # It has a licence, and the licence is not an open one.
    INVALID = "invalid"
    UNLICENSED = "unlicensed"
    MISSING = "missing"
    # We could not look, at it or at its licence; the tool has no such word.
    UNKNOWN = "unknown"


@attrs.frozen
class MofAnswer:
    """One component's status, as the publisher claims it and as the evidence bears it out."""

    component: Component
    claimed: Status
    evidenced: Status


@attrs.frozen
class MofAssessment:
    """Classes of the Model Openness Framework: 0 unclassified, 1 most open, 3 least.

    ``claimed`` takes the publisher at its word, ``evidenced`` counts only what was retrieved and
    whose licence text was recognised; ``evidenced_at_most`` is that class if all that is unknown
    were there and open.
    """

    framework: ClassVar[str] = "mof"

    version: str
    rubric: Digest
    claimed: int
    evidenced: int
    evidenced_at_most: int
    answers: tuple[MofAnswer, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Refuse a class that the framework does not have, and an upper end below the lower one."""
        classes = (self.claimed, self.evidenced, self.evidenced_at_most)
        if not set(classes) <= set(_CLASSES):
            raise InvalidValueError(f"classes {classes}", hint="give 0, 1, 2 or 3")
        if rank(self.evidenced_at_most) < rank(self.evidenced):
            raise InvalidValueError(
                f"class {self.evidenced} is evident, and at most {self.evidenced_at_most} possible",
                hint="the upper end is never less open than the lower",
            )

    @property
    def gap(self) -> tuple[Component, ...]:
        """Return what is claimed to be open and is not evidently so: the openwashing gap."""
        return tuple(
            one.component
            for one in self.answers
            if one.claimed is Status.OPEN and one.evidenced is not Status.OPEN
        )


def rank(mof_class: int) -> int:
    """Return how open a class is, from unclassified (0) to Open Science (3)."""
    return _CLASSES.index(mof_class)


@unique
class OsaidQuestion(StrEnum):
    """What the Open Source AI Definition 1.0 asks for, part by part."""

    DATA_INFORMATION = "data-information"
    DATA_PROCESSING_CODE = "data-processing-code"
    TRAINING_CODE = "training-code"
    VALIDATION_CODE = "validation-code"
    SUPPORTING_CODE = "supporting-code"
    INFERENCE_CODE = "inference-code"
    MODEL_ARCHITECTURE = "model-architecture"
    PARAMETERS = "parameters"


@unique
class OsaidOutcome(StrEnum):
    """How a part of the definition stands. A machine never says that the whole is met."""

    FAILS = "fails"
    MEETS = "meets"
    # What a machine can check is met; a person must judge the data information.
    PERSON = "person-must-judge"
    UNKNOWN = "unknown"


@attrs.frozen
class OsaidAnswer:
    """How one part stands, why, and on which evidence."""

    question: OsaidQuestion
    outcome: OsaidOutcome
    reason: str
    because: tuple[Where, ...] = ()


@attrs.frozen
class OsaidAssessment:
    """The Open Source AI Definition, part by part."""

    framework: ClassVar[str] = "osaid"

    version: str
    rubric: Digest
    answers: tuple[OsaidAnswer, ...]

    def __attrs_post_init__(self) -> None:
        """Refuse answers that are not one for each part, in their order."""
        if [one.question for one in self.answers] != list(OsaidQuestion):
            raise InvalidValueError(
                "the answers are not one for each part of the definition", hint="answer every part"
            )

    @property
    def outcome(self) -> OsaidOutcome:
        """Return one of three: a part fails; a part is unknown; a person must judge the rest."""
        found = {one.outcome for one in self.answers}
        for worse in (OsaidOutcome.FAILS, OsaidOutcome.UNKNOWN):
            if worse in found:
                return worse
        return OsaidOutcome.PERSON


@unique
class OsaiParameter(StrEnum):
    """The twelve parameters of the European Open Source AI Index that are judged here."""

    BASE_DATA = "base-model-data"
    END_DATA = "end-model-data"
    BASE_WEIGHTS = "base-model-weights"
    END_WEIGHTS = "end-model-weights"
    TRAINING_CODE = "training-code"
    CODE_DOCUMENTATION = "code-documentation"
    HARDWARE = "hardware-architecture"
    PREPRINT = "preprint"
    PAPER = "paper"
    MODEL_CARD = "model-card"
    DATASHEET = "datasheet"
    LICENSES = "licenses"


@unique
class Grade(StrEnum):
    """How open a parameter is: worth 1, 0.5 and 0; unknown is worth anything between."""

    OPEN = "open"
    PARTIAL = "partial"
    CLOSED = "closed"
    UNKNOWN = "unknown"

    @property
    def worth(self) -> Interval:
        """Return what it is worth."""
        ends = {Grade.OPEN: (1, 1), Grade.PARTIAL: (0.5, 0.5), Grade.CLOSED: (0, 0)}
        return Interval(*ends.get(self, (0, 1)))


@attrs.frozen
class OsaiAnswer:
    """How open one parameter is, why, in whose words, and on which evidence.

    ``quote`` is the publisher's own text about it, empty where there is none.
    """

    parameter: OsaiParameter
    grade: Grade
    reason: str
    quote: str = ""
    because: tuple[Where, ...] = ()


@attrs.frozen
class OsaiAssessment:
    """The European Open Source AI Index, parameter by parameter."""

    framework: ClassVar[str] = "osai"

    version: str
    rubric: Digest
    answers: tuple[OsaiAnswer, ...]

    def __attrs_post_init__(self) -> None:
        """Refuse answers that are not one for each parameter, in their order."""
        if [one.parameter for one in self.answers] != list(OsaiParameter):
            raise InvalidValueError(
                "the answers are not one for each of the twelve parameters",
                hint="answer every parameter",
            )

    @property
    def score(self) -> Interval:
        """Return the mean over the twelve, between what is shown and what may be."""
        worths = [one.grade.worth for one in self.answers]
        ends = (sum(one.lo for one in worths), sum(one.hi for one in worths))
        return Interval(*(round(end / len(worths), _DIGITS) for end in ends))


Assessment: TypeAlias = MofAssessment | OsaidAssessment | OsaiAssessment
