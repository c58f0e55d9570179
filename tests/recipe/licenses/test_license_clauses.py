import pytest

from provenance.recipe.licenses.license_clauses import by_clauses


@pytest.mark.parametrize(
    ("text", "license_id"),
    [
        (
            "mistral ai research license if you use a mistral model for research purposes only",
            "LicenseRef-mistral-research",
        ),
        (
            "tii falcon llm license version 1 0 for commercial use of falcon llm apply to tii",
            "LicenseRef-falcon-llm",
        ),
        (
            "modified mit license not authorized above 20 million monthly revenue says mistral ai",
            "LicenseRef-mistral-modified-mit",
        ),
        ("modified mit license as mistral ai has it", None),
        ("mistral ai research license", None),
        ("the mistral research purposes", None),
        (f"{'word ' * 60} gemma terms of use prohibited use policy", None),
    ],
)
def test_a_licence_is_taken_for_one_that_it_names_and_whose_clauses_it_holds(
    text: str, license_id: str | None
) -> None:
    found = by_clauses(text.split())

    assert (found.id if found else None) == license_id
