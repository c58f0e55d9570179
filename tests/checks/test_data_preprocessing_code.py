import attrs

from provenance.checks.data_preprocessing_code import DataPreprocessingCode
from provenance.values.component import Component
from provenance.values.facts import LinkedDataset
from provenance.values.finding import Confirmed, Unknown
from provenance.values.inventory import Inventory
from provenance.values.look import Seen
from provenance.values.rung import Rung
from tests.building import DATA, DATA_CLAIM, DATASET, artefact, code_with, outcome_of, read, unseen

CODE = code_with(
    artefact(Component.DATA_PREPROCESSING_CODE, "prepare.py", "a/train.txt", "LICENSE")
)


def test_code_is_consistent_when_it_names_a_file_that_the_dataset_holds() -> None:
    data = attrs.evolve(DATA, files=Inventory((read("a/train.txt"), read("LICENSE"))))
    facts = attrs.evolve(CODE, datasets=(LinkedDataset(DATASET, (DATA_CLAIM,), Seen(data)),))

    assert isinstance(outcome_of(DataPreprocessingCode(), facts, Rung.CONSISTENT), Confirmed)


def test_code_that_shares_only_housekeeping_with_the_dataset_is_not_shown_to_be_for_it() -> None:
    data = attrs.evolve(DATA, files=Inventory((read("LICENSE"),)))
    for look in (Seen(data), unseen()):
        facts = attrs.evolve(CODE, datasets=(LinkedDataset(DATASET, (DATA_CLAIM,), look),))

        assert isinstance(outcome_of(DataPreprocessingCode(), facts, Rung.CONSISTENT), Unknown)
