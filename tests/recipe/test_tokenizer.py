import json

import pytest

from provenance.recipe.tokenizer import read_tokenizer
from provenance.values.facts import TokenizerFacts


def tokenizer(value: object) -> bytes:
    return json.dumps(value).encode()


@pytest.mark.parametrize(
    ("path", "data", "kind", "size"),
    [
        ("tokenizer.json", tokenizer({"model": {"type": "BPE", "vocab": {"a": 0}}}), "BPE", 1),
        ("tokenizer.json", tokenizer({"model": {"vocab": {"a": 0}}}), "unnamed", 1),
        ("vocab.json", tokenizer({"a": 0, "b": 1}), "vocabulary", 2),
        ("tekken.json", tokenizer({"vocab": [{}, {}]}), "tekken", 2),
        ("vocab.txt", b"a\nb\n", "word list", 2),
        ("tokenizer.model", b"\x0a\x0b", "sentencepiece", None),
    ],
)
def test_a_vocabulary_is_known_by_its_kind_and_size(
    path: str, data: bytes, kind: str, size: int | None
) -> None:
    found = read_tokenizer({path: data}, uri="hf:o/n@c")

    assert isinstance(found, TokenizerFacts)
    assert (found.kind, found.vocabulary, found.where.uri) == (kind, size, f"hf:o/n@c/{path}")


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("tokenizer.json", b"{"),
        ("tokenizer.json", tokenizer({"model": 3})),
        ("tokenizer.json", tokenizer([])),
        ("tekken.json", tokenizer([])),
        ("vocab.json", tokenizer({})),
        ("vocab.txt", b""),
        ("merges.txt", b"a b\n"),
        ("tokenizer.model", b"not a model"),
    ],
)
def test_a_file_without_a_vocabulary_is_no_tokenizer(path: str, data: bytes) -> None:
    assert path in str(read_tokenizer({path: data}, uri="u"))


def test_the_whole_tokenizer_counts_before_its_parts() -> None:
    files = {
        "merges.txt": b"a b\n",
        "tokenizer.json": tokenizer({"model": {"type": "BPE", "vocab": {"a": 0}}}),
        "vocab.json": tokenizer({"a": 0, "b": 1}),
    }

    found = read_tokenizer(files, uri="u")

    assert isinstance(found, TokenizerFacts)
    assert found.kind == "BPE"


def test_every_file_has_the_id_that_git_gives_it() -> None:
    found = read_tokenizer({"vocab.txt": b"a\nb\n", "merges.txt": b"hello\n"}, uri="u")

    assert isinstance(found, TokenizerFacts)
    assert [(one.path, one.blob.hex) for one in found.files] == [
        ("merges.txt", "ce013625030ba8dba906f756967f9e9ca394464a"),
        ("vocab.txt", "422c2b7ab3b3c668038da977e4e93a5fc623169c"),
    ]
