import pytest

from provenance.checks.environment import Environment
from provenance.values.component import Component
from provenance.values.finding import Confirmed, Contradicted, Unknown
from provenance.values.rung import Rung
from tests.building import artefact, code_with, outcome_of

LOCK = artefact(Component.ENVIRONMENT, "requirements.lock", "numpy", "pyyaml", "scikit-learn")


@pytest.mark.parametrize(
    ("imports", "kind"),
    [
        (("numpy", "sklearn", "yaml"), Confirmed),
        (("numpy", "torch"), Contradicted),
        (("numpy", "charlm_tools"), Unknown),
        ((), Unknown),
    ],
)
def test_a_lock_is_held_against_the_imports(imports: tuple[str, ...], kind: type) -> None:
    facts = code_with(LOCK, imports=imports)

    assert isinstance(outcome_of(Environment(), facts, Rung.CONSISTENT), kind)
