import pytest

from provenance.recipe.own_files import is_contamination_report, is_sample, reads_recipe


@pytest.mark.parametrize(
    "path",
    [
        *("train.py", "config.toml", "run.sh", "tokenizer_config.json", "chat_template.jinja"),
        *("requirements.txt", "trainer_state.json", "evaluation.json", "paper.pdf"),
        *("ds_config.json", "training_params.json", "contamination.md", "samples/a.txt"),
    ],
)
def test_a_file_that_says_something_of_the_recipe_is_read(path: str) -> None:
    assert reads_recipe(path)


@pytest.mark.parametrize(
    "path",
    [
        *("config.json", "tokenizer.json", "model.safetensors", "model.safetensors.index.json"),
        *("README.md", "LICENSE", "vocab.json", "onnx/model.onnx", "picture.png"),
    ],
)
def test_what_a_model_itself_is_made_of_is_not_read_for_its_recipe(path: str) -> None:
    assert not reads_recipe(path)


def test_reports_and_samples_are_known_by_their_names_and_are_no_programs() -> None:
    assert is_contamination_report("docs/data_overlap.csv")
    assert not is_contamination_report("contamination.py")
    assert is_sample("sample_outputs.txt")
    assert not is_sample("samples/a.py")
    assert not is_sample("samples")
