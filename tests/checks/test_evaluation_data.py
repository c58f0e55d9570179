import attrs
import pytest

from provenance.checks.evaluation_data import EvaluationData
from provenance.checks.ladder import reach
from provenance.values.artefact import Measured
from provenance.values.component import Component
from provenance.values.dataset import Availability
from provenance.values.dataset_card import DataConfig, DataFiles, DataInfo, DatasetCard, DataSplit
from provenance.values.dataset_card import Stated as Written
from provenance.values.facts import DatasetFacts, Facts, LinkedDataset
from provenance.values.finding import Absent, Confirmed, Unknown
from provenance.values.locator import Locator, LocatorKind
from provenance.values.look import Look, Missing, Seen
from provenance.values.rung import Reach, Rung
from tests.building import (
    CARD,
    COMMIT,
    DATA,
    DATA_CLAIM,
    DATASET,
    EMPTY,
    FACTS,
    WHERE,
    claim,
    outcome_of,
    unseen,
)

C = Component.EVALUATION_DATA
CLAIM = claim(C, DATASET)
SAID = DatasetCard(
    WHERE,
    configs=(DataConfig(None, (DataFiles(Written("test", WHERE), ()), DataFiles(None, ()))),),
    infos=(DataInfo(None, (DataSplit(Written("validation", WHERE)), DataSplit(None))),),
)
NAMED = attrs.evolve(DATA, said=Seen(SAID))


def measured(split: str | None, revision: str | None = None) -> Measured:
    return Measured("org/data", "acc", "1", "README.md", WHERE, split, revision)


def on(look: Look[DatasetFacts], *results: Measured, trained: bool = False) -> Facts:
    return attrs.evolve(
        EMPTY,
        claims=(CLAIM,),
        measured=results,
        datasets=(LinkedDataset(DATASET, (DATA_CLAIM,), look),) if trained else (),
        evaluation_data=(LinkedDataset(DATASET, (CLAIM,), look),),
    )


THERE = Reach(Rung.BOUND, Rung.REPRODUCED)
NOT = Reach(Rung.LOCATED, Rung.LOCATED)
OPEN = Reach(Rung.LOCATED, Rung.REPRODUCED)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (on(Seen(DATA), measured(None)), THERE),
        (on(Seen(DATA), measured("test")), THERE),
        (on(Seen(NAMED), measured("test")), THERE),
        (on(Seen(NAMED), measured("validation")), THERE),
        (on(Seen(NAMED), measured("hidden")), NOT),
        (on(Seen(attrs.evolve(DATA, said=unseen())), measured("test")), THERE),
        # What the model was trained on measures nothing.
        (on(Seen(NAMED), measured("train"), trained=True), NOT),
        (on(Seen(NAMED), measured(None), trained=True), NOT),
        (on(Seen(NAMED), measured("test"), trained=True), THERE),
        (on(Missing("gone")), NOT),
        (on(unseen()), OPEN),
        (
            on(
                Seen(
                    attrs.evolve(
                        DATA,
                        record=attrs.evolve(DATA.record, availability=Availability.CARD_ONLY),
                    )
                ),
                measured("test"),
            ),
            NOT,
        ),
        (attrs.evolve(on(unseen()), evaluation_data=()), OPEN),
        (attrs.evolve(EMPTY, claims=(claim(C),)), Reach(Rung.CLAIMED, Rung.CLAIMED)),
        (attrs.evolve(FACTS, claims=(claim(C, denied=True),)), Reach(Rung(0), Rung(0))),
        (EMPTY, Reach(Rung.ABSENT, Rung.ABSENT)),
    ],
)
def test_data_stands_as_far_as_its_list_and_its_splits_carry_it(
    facts: Facts, expected: Reach
) -> None:
    assert reach(EvaluationData().judge(facts)) == expected


@pytest.mark.parametrize(
    ("look", "result", "kind"),
    [
        (Seen(DATA), measured("test", str(COMMIT)), Confirmed),
        (Seen(DATA), measured("test", "f" * 40), Unknown),
        (Seen(DATA), measured("test"), Unknown),
        (unseen(), measured("test", str(COMMIT)), Unknown),
    ],
)
def test_the_revision_of_the_results_is_held_against_the_one_that_was_seen(
    look: Look[DatasetFacts], result: Measured, kind: type
) -> None:
    assert isinstance(outcome_of(EvaluationData(), on(look, result), Rung.CONSISTENT), kind)


def test_each_dataset_is_a_facet_and_the_weakest_counts() -> None:
    other = Locator(LocatorKind.HUB_DATASET, "org/other")
    facts = attrs.evolve(on(Seen(DATA), measured(None)), claims=(CLAIM, claim(C, other)))

    found = EvaluationData().judge(facts)

    assert {one.facet for one in found} == {"org/data", "org/other"}
    assert reach(found) == OPEN


def test_a_card_that_nobody_could_read_may_name_a_revision() -> None:
    bare = attrs.evolve(DATASET, revision=None)
    facts = attrs.evolve(
        on(Seen(DATA)), evaluation_data=(LinkedDataset(bare, (CLAIM,), Seen(DATA)),)
    )
    unread = attrs.evolve(facts, card=unseen())
    in_part = attrs.evolve(facts, card=Seen(attrs.evolve(CARD, complete=False)))

    seen_bound, unread_bound, part_bound = (
        [type(one.outcome) for one in EvaluationData().judge(of) if one.rung is Rung.BOUND]
        for of in (facts, unread, in_part)
    )

    assert seen_bound == [Absent]
    assert unread_bound == part_bound == [Unknown]
