import pytest

from provenance.errors import Code
from provenance.recipe.documents.tokenizer import TokenizerRead, read_tokenizer
from provenance.recipe.documents.vocabulary import MOST_ITEMS
from provenance.values.facts import TokenizerFacts
from provenance.values.look import Missing, Seen, Unseen
from tests.building import TOY
from tests.loaders import made

BPE = made("bpe/tokenizer.json")
POINTER = Unseen("a pointer", Code.GIT_LFS)


def read(**files: bytes | Unseen) -> TokenizerRead:
    """Read files whose names have ``__`` for a dot and ``_in_`` for a slash."""
    named = ((key.replace("__", ".").replace("_in_", "/"), data) for key, data in files.items())
    return read_tokenizer(named, home=TOY)


def seen(**files: bytes | Unseen) -> TokenizerFacts:
    look = read(**files).look
    assert isinstance(look, Seen)
    return look.value


def test_the_whole_tokenizer_counts_before_its_parts() -> None:
    found = seen(merges__txt=b"a b\n", tokenizer__json=BPE, vocab__json=b'{"a": 0}')

    assert (found.kind, found.vocabulary) == ("BPE", 60)
    assert found.where.uri == "local:toy/tokenizer.json"


def test_every_file_has_the_id_that_git_gives_it() -> None:
    found = seen(vocab__txt=b"a\nb\n", merges__txt=b"hello\n")

    assert [(one.path, one.blob.hex) for one in found.files] == [
        ("merges.txt", "ce013625030ba8dba906f756967f9e9ca394464a"),
        ("vocab.txt", "422c2b7ab3b3c668038da977e4e93a5fc623169c"),
    ]


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"tokenizer__json": b"{"}, Code.JSON_SYNTAX),
        ({"tokenizer__json": POINTER}, Code.GIT_LFS),
        ({"tokenizer__json": POINTER, "merges__txt": b"a b\n"}, Code.GIT_LFS),
        ({"tokenizer__bin": b"\x01"}, Code.NOT_COVERED),
        ({"tokenizer__json": POINTER, "original_in_tokenizer__json": BPE}, Code.GIT_LFS),
        (
            {"tokenizer_in_tokenizer__json": BPE, "tokenizer_2_in_vocab__json": b"["},
            Code.JSON_SYNTAX,
        ),
    ],
    ids=["broken", "pointer", "part", "kind", "the top", "the second of a pipeline"],
)
def test_a_tokenizer_that_could_not_be_read_is_unknown(
    files: dict[str, bytes | Unseen], code: Code
) -> None:
    look = read(**files).look

    assert isinstance(look, Unseen)
    assert look.code is code


def test_a_part_without_its_vocabulary_is_no_absence() -> None:
    assert isinstance(read(merges__txt=b"a b\n").look, Unseen)


def test_a_file_that_breaks_is_told_where_another_holds_the_vocabulary() -> None:
    found = read(tokenizer__json=b"{", vocab__json=b'{"a": 0}')

    assert isinstance(found.look, Seen)
    assert [(one.code, one.path) for one in found.hazards] == [(Code.JSON_SYNTAX, "tokenizer.json")]


def test_files_that_were_read_whole_and_hold_nothing_hold_no_tokenizer() -> None:
    assert isinstance(read(vocab__json=b"{}", vocab__txt=b"").look, Missing)
    assert isinstance(read().look, Missing)


def test_the_tokenizers_of_a_pipeline_are_taken_together() -> None:
    found = seen(tokenizer_in_tokenizer__json=BPE, tokenizer_2_in_vocab__json=b'{"a": 0}')

    assert [one.path for one in found.files] == [
        "tokenizer/tokenizer.json",
        "tokenizer_2/vocab.json",
    ]


def test_the_tokenizer_at_the_top_counts_whatever_lies_below() -> None:
    found = seen(tokenizer__json=BPE, original_in_tokenizer__model=POINTER)

    assert [one.path for one in found.files] == ["tokenizer.json"]


def test_the_vocabularies_of_several_languages_are_not_one_size() -> None:
    found = seen(vocab__json=b'{"eng": {"a": 0}, "fra": {"a": 0, "b": 1}}')

    assert (found.kind, found.vocabulary) == ("multilingual vocabulary", None)


def test_files_over_the_values_that_are_read_of_all_leave_the_tokenizer_unknown() -> None:
    # Lists that end at once cost little to read, and count all the same.
    large = b"[" + b"0," * (MOST_ITEMS // 2) + b"0]"
    files = [(f"{one}/vocab.json", large) for one in "ab"]

    read = read_tokenizer([*files, ("c/tokenizer.json", BPE)], home=TOY)

    assert isinstance(read.look, Unseen)
    assert {one.code for one in read.hazards} == {Code.RESOURCE}
