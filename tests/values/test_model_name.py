import pytest

from provenance.values.model_name import is_named_in


@pytest.mark.parametrize(
    ("name", "title", "expected"),
    [
        ("org/pythia-70m", "Pythia: A Suite for Analyzing Models", True),
        ("org/Mistral-7B-v0.1", "Mistral 7B", True),
        ("openai-community/gpt2", "Language Models are Unsupervised Multitask Learners", False),
        ("org/base-7b", "A base for all", False),
    ],
)
def test_a_title_names_a_model_by_the_part_that_tells_it_from_others(
    name: str, title: str, *, expected: bool
) -> None:
    assert is_named_in(name, title) == expected
