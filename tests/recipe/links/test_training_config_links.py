import pytest

from provenance.recipe.links.training_config_links import MOST_LINKS, read_training_config_links


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("base_model: o/m\nrevision_of_model: v1", [("hub-model:o/m@v1", "o/m")]),
        (
            "datasets:\n- path: o/d\n  type: alpaca\n  revision: v1\n- path: data/é.jsonl\n- o/e",
            [("hub-dataset:o/d@v1", "o/d"), ("hub-dataset:o/e", "o/e")],
        ),
        ("dataset: 'o/d'", [("hub-dataset:o/d", "'o/d'")]),
        ("dataset: alpaca", []),
        (
            "dataset: https://hf.co/datasets/o/d",
            [("hub-dataset:o/d", "https://hf.co/datasets/o/d")],
        ),
        ("dataset_mixer: {o/d: 1.0}", [("hub-dataset:o/d", "o/d")]),
        ("dataset_mixture:\n  datasets:\n  - id: o/d", [("hub-dataset:o/d", "o/d")]),
        ("dataset_mixture: o/d", []),
        ("train: {data: {dataset: {source: o/d}}}", [("hub-dataset:o/d", "o/d")]),
        (
            "models: [{model: o/m, parameters: {dataset: o/d}}]",
            [("hub-model:o/m", "o/m"), ("hub-dataset:o/d", "o/d")],
        ),
        ("model: {dataset_name: o/d}", [("hub-dataset:o/d", "o/d")]),
        ("model: {path: [o/m]}", []),
        ("model_name_or_path: o/m\nmodel_revision: main", [("hub-model:o/m@main", "o/m")]),
        ("steps: [{model_id: o/m}]", [("hub-model:o/m", "o/m")]),
        ("output_dir: o/x\nhub_model_id: o/y", []),
        ("datasets:\n- {path: o/d}\nrevision: v9", [("hub-dataset:o/d", "o/d")]),
        ("", []),
    ],
)
def test_known_keys_name_datasets_and_models(text: str, expected: list[tuple[str, str]]) -> None:
    data = text.encode()

    links = read_training_config_links(data)

    assert [(str(one.locator), one.span.of(data).decode()) for one in links.found] == expected
    assert links.complete


def test_more_links_than_the_budget_are_said_to_be_left_out() -> None:
    links = read_training_config_links(b"datasets:\n" + b"- o/d\n" * (MOST_LINKS + 1))

    assert len(links.found) == MOST_LINKS
    assert not links.complete
