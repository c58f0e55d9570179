import attrs
import pytest

from provenance.frameworks.accessing import access_of
from provenance.values.access import Access
from provenance.values.component import Component
from provenance.values.facts import LinkedDataset, LinkedSource
from provenance.values.look import Seen
from tests.building import CODE_CLAIM, DATA, DATASET, FACTS, SOURCE, unseen

GATED = attrs.evolve(FACTS, access=Access.MANUAL_GATE)
CODE = Component.INFERENCE_CODE


def test_what_a_linked_repository_holds_is_as_easy_to_get_as_that_repository() -> None:
    lost = attrs.evolve(GATED, sources=(LinkedSource(SOURCE, (CODE_CLAIM,), unseen()),))

    assert access_of(CODE, GATED, {SOURCE.uri}) is Access.PUBLIC
    assert access_of(CODE, lost, {SOURCE.uri}) is Access.UNKNOWN
    assert access_of(CODE, GATED, {""}) is Access.MANUAL_GATE
    assert access_of(CODE, GATED, ()) is Access.MANUAL_GATE


def test_a_place_that_nobody_saw_has_no_known_access() -> None:
    assert access_of(CODE, FACTS, {"https://example.org/elsewhere"}) is Access.UNKNOWN


@pytest.mark.parametrize("access", [Access.AUTO_GATE, Access.PRIVATE])
def test_of_several_places_the_hardest_to_get_at_counts(access: Access) -> None:
    gated = LinkedDataset(DATASET, (), Seen(attrs.evolve(DATA, access=access)))
    facts = attrs.evolve(FACTS, datasets=(), evaluation_data=(gated,))

    assert access_of(Component.EVALUATION_DATA, facts, {"", DATASET.uri}) is access
