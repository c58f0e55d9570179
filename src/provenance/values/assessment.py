"""What a published framework says of a release."""

from enum import StrEnum, unique

import attrs

from provenance.errors import InvalidValueError
from provenance.values.component import Component


@unique
class Status(StrEnum):
    """How a component counts in the Model Openness Framework's tool."""

    OPEN = "open"
    # It has a licence, and the licence is not an open one.
    INVALID = "invalid"
    UNLICENSED = "unlicensed"
    MISSING = "missing"


@attrs.frozen
class Answer:
    """One component's status, as the publisher claims it and as the evidence bears it out."""

    component: Component
    claimed: Status
    evidenced: Status


@attrs.frozen
class Assessment:
    """A framework's classes: 0 unclassified, 1 most open, 3 least.

    ``claimed`` takes the publisher at its word, ``evidenced`` counts only what was retrieved and
    whose licence text was recognised.
    """

    framework: str
    version: str
    claimed: int
    evidenced: int
    answers: tuple[Answer, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Refuse a class that the framework does not have."""
        if not {self.claimed, self.evidenced} <= {0, 1, 2, 3}:
            raise InvalidValueError(
                f"classes {self.claimed} and {self.evidenced}", hint="give 0, 1, 2 or 3"
            )
