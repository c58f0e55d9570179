import pytest

from provenance.recipe.prose.whose_data import data_meant, data_under, is_apart
from provenance.values.component import Component

TRAINED, MEASURED = Component.DATASETS, Component.EVALUATION_DATA


@pytest.mark.parametrize(
    ("clause", "meant"),
    [
        ("the data is private", TRAINED),
        ("we evaluated it on internal data", MEASURED),
        ("a model trained on data of ours was tested", TRAINED),
        ("trained on public text and tested on our own data", MEASURED),
        ("the data used to evaluate it is private", MEASURED),
        ("the data used for pre-training is private", TRAINED),
        ("we do not release our safety data", MEASURED),
        ("for safety reasons the data is private", TRAINED),
        ("red-teaming data is not released", MEASURED),
        ("we do not share user data", None),
        ("customers' data is private", None),
        ("duplicates were removed from the data", None),
    ],
)
def test_the_nearest_word_tells_which_data_is_meant(clause: str, meant: Component | None) -> None:
    assert data_meant(clause, clause.index("data"), "", TRAINED) is meant


def test_what_was_said_before_and_then_the_heading_decide_where_a_clause_does_not() -> None:
    clause = "the data is private"

    assert data_meant(clause, 4, "we evaluated the model", TRAINED) is MEASURED
    assert data_meant(clause, 4, "", MEASURED) is MEASURED
    assert data_meant(clause, 4, "we trained the model", MEASURED) is TRAINED


@pytest.mark.parametrize(
    ("headings", "meant"),
    [
        ((), TRAINED),
        (("M", "Evaluation"), MEASURED),
        (("M", "Evaluation", "Data"), MEASURED),
        (("M", "Testing Data"), MEASURED),
        (("M", "Evaluation", "Training data"), TRAINED),
        (("M", "Training and evaluation data"), TRAINED),
        (("How we evaluated all of the many models of this family",), TRAINED),
    ],
)
def test_the_nearest_heading_that_tells_decides(
    headings: tuple[str, ...], meant: Component
) -> None:
    assert data_under(headings) is meant


@pytest.mark.parametrize(
    ("clause", "apart"),
    [
        ("None of the benchmarks are included in the training data", True),
        ("Benchmark prompts were removed from our training set", True),
        ("there is no overlap with the pretraining corpus", True),
        ("the data wasn't seen in the training data", True),
        ("The training data is not included in this repository", False),
        ("We do not release any of our training data", False),
        ("the documents in the training data are not released", False),
    ],
)
def test_what_is_not_in_the_training_data_is_told_from_what_is_not_given(
    clause: str, *, apart: bool
) -> None:
    assert is_apart(clause) is apart
