"""Verdicts: what a policy makes of a manifest."""

import attrs


@attrs.frozen
class Passed:
    """Every demand is met."""

    reasons: tuple[str, ...]


@attrs.frozen
class Failed:
    """At least one demand is not met, whatever is still unknown."""

    reasons: tuple[str, ...]


@attrs.frozen
class Undecided:
    """No demand is shown to fail, and at least one needs evidence that could not be obtained."""

    reasons: tuple[str, ...]


Verdict = Passed | Failed | Undecided
