"""Is there a research paper?"""

import attrs

from provenance.checks.document_link import judge_document
from provenance.values.component import Component
from provenance.values.facts import Facts
from provenance.values.finding import Finding


@attrs.frozen
class ResearchPaper:
    """A paper that the publisher links resolves, or lies in the release, and names the model.

    Needs: the card's links, the page that answers, or a PDF in the release; the configuration and
    the settings of the publisher for rung 5.
    Proves: there is a paper, and it is about a model of this name; with rung 5, that its text
    states at least two dimensions or hyper-parameters as the release's own files do.
    Does not prove: that the rest of it is true. A title that does not name the model is for a
    person to judge; of a linked page, only that page is read.
    Example: ``arxiv:2304.01373`` in the card of ``org/pythia-70m``, where the page has the title
    ``Pythia: A Suite …``; a PDF of it in the release would state its layers and learning rate, too.
    """

    id: str = "research-paper-resolves"
    component: Component = Component.RESEARCH_PAPER

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return findings for rungs 1 to 5."""
        return judge_document(self.id, self.component, "research paper", facts)
