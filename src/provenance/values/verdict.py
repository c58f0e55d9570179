"""Verdicts: what a policy makes of a manifest."""

from collections.abc import Iterable
from enum import StrEnum, unique
from typing import NoReturn

import attrs


@unique
class State(StrEnum):
    """How one demand stands."""

    MET = "met"
    # Only what could not be looked at, or was not, could meet it.
    OPEN = "open"
    UNMET = "unmet"


@attrs.frozen
class Answer:
    """One demand of a policy: its key in the file, how it stands, why, and what to do about it."""

    demand: str
    state: State
    reason: str
    to_do: str = ""


@attrs.frozen
class _Decided:
    """Why, and how every demand stands. It has no truth value: there are three verdicts."""

    reasons: tuple[str, ...]
    answers: tuple[Answer, ...] = ()

    def __bool__(self) -> NoReturn:
        """Refuse to be used as a condition."""
        raise TypeError("a verdict has no truth value: match Passed, Failed and Undecided")


@attrs.frozen
class Passed(_Decided):
    """Every demand is met."""


@attrs.frozen
class Failed(_Decided):
    """At least one demand is not met, whatever is still unknown."""


@attrs.frozen
class Undecided(_Decided):
    """No demand is shown to fail, and at least one needs evidence that could not be obtained."""


Verdict = Passed | Failed | Undecided


def word(verdict: Verdict) -> str:
    """Return ``passed``, ``failed`` or ``undecided``."""
    return type(verdict).__name__.lower()


def to_do(answers: Iterable[Answer]) -> tuple[str, ...]:
    """Return what to do about the demands that are not met, each once, in their order."""
    hints = (one.to_do for one in answers if one.state is not State.MET and one.to_do)
    return tuple(dict.fromkeys(hints))
