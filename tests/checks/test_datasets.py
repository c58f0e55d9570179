import attrs
import pytest

from provenance.checks.datasets import Datasets, dataset_coverage
from provenance.checks.ladder import reach
from provenance.errors import Code
from provenance.values.component import Component
from provenance.values.dataset import Availability, DatasetRecord, Declared
from provenance.values.facts import DatasetFacts, Facts, LinkedDataset
from provenance.values.finding import Absent, Confirmed, Unknown
from provenance.values.interval import Interval
from provenance.values.locator import Locator
from provenance.values.look import Look, Missing, Seen
from provenance.values.rung import Reach, Rung
from provenance.values.unread import Unread
from tests.building import COMMIT, DATA, DATA_CLAIM, DATASET, EMPTY, FACTS, claim, unseen


def linked(look: Look[DatasetFacts], locator: Locator = DATASET) -> Facts:
    return attrs.evolve(FACTS, datasets=(LinkedDataset(locator, (DATA_CLAIM,), look),))


def record(
    availability: Availability, files: int = 2, digested: int = 2, *, complete: bool = True
) -> Facts:
    found = DatasetRecord(
        "org/data", availability, COMMIT, None, files, digested, complete=complete
    )
    return linked(Seen(attrs.evolve(DATA, record=found)))


ABSENT_3 = Reach(Rung.LOCATED, Rung.LOCATED)
UNKNOWN_3 = Reach(Rung.LOCATED, Rung.REPRODUCED)


CASES = [
    (FACTS, Reach(Rung.BOUND, Rung.REPRODUCED)),
    (
        linked(Seen(DATA), attrs.evolve(DATASET, revision=None)),
        Reach(Rung.RETRIEVED, Rung.RETRIEVED),
    ),
    (linked(unseen()), UNKNOWN_3),
    (linked(Missing("gone")), ABSENT_3),
    (record(Availability.PRESENT, digested=1), UNKNOWN_3),
    (record(Availability.CARD_ONLY), ABSENT_3),
    (record(Availability.EMPTY), ABSENT_3),
    (record(Availability.WITHDRAWN), ABSENT_3),
    (record(Availability.UNNAMED), ABSENT_3),
    (record(Availability.IN_PROSE), ABSENT_3),
    (record(Availability.DECLARED), UNKNOWN_3),
    (record(Availability.SCRIPT_ONLY), UNKNOWN_3),
    (record(Availability.RENAMED), Reach(Rung.BOUND, Rung.REPRODUCED)),
    (record(Availability.PRESENT, complete=False), UNKNOWN_3),
    (attrs.evolve(EMPTY, claims=(DATA_CLAIM,)), UNKNOWN_3),
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
]
NAMES = [
    "bound",
    "no revision",
    "unseen",
    "gone",
    "no digest",
    "card only",
    "empty",
    "withdrawn",
    "nothing names it",
    "in prose",
    "declared",
    "script only",
    "renamed",
    "not all listed",
    "link that nobody followed",
    "gated",
    "unknown",
    "unclaimed",
    "denied",
    "named only",
]


@pytest.mark.parametrize(("facts", "expected"), CASES, ids=NAMES)
def test_data_stands_where_its_listing_and_its_link_carry_it(facts: Facts, expected: Reach) -> None:
    assert reach(Datasets().judge(facts)) == expected


def test_a_dataset_that_answers_to_another_id_says_so() -> None:
    found = attrs.evolve(DATA.record, availability=Availability.RENAMED, answered_as="new/data")

    findings = Datasets().judge(linked(Seen(attrs.evolve(DATA, record=found))))

    (retrieved,) = [one.outcome for one in findings if one.rung is Rung.RETRIEVED]
    assert isinstance(retrieved, Confirmed)
    assert "under the id new/data" in retrieved.reason


def test_a_link_beyond_those_that_were_followed_holds_the_component_open() -> None:
    other = claim(Component.DATASETS, attrs.evolve(DATASET, uri="org/other"))

    findings = Datasets().judge(attrs.evolve(FACTS, claims=(*FACTS.claims, other, other)))

    assert reach(findings) == UNKNOWN_3
    assert {one.facet for one in findings} == {"org/data", "org/other"}


def covered(*records: DatasetRecord) -> Interval | None:
    looks: list[Look[DatasetFacts]] = [Seen(attrs.evolve(DATA, record=one)) for one in records]
    links = tuple(
        LinkedDataset(DATASET, (DATA_CLAIM,), look) for look in (*looks, Missing("x"), unseen())
    )
    return dataset_coverage(attrs.evolve(FACTS, datasets=links))


def test_coverage_lies_between_the_least_and_the_most_covered_dataset() -> None:
    half = attrs.evolve(DATA.record, declared=Declared(64, 64))
    whole = attrs.evolve(DATA.record, declared=Declared(32, 32))

    assert covered(half) == Interval(0.5, 0.5)
    assert covered(half, whole, DATA.record) == Interval(0.5, 1.0)


def test_coverage_of_what_nobody_declares_is_not_known() -> None:
    assert covered(DATA.record) is None
    assert covered() is None


def test_one_missing_dataset_of_two_holds_the_component_down() -> None:
    missing = attrs.evolve(DATASET, uri="org/other")
    two = attrs.evolve(
        FACTS, datasets=(*FACTS.datasets, LinkedDataset(missing, (DATA_CLAIM,), Missing("gone")))
    )

    assert reach(Datasets().judge(two)) == ABSENT_3


def test_a_claim_whose_address_nobody_looked_at_leads_not_nowhere() -> None:
    what = "https://example.org:8443/data"
    left = Unread(Code.NOT_COVERED, what, "it is not followed", frozenset({Component.DATASETS}))
    bare = attrs.evolve(FACTS, claims=(claim(Component.DATASETS),), datasets=())

    nowhere = Datasets().judge(bare)
    elsewhere = Datasets().judge(attrs.evolve(bare, unread=(left,)))

    assert isinstance(nowhere[-1].outcome, Absent)
    assert isinstance(elsewhere[-1].outcome, Unknown)
    assert what in elsewhere[-1].outcome.reason
