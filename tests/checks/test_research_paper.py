from provenance.checks.ladder import reach
from provenance.checks.research_paper import ResearchPaper
from provenance.values.component import Component
from provenance.values.rung import Reach, Rung
from tests.building import EMPTY, artefact, own_with


def test_a_document_in_the_release_that_names_the_model_stands() -> None:
    held = own_with(artefact(Component.RESEARCH_PAPER, "a.pdf", "The name of it"))

    assert reach(ResearchPaper().judge(held)).shown is Rung.BOUND
    assert reach(ResearchPaper().judge(EMPTY)) == Reach(Rung.ABSENT, Rung.ABSENT)
