"""Verdicts: what a policy makes of a manifest."""

from collections.abc import Iterable
from enum import StrEnum, unique

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
class Passed:
    """Every demand is met."""

    reasons: tuple[str, ...]
    answers: tuple[Answer, ...] = ()


@attrs.frozen
class Failed:
    """At least one demand is not met, whatever is still unknown."""

    reasons: tuple[str, ...]
    answers: tuple[Answer, ...] = ()


@attrs.frozen
class Undecided:
    """No demand is shown to fail, and at least one needs evidence that could not be obtained."""

    reasons: tuple[str, ...]
    answers: tuple[Answer, ...] = ()


Verdict = Passed | Failed | Undecided


def word(verdict: Verdict) -> str:
    """Return ``passed``, ``failed`` or ``undecided``."""
    return type(verdict).__name__.lower()


def to_do(answers: Iterable[Answer]) -> tuple[str, ...]:
    """Return what to do about the demands that are not met, each once, in their order."""
    hints = (one.to_do for one in answers if one.state is not State.MET and one.to_do)
    return tuple(dict.fromkeys(hints))
