import base64
import json

import pytest

from provenance.errors import Code, TextError
from provenance.recipe.documents.vocabulary import vocabulary_in
from tests.loaders import made


def text(value: object) -> bytes:
    return json.dumps(value).encode()


TEKKEN = text({"config": {}, "vocab": [{"rank": 0, "token_bytes": "AA=="}, {"rank": 1}]})
LLAMA3 = b"".join(base64.b64encode(b"%d" % n) + b" %d\n" % n for n in range(9))


@pytest.mark.parametrize(
    ("path", "kind", "size"),
    [
        ("bpe/tokenizer.json", "BPE", 60),
        ("unigram/tokenizer.json", "Unigram", 28),
        ("wordpiece/tokenizer.json", "WordPiece", 60),
        ("wordlevel/tokenizer.json", "WordLevel", 18),
        ("bpe-files/vocab.json", "vocabulary", 60),
        ("wordlevel-files/vocab.json", "vocabulary", 18),
        ("wordpiece-files/vocab.txt", "word list", 60),
        ("sentencepiece/spiece.model", "sentencepiece", 34),
        ("sentencepiece/spiece.vocab", "word list", 34),
        ("tiktoken/vocabulary.tiktoken", "tiktoken", 258),
    ],
)
def test_what_libraries_write_is_known_by_kind_and_size(path: str, kind: str, size: int) -> None:
    found = vocabulary_in(path, made(path))

    assert found
    assert (found.kind, found.size, found.part) == (kind, size, False)


@pytest.mark.parametrize(
    ("path", "data", "kind", "size"),
    [
        ("tekken.json", TEKKEN, "tekken", 2),
        ("original/tokenizer.model", LLAMA3, "tiktoken", 9),
        ("tokenizer.model.v3", made("sentencepiece/spiece.model"), "sentencepiece", 34),
        ("source.spm", made("sentencepiece/spiece.model"), "sentencepiece", 34),
        ("encoder.json", text({"a": 0}), "vocabulary", 1),
        ("dict.txt", b"the 99\nof 98\n", "word list", 2),
        (
            "vocab.json",
            text({"eng": {"a": 0}, "fra": {"b": 0, "c": 1}}),
            "multilingual vocabulary",
            3,
        ),
        ("vocab.json", text(["a", "b"]), "vocabulary", 2),
        ("tokenizer.json", text({"model": {"vocab": {"a": 0}}}), "unnamed", 1),
        ("vocab.json", b'{"a": 1e400, "b": 1}', "vocabulary", 2),
    ],
)
def test_other_files_are_known_by_what_stands_in_them(
    path: str, data: bytes, kind: str, size: int
) -> None:
    found = vocabulary_in(path, data)

    assert found
    assert (found.kind, found.size) == (kind, size)


def test_merges_are_a_part_that_takes_a_vocabulary_beside_it() -> None:
    for path in ("merges.txt", "vocab.bpe", "bpe.codes"):
        found = vocabulary_in(path, made("bpe-files/merges.txt"))

        assert found
        assert found.part


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("tokenizer.json", text({"model": 3})),
        ("tokenizer.json", text([])),
        ("tekken.json", text([])),
        ("vocab.json", text({"a": "b"})),
        ("vocab.json", text("a")),
        ("tokenizer.model", b"not a model"),
        ("tokenizer.model", made("sentencepiece/spiece.model")[:-3]),
        ("vocab.txt", b"\x00\x01"),
        ("tokenizer.bin", b"\x01"),
    ],
)
def test_a_file_of_another_kind_or_not_whole_is_not_taken_for_one(path: str, data: bytes) -> None:
    assert vocabulary_in(path, data) is None


def test_a_vocabulary_that_holds_nothing_is_one_of_no_entries() -> None:
    for path, data in (("vocab.json", b"{}"), ("vocab.txt", b""), ("tokenizer.model", b"")):
        found = vocabulary_in(path, data)

        assert found
        assert found.size == 0


def test_json_that_no_loader_reads_is_an_error_and_what_is_odd_is_told() -> None:
    with pytest.raises(TextError):
        vocabulary_in("tokenizer.json", b"{")
    found = vocabulary_in("vocab.json", b'{"a": 0, "a": 1}')

    assert found
    assert [one.code for one in found.hazards] == [Code.JSON_DUP_KEY]
