import attrs
import pytest

from provenance.checks.data_card import DataCard
from provenance.checks.ladder import reach
from provenance.values.component import Component
from provenance.values.facts import CardFacts, DatasetFacts, Facts, LinkedDataset
from provenance.values.look import Look, Missing, Seen
from provenance.values.rung import Reach, Rung
from tests.building import DATA, DATA_CLAIM, DATASET, EMPTY, FACTS, claim, unseen


def linked(look: Look[DatasetFacts]) -> Facts:
    return attrs.evolve(FACTS, datasets=(LinkedDataset(DATASET, (DATA_CLAIM,), look),))


def card(look: Look[CardFacts]) -> Facts:
    return linked(Seen(attrs.evolve(DATA, card=look)))


DENIED = attrs.evolve(FACTS, claims=(claim(Component.DATA_CARD, denied=True),))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (FACTS, Reach(Rung.BOUND, Rung.REPRODUCED)),
        (card(Missing("no card")), Reach(Rung.LOCATED, Rung.LOCATED)),
        (card(unseen()), Reach(Rung.LOCATED, Rung.REPRODUCED)),
        (linked(Missing("gone")), Reach(Rung.LOCATED, Rung.LOCATED)),
        (linked(unseen()), Reach(Rung.LOCATED, Rung.REPRODUCED)),
        (EMPTY, Reach(Rung.ABSENT, Rung.ABSENT)),
        (DENIED, Reach(Rung.ABSENT, Rung.ABSENT)),
    ],
    ids=["whole", "no card", "card unseen", "dataset gone", "dataset unseen", "none", "denied"],
)
def test_a_data_card_stands_where_the_dataset_s_repository_carries_it(
    facts: Facts, expected: Reach
) -> None:
    assert reach(DataCard().judge(facts)) == expected
