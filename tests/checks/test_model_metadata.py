import pytest

from provenance.checks.model_metadata import ModelMetadata
from provenance.values.artefact import Kind, StatedValue
from provenance.values.component import Component
from provenance.values.finding import Confirmed, Contradicted, Unknown
from provenance.values.rung import Rung
from tests.building import artefact, outcome_of, own_with, stated

RECORD = artefact(Component.MODEL_METADATA, "trainer_state.json")


def ends(kind: Kind, step: str) -> StatedValue:
    return stated(kind, step, "trainer_state.json")


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ((ends(Kind.LAST_STEP, "240"), ends(Kind.LOGGED_STEP, "240")), Confirmed),
        ((ends(Kind.LAST_STEP, "240"), ends(Kind.LOGGED_STEP, "40")), Contradicted),
        ((ends(Kind.LAST_STEP, "240"),), Unknown),
    ],
)
def test_a_record_is_held_against_its_own_log(values: tuple[StatedValue, ...], kind: type) -> None:
    facts = own_with(RECORD, stated=values)

    assert isinstance(outcome_of(ModelMetadata(), facts, Rung.CONSISTENT), kind)
