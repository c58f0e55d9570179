from provenance.checks.supporting_libraries import SupportingLibraries
from provenance.values.component import Component
from provenance.values.finding import Absent, Confirmed
from provenance.values.rung import Rung
from tests.building import artefact, code_with, outcome_of

LIST = artefact(Component.SUPPORTING_LIBRARIES, "pyproject.toml", "torch")
LOCK = artefact(Component.ENVIRONMENT, "uv.lock", "torch")


def test_a_list_that_names_all_imports_is_consistent() -> None:
    facts = code_with(LIST, imports=("torch",))

    assert isinstance(outcome_of(SupportingLibraries(), facts, Rung.CONSISTENT), Confirmed)


def test_a_lock_is_no_list_of_libraries_besides() -> None:
    assert isinstance(
        outcome_of(SupportingLibraries(), code_with(LOCK, imports=("torch",)), Rung.CLAIMED), Absent
    )
