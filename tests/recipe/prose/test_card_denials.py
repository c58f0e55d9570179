"""Words about the data of evaluations never deny training data; words that do are still heard."""

import pytest

from provenance.recipe.prose.card import Subject, read_card
from provenance.values.component import Component
from tests.building import TOY


def denied(heading: str, text: str) -> set[Component]:
    data = f"# M\n\n## {heading}\n\n{text}\n".encode()
    read = read_card(data, address=TOY, path="README.md", subject=Subject.MODEL)
    return {one.component for one in read.claims if one.denied}


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Bias", "We audited bias on a non-public dataset."),
        ("Quality", "The in-house corpus has 1000 sentences."),
        ("Use", "Latency was taken on internal data."),
        ("Metrics", "The dataset for metrics is not publicly available."),
        ("Test set", "It is not released."),
        ("Evaluation", "*Internal datasets. Eyes is a set of fundus images with labels."),
        ("Evaluation", "We evaluated the model on internal datasets as well as public benchmarks."),
        ("Evaluation", "The data is proprietary."),
        ("Benchmarks", "All numbers are on an in-house dataset."),
        (
            "Results",
            "| set | score |\n| --- | --- |\n| Internal data | 75 |\n| Private dataset (no) | 7 |",
        ),
        ("Usage", "The model was tested on a held-out internal test set which we can not release."),
        ("Usage", "We can not release the evaluation data."),
        ("Usage", "The evaluation datasets are proprietary and are not released."),
        ("Usage", "Red-teaming data is not released because of its sensitive nature."),
        ("Safety", "We do not release our safety data."),
        ("Usage", "Internal human evaluation was done on proprietary data."),
        ("Privacy", "We do not share user data."),
        ("Privacy", "Customer data is kept private."),
        ("Data", "The evaluation data was not included in the training data."),
        ("Data", "None of the benchmarks are included in the training data."),
        ("Data", "The test set is not part of the training data."),
        ("Data", "We made sure that no benchmark data is contained in the training data."),
        ("Data", "The model was trained on public data and evaluated on internal datasets."),
        ("Evaluation", "We evaluated the model, but the data is private."),
        ("Evaluation", "Scores on our private dataset:\n\n* accuracy 3"),
        ("Performance", "Measured on confidential data of our hospital."),
        ("Limitations", "Performance was validated with undisclosed data from two hospitals."),
        ("Evaluation", "The private test data will not be released to avoid contamination."),
        ("Evaluation", "This benchmark's data is not public."),
        ("Evaluation results", "It was not released. The dataset is internal."),
        ("Usage", "The leaderboard data is hidden."),
        ("Evaluation", "[^1]: in-house dataset, not public"),
        ("Evaluation", "The evaluation code is public. The data is not."),
    ],
)
def test_words_about_other_data_say_nothing_of_training_data(heading: str, text: str) -> None:
    assert Component.DATASETS not in denied(heading, text)


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Training", "The training data is not released."),
        ("Data", "The data is proprietary."),
        (
            "Training",
            "The model was trained on internal datasets and evaluated on public benchmarks.",
        ),
        ("Evaluation", "We evaluate a model that was trained on proprietary data."),
        ("Usage", "We do not release the data."),
        ("Data", "The dataset is not public."),
        ("Training data", "Internal datasets."),
        ("Evaluation", "The training data is not released."),
        ("Model", "For safety reasons, the data is not released."),
        ("Data", "The pretraining corpus is private; results are below."),
        ("Evaluation and data", "The model was fine-tuned on in-house data."),
        ("Intro", "Trained with undisclosed data, tested on MMLU."),
        ("Intro", "The data that we used for pre-training is confidential."),
        ("Usage", "We cannot share the dataset due to privacy."),
    ],
)
def test_a_denial_of_training_data_is_heard_wherever_it_stands(heading: str, text: str) -> None:
    assert Component.DATASETS in denied(heading, text)
