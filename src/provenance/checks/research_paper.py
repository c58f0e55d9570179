"""Is there a research paper?"""

import attrs

from provenance.checks.document_link import judge_document
from provenance.values.component import Component
from provenance.values.facts import Facts
from provenance.values.finding import Finding


@attrs.frozen
class ResearchPaper:
    """A paper that the publisher links resolves, or lies in the release, and names the model.

    Needs: the card's links, the page that answers, or a PDF in the release.
    Proves: there is a paper, and it is about a model of this name.
    Does not prove: what is in it. A title that does not name the model is for a person to judge.
    Example: ``arxiv:2304.01373`` in the card of ``org/pythia-70m``, where the page has the title
    ``Pythia: A Suite …``.
    """

    id: str = "research-paper-resolves"
    component: Component = Component.RESEARCH_PAPER

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return findings for rungs 1 to 4."""
        return judge_document(self.id, self.component, "research paper", facts)
