"""Is there a technical report?"""

import attrs

from provenance.checks.document_link import judge_document
from provenance.values.component import Component
from provenance.values.facts import Facts
from provenance.values.finding import Finding


@attrs.frozen
class TechnicalReport:
    """A report that the publisher links resolves, or lies in the release, and names the model.

    Needs: the card's links, the page that answers, or a PDF in the release.
    Proves: there is a report, and it is about a model of this name.
    Does not prove: what is in it. A paper that is linked as the research paper counts as that only.
    Example: ``toy-technical-report.pdf`` in the release ``org/toy``.
    """

    id: str = "technical-report-resolves"
    component: Component = Component.TECHNICAL_REPORT

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return findings for rungs 1 to 4."""
        return judge_document(self.id, self.component, "technical report", facts)
