import attrs
import pytest

from provenance.checks.data_card import DataCard
from provenance.checks.datasets import Datasets
from provenance.values.component import Component
from provenance.values.dataset import Declared
from provenance.values.dataset_card import (
    CroissantFacts,
    CroissantFile,
    DataConfig,
    DataFiles,
    DataInfo,
    DatasetCard,
)
from provenance.values.dataset_card import Stated as Written
from provenance.values.digest import Digest
from provenance.values.facts import DatasetFacts, Facts, LinkedDataset
from provenance.values.finding import Absent, Confirmed, Contradicted, Unknown
from provenance.values.inventory import Inventory
from provenance.values.look import Look, Missing, Seen
from provenance.values.rung import Rung
from tests.building import (
    COMMIT,
    DATA,
    DATA_CLAIM,
    DATASET,
    FACTS,
    SHA,
    WHERE,
    claim,
    outcome_of,
    read,
    unseen,
)

FILES = Inventory((read("data/train.txt"),))


def naming(*patterns: str, size: int | None = None) -> DatasetCard:
    files = DataFiles(None, tuple(Written(one, WHERE) for one in patterns))
    infos = (DataInfo(None, download_size=Written(size, WHERE)),) if size else ()
    return DatasetCard(WHERE, configs=(DataConfig(None, (files,)),), infos=infos)


def described(name: str, digest: Digest | None) -> Look[CroissantFacts]:
    return Seen(CroissantFacts(WHERE, files=(CroissantFile(name, sha256=digest),)))


def holding(**changes: object) -> Facts:
    data: DatasetFacts = attrs.evolve(attrs.evolve(DATA, files=FILES), **changes)  # type: ignore[arg-type]
    return attrs.evolve(FACTS, datasets=(LinkedDataset(DATASET, (DATA_CLAIM,), Seen(data)),))


def sized(at_least: int) -> object:
    return attrs.evolve(DATA.record, declared=Declared(at_least, at_least))


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        (holding(said=Seen(naming("data/train.txt"))), Confirmed),
        (holding(said=Seen(naming("data/*.txt"))), Confirmed),
        (holding(said=Seen(naming("data/test.txt"))), Contradicted),
        (holding(said=Seen(naming("a.txt")), files=Inventory((), complete=False)), Unknown),
        (holding(said=unseen()), Unknown),
        (holding(croissant=described("data/train.txt", SHA)), Confirmed),
        (holding(croissant=described("data/train.txt", Digest.sha256("0" * 64))), Contradicted),
        (holding(croissant=described("other.txt", SHA)), Unknown),
        (holding(croissant=described("data/train.txt", None)), Unknown),
        (holding(record=sized(32)), Confirmed),
        (holding(record=sized(3200)), Contradicted),
        (
            holding(record=attrs.evolve(DATA.record, declared=Declared(16, 64))),
            Unknown,
        ),
        (holding(), Unknown),
    ],
)
def test_a_dataset_is_held_against_what_it_declares(facts: Facts, kind: type) -> None:
    assert isinstance(outcome_of(Datasets(), facts, Rung.CONSISTENT), kind)


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        (holding(said=Seen(naming(size=32))), Confirmed),
        (holding(said=Seen(naming(size=320))), Contradicted),
        (
            holding(said=Seen(naming(size=320)), record=attrs.evolve(DATA.record, complete=False)),
            Unknown,
        ),
        (holding(said=Seen(naming(size=32)), card=Missing("no card")), Confirmed),
        (holding(), Unknown),
    ],
)
def test_a_card_of_data_is_held_against_the_files(facts: Facts, kind: type) -> None:
    assert isinstance(outcome_of(DataCard(), facts, Rung.CONSISTENT), kind)


def test_what_was_not_seen_is_compared_with_nothing() -> None:
    facts = attrs.evolve(FACTS, datasets=(LinkedDataset(DATASET, (DATA_CLAIM,), unseen()),))

    for check in (Datasets(), DataCard()):
        assert all(one.rung is not Rung.CONSISTENT for one in check.judge(facts))


def test_a_commit_that_only_an_evaluation_names_does_not_bind_the_training_data() -> None:
    loose = claim(Component.DATASETS, attrs.evolve(DATASET, revision=None))
    measured = claim(Component.EVALUATION_DATA, DATASET)
    linked = LinkedDataset(DATASET, (loose, measured), Seen(DATA))
    facts = attrs.evolve(FACTS, datasets=(linked,), claims=(loose, measured))

    outcome = outcome_of(Datasets(), facts, Rung.BOUND)

    assert isinstance(outcome, Absent)
    assert f"{COMMIT} elsewhere" in outcome.reason
