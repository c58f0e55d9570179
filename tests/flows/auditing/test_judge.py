import attrs

from provenance.flows.auditing.judge import judge
from provenance.values.access import Access
from provenance.values.component import Component
from provenance.values.facts import Facts, LinkedDataset, LinkedSource
from provenance.values.inventory import Inventory
from provenance.values.label import Label
from provenance.values.look import Missing
from provenance.values.manifest import End
from tests.building import (
    CODE_CLAIM,
    DATA_CLAIM,
    DATASET,
    FACTS,
    LOOP,
    SOURCE,
    claim,
    read,
    unseen,
)


def access(facts: Facts, component: Component) -> Access:
    return next(one.access for one in judge(facts).components if one.component is component)


def test_the_same_facts_always_come_to_the_same() -> None:
    assert judge(FACTS) == judge(FACTS)
    assert judge(FACTS).decision.label is Label.OPEN_WEIGHTS_AND_CODE
    assert judge(FACTS).dangling == ()


def test_a_link_that_leads_nowhere_and_a_name_without_one_dangle() -> None:
    loose = attrs.evolve(
        FACTS,
        claims=(*FACTS.claims, claim(Component.DATASETS)),
        sources=(LinkedSource(SOURCE, (CODE_CLAIM,), Missing("gone")),),
        datasets=(LinkedDataset(DATASET, (DATA_CLAIM,), unseen()),),
    )

    dangling = {one.what: (one.why, one.end) for one in judge(loose).dangling}

    assert dangling[str(SOURCE)] == ("gone", End.NOWHERE)
    assert dangling[str(DATASET)] == ("the network was not there", End.UNSEEN)
    assert sorted(end.value for _, end in dangling.values() if end) == sorted(End)


def test_a_link_that_nobody_followed_is_not_said_to_lead_somewhere_or_nowhere() -> None:
    left = attrs.evolve(FACTS, sources=())

    (end,) = judge(left).dangling

    assert (end.what, end.end) == (str(SOURCE), End.UNSEEN)


def test_access_is_that_of_the_artefact_and_the_worst_of_several() -> None:
    lost = attrs.evolve(
        FACTS,
        access=Access.MANUAL_GATE,
        sources=(LinkedSource(SOURCE, (CODE_CLAIM,), unseen()),),
        datasets=(*FACTS.datasets, LinkedDataset(DATASET, (DATA_CLAIM,), unseen())),
    )

    assert access(lost, Component.TRAINING_CODE) is Access.UNKNOWN
    assert access(lost, Component.DATASETS) is Access.UNKNOWN
    assert access(lost, Component.MODEL_CARD) is Access.MANUAL_GATE
    files = Inventory((*lost.inventory, read("train.py")))
    own = attrs.evolve(lost, loops=(LOOP,), inventory=files)
    assert access(own, Component.TRAINING_CODE) is Access.MANUAL_GATE
    assert access(FACTS, Component.TRAINING_CODE) is Access.PUBLIC
