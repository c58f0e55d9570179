import pytest

from provenance.frameworks.license_reasons import license_reasons
from provenance.values.license import Inherited, License, Likeness, Match, Relation, Terms

LIKE = Likeness("MIT", 0.973, ("not for companies",), ("without restriction",), more=2)


def test_a_text_that_differs_is_told_with_what_differs() -> None:
    assert license_reasons(License(Terms.UNKNOWN, "mit", nearest=LIKE)) == (
        "the text is like MIT (97.3% of the words), and is not it",
        "it adds: 'not for companies'",
        "it leaves out: 'without restriction'",
        "it differs in 2 more places",
        "the metadata says 'mit'; an id alone is no licence",
    )


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (License(Terms.OPEN, "mit", "MIT", match=Match.TEXT), "word for word"),
        (License(Terms.RESTRICTED, None, "X", match=Match.CLAUSES), "holds its clauses"),
        (License(Terms.UNKNOWN, "bsd"), "there are BSD licences of"),
        (License(Terms.UNKNOWN, nearest=Likeness("X", 0.9, (), None)), "like X"),
    ],
)
def test_how_a_licence_was_recognised_is_told(found: License, words: str) -> None:
    assert words in license_reasons(found)[0]


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        (Terms.OPEN, "are open"),
        (Terms.RESTRICTED, "restrict use"),
        (Terms.NONE, "no licence"),
        (Terms.UNKNOWN, "not known"),
    ],
)
@pytest.mark.parametrize("relation", Relation)
def test_whose_terms_bind_is_told(terms: Terms, words: str, relation: Relation) -> None:
    inherited = Inherited("hub-model:o/b", relation, terms, "X")

    (reason,) = license_reasons(License(terms, inherited=inherited))

    assert words in reason
    assert ("base model" in reason) == (relation is Relation.BASE_MODEL)


def test_of_no_licence_there_is_nothing_to_say() -> None:
    assert license_reasons(License(Terms.NONE)) == ()
