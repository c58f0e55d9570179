"""Components that are only looked for in the publisher's text: is there a claim, and a link?"""

import attrs

from provenance.checks.claimed import claimed, claims_about, denial
from provenance.values.component import Component
from provenance.values.facts import Facts
from provenance.values.finding import Confirmed, Finding, Unknown
from provenance.values.rung import Rung


@attrs.frozen
class Mentioned:
    """The card claims the component, and the claim leads to a typed address.

    Needs: the card. Proves: the publisher says so, in the words quoted. Does not prove: that it is
    there. Where nothing is said the component stays unknown: it was not looked for elsewhere.
    """

    component: Component

    @property
    def id(self) -> str:
        """Return the stable name that findings carry."""
        return f"{self.component.id}-mentioned"

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return findings for rungs 1 to 3; rung 3 is not tested for this component."""
        claims = claims_about(facts, self.component)
        if refused := denial(claims):
            return (Finding(self.id, self.component, Rung.CLAIMED, refused),)
        if not claims:
            silent = Unknown("the card says nothing of it, and it was not looked for elsewhere")
            return (Finding(self.id, self.component, Rung.CLAIMED, silent),)
        targets = [claim for claim in claims if claim.target]
        located = (
            Confirmed(f"it leads to {targets[0].target}", tuple(one.where for one in targets))
            if targets
            else Unknown("the claim names no address, and it was not looked for elsewhere")
        )
        untested = Unknown("this version has no test of what is there")
        return (
            Finding(self.id, self.component, Rung.CLAIMED, claimed(claims)),
            Finding(self.id, self.component, Rung.LOCATED, located),
            Finding(self.id, self.component, Rung.RETRIEVED, untested),
        )
