import attrs
import pytest

from provenance.checks.evaluation_code import EvaluationCode
from provenance.values.artefact import Measured
from provenance.values.component import Component
from provenance.values.finding import Confirmed, Unknown
from provenance.values.rung import Rung
from tests.building import WHERE, artefact, code_with, outcome_of

FACTS = code_with(artefact(Component.EVALUATION_CODE, "evaluate.py", "org/data"))


def result(dataset: str) -> Measured:
    return Measured(dataset, "accuracy", "0.5", "README.md", WHERE)


@pytest.mark.parametrize(
    ("measured", "kind"),
    [
        ((result("org/data"),), Confirmed),
        ((result("org/data"), result("org/other")), Unknown),
        ((), Unknown),
    ],
)
def test_code_is_consistent_when_it_names_every_dataset_of_the_results(
    measured: tuple[Measured, ...], kind: type
) -> None:
    facts = attrs.evolve(FACTS, measured=measured)

    assert isinstance(outcome_of(EvaluationCode(), facts, Rung.CONSISTENT), kind)
