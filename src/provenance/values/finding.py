"""Findings: what a check made of the facts, as one of five outcomes."""

import attrs

from provenance.values.component import Component
from provenance.values.evidence import Where
from provenance.values.rung import Rung


@attrs.frozen
class Confirmed:
    """We looked, and it holds."""

    reason: str
    because: tuple[Where, ...] = ()


@attrs.frozen
class Contradicted:
    """We looked, and it differs from what is said."""

    reason: str
    because: tuple[Where, ...] = ()


@attrs.frozen
class Absent:
    """We looked everywhere that was named: they do not offer it."""

    reason: str
    because: tuple[Where, ...] = ()


@attrs.frozen
class Unknown:
    """We could not look."""

    reason: str
    because: tuple[Where, ...] = ()


@attrs.frozen
class Inapplicable:
    """The question does not arise for this release."""

    reason: str
    because: tuple[Where, ...] = ()


Outcome = Confirmed | Contradicted | Absent | Unknown | Inapplicable


@attrs.frozen
class Finding:
    """One check's outcome about one rung of one component.

    ``facet`` names the part that the finding is about where a component has several (one dataset of
    three); a component stands no higher than its weakest facet.
    """

    check: str
    component: Component
    rung: Rung
    outcome: Outcome
    facet: str = ""
