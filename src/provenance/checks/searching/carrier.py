"""Where a component may stand: a place that carries it, and how far."""

from collections.abc import Iterable

import attrs

from provenance.checks.ladder import reach
from provenance.values.component import Component
from provenance.values.finding import Absent, Contradicted, Finding, Outcome, Unknown
from provenance.values.rung import Rung


@attrs.frozen
class Carrier:
    """One place, with an outcome for each rung; without ``agrees`` there is no cross-check."""

    said: Outcome
    located: Outcome
    typed: Outcome
    bound: Outcome
    agrees: Outcome | None = None
    facet: str = ""

    def findings(self, check: str, component: Component) -> tuple[Finding, ...]:
        """Return a finding for each rung."""
        outcomes = (
            (Rung.CLAIMED, self.said),
            (Rung.LOCATED, self.located),
            (Rung.RETRIEVED, self.typed),
            (Rung.BOUND, self.bound),
            (Rung.CONSISTENT, self.agrees),
        )
        return tuple(
            Finding(check, component, rung, outcome, self.facet)
            for rung, outcome in outcomes
            if outcome is not None
        )


def best(carriers: Iterable[Carrier], unseen: Unknown | None) -> Carrier | None:
    """Return the place that carries the component farthest.

    A place that holds it, and whose cross-check fails, comes after one whose does not. What this
    place lacks, another may have where nobody could look: with ``unseen`` it is unknown.
    """
    found = max(carriers, key=_standing, default=None)
    if found is None or unseen is None:
        return found
    return Carrier(
        found.said,
        _opened(found.located, unseen),
        _opened(found.typed, unseen),
        _opened(found.bound, unseen),
        _opened(found.agrees, unseen) if found.agrees else None,
        found.facet,
    )


def _opened(outcome: Outcome, unseen: Unknown) -> Outcome:
    if isinstance(outcome, Absent | Contradicted):
        return Unknown(f"{outcome.reason}; {unseen.reason}", outcome.because + unseen.because)
    return outcome


def _standing(carrier: Carrier) -> tuple[bool, int, int]:
    stands = reach(carrier.findings("", Component.TRAINING_CODE))
    sound = stands.shown >= Rung.RETRIEVED and not isinstance(carrier.agrees, Contradicted)
    return sound, stands.shown, stands.at_most
