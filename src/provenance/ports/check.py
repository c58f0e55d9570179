"""The port of a check: facts in, findings out."""

from typing import Protocol

from provenance.values.component import Component
from provenance.values.facts import Facts
from provenance.values.finding import Finding


class Check(Protocol):
    """One question about one component. It sees facts only, so a recording of facts replays it."""

    @property
    def id(self) -> str:
        """Return the stable name that findings carry."""
        ...

    @property
    def component(self) -> Component:
        """Return the component that the check is about."""
        ...

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return one finding for each rung and facet that the check can speak about."""
        ...
