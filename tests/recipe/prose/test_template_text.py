import pytest

from provenance.recipe.prose.template_text import is_template


@pytest.mark.parametrize(
    "sentence",
    [
        "Training Data: [More Information Needed]",
        "Finetuned from model [optional]: x",
        "Users (both direct and downstream) should be made aware of the risks.",
        "This model was trained from scratch on the None dataset.",
        "<your dataset here>",
        "TODO",
        "{{ training_data }}",
    ],
)
def test_what_a_template_or_a_tool_wrote_is_told(sentence: str) -> None:
    assert is_template(sentence)


def test_what_an_author_wrote_is_not() -> None:
    assert not is_template("We trained on C4, and say more in the report.")
