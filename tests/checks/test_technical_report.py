from provenance.checks.ladder import reach
from provenance.checks.technical_report import TechnicalReport
from provenance.values.component import Component
from provenance.values.rung import Reach, Rung
from tests.building import EMPTY, artefact, own_with


def test_a_document_in_the_release_that_names_the_model_stands() -> None:
    held = own_with(artefact(Component.TECHNICAL_REPORT, "a.pdf", "The name of it"))

    assert reach(TechnicalReport().judge(held)).shown is Rung.BOUND
    assert reach(TechnicalReport().judge(EMPTY)) == Reach(Rung.ABSENT, Rung.ABSENT)
