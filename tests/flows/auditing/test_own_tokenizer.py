from pathlib import Path

import pytest

from provenance.errors import Code
from provenance.flows.auditing.own_tokenizer import MOST_FILES, read_own_tokenizer
from provenance.recipe.documents.tokenizer import TokenizerRead
from provenance.values.facts import ConfigFacts, Setting
from provenance.values.look import Look, Missing, Seen, Unseen
from tests.building import WHERE
from tests.flows.auditing.test_small_file import POINTER
from tests.flows.own import desk_of
from tests.loaders import made

COUNTS: Look[ConfigFacts] = Seen(ConfigFacts(WHERE, settings=(Setting("vocab_size", 16, WHERE),)))
PICTURES: Look[ConfigFacts] = Seen(ConfigFacts(WHERE, settings=(Setting("size", 16, WHERE),)))
BPE = made("bpe/tokenizer.json")
OWN_CLASS = b'{"tokenizer_class": "X", "auto_map": {"AutoTokenizer": ["tok.X", null]}}'


def read(
    folder: Path,
    files: dict[str, bytes],
    config: Look[ConfigFacts] = COUNTS,
    *,
    made_from: bool = False,
    unread: bool = False,
) -> TokenizerRead:
    inventory, desk = desk_of(folder, files, unread=unread)
    return read_own_tokenizer(inventory, desk, config, made_from=made_from)


@pytest.mark.parametrize(
    ("files", "kind", "size"),
    [
        ({"tokenizer.json": BPE}, "BPE", 60),
        ({"spiece.model": made("sentencepiece/spiece.model")}, "sentencepiece", 34),
        ({"x.tiktoken": made("tiktoken/vocabulary.tiktoken")}, "tiktoken", 258),
        ({"tokenizer/vocab.json": made("bpe-files/vocab.json")}, "vocabulary", 60),
        ({"tokenizer_config.json": made("byt5/tokenizer_config.json")}, "ByT5Tokenizer", None),
        (
            {
                "x.tiktoken": made("tiktoken/vocabulary.tiktoken"),
                "tokenizer_config.json": OWN_CLASS,
            },
            "tiktoken",
            258,
        ),
    ],
)
def test_a_tokenizer_is_read_in_the_form_that_it_has(
    tmp_path: Path, files: dict[str, bytes], kind: str, size: int | None
) -> None:
    look = read(tmp_path, files).look

    assert isinstance(look, Seen)
    assert (look.value.kind, look.value.vocabulary) == (kind, size)


def test_a_vocabulary_in_the_configuration_is_one(tmp_path: Path) -> None:
    look = read(tmp_path, {"config.json": b"{}"}, Seen(ConfigFacts(WHERE, vocabulary=9))).look

    assert isinstance(look, Seen)
    assert [one.path for one in look.value.files] == ["config.json"]
    assert (look.value.kind, look.value.vocabulary) == ("vocabulary in config.json", 9)


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"tokenizer.json": POINTER}, Code.GIT_LFS),
        ({"tokenizer.json": b"{"}, Code.JSON_SYNTAX),
        ({"tokenizer.json": BPE.decode().encode("utf-16")}, Code.JSON_ENCODING),
        ({"tokenizer_config.json": OWN_CLASS}, Code.NOT_COVERED),
        ({"tokenizer_config.json": b"{"}, Code.JSON_SYNTAX),
        ({"tokenizer_config.json": POINTER}, Code.GIT_LFS),
        ({"model.gguf": b"GGUF"}, Code.NOT_COVERED),
        ({"tok.py": b"class A: ..."}, Code.NOT_COVERED),
        ({"lexicon.txt": b"a"}, Code.NOT_COVERED),
    ],
)
def test_what_was_not_read_leaves_the_tokenizer_unknown(
    tmp_path: Path, files: dict[str, bytes], code: Code
) -> None:
    look = read(tmp_path, {"README.md": b"# M", **files}).look

    assert isinstance(look, Unseen)
    assert look.code is code


def test_only_where_nothing_could_hold_it_it_is_missing(tmp_path: Path) -> None:
    files = {"README.md": b"# M", "model.safetensors": b"x", "config.json": b"{}"}

    assert isinstance(read(tmp_path, files).look, Missing)
    assert isinstance(read(tmp_path, files, made_from=True).look, Unseen)
    assert isinstance(read(tmp_path, files, PICTURES).look, Unseen)
    assert isinstance(read(tmp_path, files, Unseen("no")).look, Unseen)
    assert isinstance(read(tmp_path, files, Missing("no")).look, Missing)


def test_bytes_that_are_not_here_and_a_list_that_is_not_whole_are_no_absence(
    tmp_path: Path,
) -> None:
    assert isinstance(read(tmp_path, {"tokenizer.json": BPE}, unread=True).look, Unseen)
    inventory, desk = desk_of(tmp_path / "b", {"README.md": b"# M"}, complete=False)

    assert isinstance(read_own_tokenizer(inventory, desk, COUNTS, made_from=False).look, Unseen)


def test_of_very_many_files_the_first_are_read_and_the_rest_are_unknown(tmp_path: Path) -> None:
    files = {f"{n:03}/vocab.json": b'{"a": 0}' for n in range(MOST_FILES + 1)}

    look = read(tmp_path, files).look

    assert isinstance(look, Unseen)
    assert look.code is Code.RESOURCE
