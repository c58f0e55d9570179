"""Is there a report on how much of the test data was in the training data?"""

import attrs

from provenance.checks.searching.holding import Quest, files_of
from provenance.values.component import Component
from provenance.values.facts import Facts
from provenance.values.finding import Finding


@attrs.frozen
class ContaminationReport:
    """A file that its name says is about contamination holds text with numbers.

    Needs: a file of its own. A section of the card is a claim: the card counts once, as the card.
    Proves: the publisher wrote numbers down.
    Does not prove: that they are right, or how they were found.
    Example: ``contamination.md`` with the overlap of each benchmark in percent.
    """

    id: str = "contamination-report-held"
    component: Component = Component.CONTAMINATION_REPORT

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return findings for rungs 1 to 4."""
        find = files_of(self.component)
        return Quest(self.id, self.component, "report on contamination", find).judge(facts)
