import attrs
import pytest

from provenance.checks.evaluation_results import EvaluationResults
from provenance.checks.ladder import reach
from provenance.values.artefact import Measured
from provenance.values.finding import Confirmed, Contradicted, Unknown
from provenance.values.inventory import Inventory
from provenance.values.rung import Reach, Rung
from tests.building import EMPTY, FACTS, WHERE, outcome_of, read

HOLDS = attrs.evolve(FACTS, inventory=Inventory((read("README.md"), read("eval.json"))))


def result(path: str, value: str, metric: str = "accuracy") -> Measured:
    return Measured("org/data", metric, value, path, WHERE)


@pytest.mark.parametrize(
    ("measured", "kind"),
    [
        ((result("README.md", "0.5"), result("eval.json", "0.5")), Confirmed),
        ((result("README.md", "0.9"), result("eval.json", "0.5")), Contradicted),
        (
            (result("README.md", "0.5"), result("eval.json", "0.4"), result("eval.json", "0.5")),
            Confirmed,
        ),
        ((result("README.md", "0.5"), result("eval.json", "0.5", "loss")), Unknown),
        ((result("README.md", "0.5"),), Unknown),
    ],
)
def test_the_card_s_numbers_are_held_against_those_of_files(
    measured: tuple[Measured, ...], kind: type
) -> None:
    facts = attrs.evolve(HOLDS, measured=measured)

    assert isinstance(outcome_of(EvaluationResults(), facts, Rung.RETRIEVED), Confirmed)
    assert isinstance(outcome_of(EvaluationResults(), facts, Rung.CONSISTENT), kind)


def test_without_a_result_they_are_absent() -> None:
    assert reach(EvaluationResults().judge(EMPTY)) == Reach(Rung.ABSENT, Rung.ABSENT)
