import attrs

from provenance.frameworks.data_mass import composition_of_data
from provenance.values.composition import Composition, Part
from provenance.values.dataset_card import Stated
from provenance.values.look import Missing, Seen
from provenance.values.rung import Reach, Rung
from tests.building import CARD, DATASET, FACTS, WHERE

THERE = Reach(Rung.BOUND, Rung.BOUND)


def test_a_dataset_weighs_what_is_listed_of_it_over_what_the_card_states() -> None:
    stated = attrs.evolve(CARD, data_total=Stated(64, WHERE))
    facts = attrs.evolve(FACTS, card=Seen(stated))

    found = composition_of_data(facts, {DATASET.uri: THERE, "org/other": THERE})

    assert found == Composition((Part(DATASET.uri, THERE, 32), Part("org/other", THERE)), 64)


def test_without_a_statement_there_is_no_total() -> None:
    for card in (Seen(CARD), Missing("no card")):
        found = composition_of_data(attrs.evolve(FACTS, card=card), {DATASET.uri: THERE})

        assert found == Composition((Part(DATASET.uri, THERE, 32),), None)


def test_where_no_dataset_is_named_there_is_nothing_to_weigh() -> None:
    assert composition_of_data(FACTS, {"": THERE}) is None
    assert composition_of_data(FACTS, {}) is None
