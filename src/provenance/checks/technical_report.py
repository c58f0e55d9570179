"""Is there a technical report?"""

import attrs

from provenance.checks.document_link import judge_document
from provenance.values.component import Component
from provenance.values.facts import Facts
from provenance.values.finding import Finding


@attrs.frozen
class TechnicalReport:
    """A report that the publisher links resolves, or lies in the release, and names the model.

    Needs: the card's links, the page that answers, or a PDF in the release; the configuration and
    the settings of the publisher for rung 5.
    Proves: there is a report, and it is about a model of this name; with rung 5, that its text
    states at least two dimensions or hyper-parameters as the release's own files do.
    Does not prove: that the rest of it is true. A paper that is linked as the research paper counts
    as that only; of a linked page, only that page is read.
    Example: ``toy-technical-report.pdf`` in the release ``org/toy``, with ``24 layers`` and ``batch
    size 512`` where ``config.json`` and ``train.yaml`` say so, too.
    """

    id: str = "technical-report-resolves"
    component: Component = Component.TECHNICAL_REPORT

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return findings for rungs 1 to 5."""
        return judge_document(self.id, self.component, "technical report", facts)
