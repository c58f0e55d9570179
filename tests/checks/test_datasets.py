import attrs
import pytest

from provenance.checks.datasets import Datasets
from provenance.checks.ladder import reach
from provenance.values.component import Component
from provenance.values.dataset import Availability, DatasetRecord
from provenance.values.facts import DatasetFacts, Facts, LinkedDataset
from provenance.values.locator import Locator
from provenance.values.look import Look, Missing, Seen
from provenance.values.rung import Reach, Rung
from tests.building import COMMIT, DATA, DATA_CLAIM, DATASET, EMPTY, FACTS, claim, unseen


def linked(look: Look[DatasetFacts], locator: Locator = DATASET) -> Facts:
    return attrs.evolve(FACTS, datasets=(LinkedDataset(locator, (DATA_CLAIM,), look),))


def record(availability: Availability, files: int = 2, digested: int = 2) -> Facts:
    found = DatasetRecord("org/data", availability, COMMIT, None, files, digested)
    return linked(Seen(attrs.evolve(DATA, record=found)))


ABSENT_3 = Reach(Rung.LOCATED, Rung.LOCATED)
UNKNOWN_3 = Reach(Rung.LOCATED, Rung.REPRODUCED)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (FACTS, Reach(Rung.BOUND, Rung.REPRODUCED)),
        (
            linked(Seen(DATA), attrs.evolve(DATASET, revision=None)),
            Reach(Rung.RETRIEVED, Rung.RETRIEVED),
        ),
        (linked(unseen()), UNKNOWN_3),
        (linked(Missing("gone")), ABSENT_3),
        (record(Availability.PRESENT, digested=1), UNKNOWN_3),
        (record(Availability.CARD_ONLY), ABSENT_3),
        (record(Availability.WITHDRAWN), ABSENT_3),
        (record(Availability.GATED), UNKNOWN_3),
        (record(Availability.UNKNOWN), UNKNOWN_3),
        (EMPTY, Reach(Rung.ABSENT, Rung.ABSENT)),
        (
            attrs.evolve(EMPTY, claims=(claim(Component.DATASETS, denied=True),)),
            Reach(Rung.ABSENT, Rung.ABSENT),
        ),
        (
            attrs.evolve(EMPTY, claims=(claim(Component.DATASETS),)),
            Reach(Rung.CLAIMED, Rung.CLAIMED),
        ),
    ],
    ids=[
        "bound",
        "no revision",
        "unseen",
        "gone",
        "no digest",
        "card only",
        "withdrawn",
        "gated",
        "unknown",
        "unclaimed",
        "denied",
        "named only",
    ],
)
def test_data_stands_where_its_listing_and_its_link_carry_it(facts: Facts, expected: Reach) -> None:
    assert reach(Datasets().judge(facts)) == expected


def test_one_missing_dataset_of_two_holds_the_component_down() -> None:
    missing = attrs.evolve(DATASET, uri="org/other")
    two = attrs.evolve(
        FACTS, datasets=(*FACTS.datasets, LinkedDataset(missing, (DATA_CLAIM,), Missing("gone")))
    )

    assert reach(Datasets().judge(two)) == ABSENT_3
