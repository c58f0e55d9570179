import pytest

from provenance.values.tokenizer_names import is_vocabulary


@pytest.mark.parametrize(
    "path",
    [
        *("tokenizer.json", "tekken.json", "vocab.json", "vocab.txt", "merges.txt", "encoder.json"),
        *("vocab.bpe", "bpe.codes", "dict.txt", "dict.en.txt", "vocab-src.json", "source.spm"),
        *("tokenizer.model", "tokenizer.model.v3", "spiece.model", "sentencepiece.bpe.model"),
        *("qwen.tiktoken", "tiktoken.model", "tokenizer/vocab.json", "original/tokenizer.model"),
        *("m.vocab", "tokenizer.bin", "tokens.txt"),
    ],
)
def test_the_names_that_libraries_look_for_are_known_in_any_folder(path: str) -> None:
    assert is_vocabulary(path)


@pytest.mark.parametrize(
    "path",
    ["tokenizer_config.json", "added_tokens.json", "model.json", "notes.txt", "a.model", "vocab"],
)
def test_other_names_are_not_taken_for_them(path: str) -> None:
    assert not is_vocabulary(path)
