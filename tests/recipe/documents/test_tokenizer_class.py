import pytest

from provenance.errors import TextError
from provenance.recipe.documents.tokenizer_class import tokenizer_class
from tests.building import TOY
from tests.loaders import made


@pytest.mark.parametrize(
    ("folder", "name"), [("byt5", "ByT5Tokenizer"), ("canine", "CanineTokenizer")]
)
def test_a_class_of_the_library_that_needs_no_vocabulary_is_a_tokenizer(
    folder: str, name: str
) -> None:
    found = tokenizer_class(
        made(f"{folder}/tokenizer_config.json"),
        path="tokenizer_config.json",
        address=TOY,
    )

    assert found.facts
    assert (found.facts.kind, found.facts.vocabulary) == (name, None)
    assert [one.path for one in found.facts.files] == ["tokenizer_config.json"]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b'{"tokenizer_class": "XTokenizer"}', "XTokenizer"),
        (b'{"tokenizer_class": "ByT5Tokenizer", "auto_map": {}}', "ByT5Tokenizer"),
        (b'{"tokenizer_class": 3}', "of no name"),
        (b"[]", "of no name"),
    ],
)
def test_any_other_class_says_nothing_of_its_vocabulary(data: bytes, name: str) -> None:
    found = tokenizer_class(data, path="p", address=TOY)

    assert (found.name, found.facts) == (name, None)


def test_what_no_loader_reads_is_an_error() -> None:
    with pytest.raises(TextError):
        tokenizer_class(b"{", path="p", address=TOY)
