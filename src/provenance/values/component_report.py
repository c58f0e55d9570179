"""What an audit says of one component."""

import attrs

from provenance.values.access import Access
from provenance.values.claim import Claim
from provenance.values.component import Component
from provenance.values.composition import Composition
from provenance.values.finding import Finding
from provenance.values.interval import Interval
from provenance.values.license import License
from provenance.values.next_step import NextStep
from provenance.values.rung import Reach


@attrs.frozen
class ComponentReport:
    """One component: how far it is shown to be there, under which terms, and why.

    ``coverage`` is the fraction of the declared mass that is there (``None`` when nothing is
    declared); it never enters the rung, nor do licence and access. ``composition`` says what a
    component weighs that is judged by weight; ``next_step`` is the cheapest that would lift it.
    """

    component: Component
    reach: Reach
    license: License
    access: Access
    coverage: Interval | None = None
    claims: tuple[Claim, ...] = ()
    findings: tuple[Finding, ...] = ()
    composition: Composition | None = None
    next_step: NextStep | None = None
