from collections.abc import Mapping

import pytest

from provenance.errors import Code
from provenance.values.inventory import FileEntry, Inventory
from provenance.values.look import Look, Missing, Seen, Unseen
from provenance.values.path import RelPath
from provenance.weights.unread import LARGE, unread

NONE: Look[int] = Missing("no safetensors file holds a tensor")


def look(
    *files: tuple[str, int],
    complete: bool = True,
    first: Look[int] = NONE,
    pointers: Mapping[str, str] | None = None,
) -> Look[int]:
    entries = tuple(FileEntry(RelPath(name), size) for name, size in files)
    return unread(first, Inventory(entries, complete=complete), pointers or {})


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("model.gguf", 1),
        ("optimizer.pt", 1),
        ("weights.dat", 1),
        ("consolidated", 1),
        ("model.q4", 1),
        ("params/0.0", 1),
        ("xgb.json", 1),
        ("glove.6B.50d.txt", 1),
        ("settings.toml", LARGE),
        ("backup.zip", 1),
        ("model.tar.gz", 1),
        ("model.safetensors.part", 1),
        (".cache/huggingface/download/abc.incomplete", 1),
    ],
)
def test_what_may_hold_weights_leaves_them_unknown(name: str, size: int) -> None:
    found = look(("README.md", 9), (name, size))

    assert isinstance(found, Unseen)
    assert found.code is Code.NOT_COVERED


def test_a_file_of_an_unknown_kind_is_named_with_its_size() -> None:
    found = look(("weights.dat", LARGE + 7))

    assert isinstance(found, Unseen)
    assert "'weights.dat'" in found.reason
    assert str(LARGE + 7) in found.reason


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("README.md", 9),
        ("weights.dat", 0),
        ("settings.toml", LARGE - 1),
        (".gitattributes", 9),
        ("LICENSE-MIT", 9),
        ("Makefile", 9),
        ("tokenizer.model", 9),
        ("qwen.tiktoken", 9),
        ("model_index.json", 9),
        ("notes.txt", 9),
        ("train.parquet", 2**40),
        ("train.jsonl.zst", 2**40),
        ("film.mp4", 2**40),
        ("tokenizer.json", 2**30),
        ("LICENSE", 11_000),
    ],
)
def test_what_holds_none_leaves_them_missing(name: str, size: int) -> None:
    assert look((name, size)) == NONE


def test_an_incomplete_listing_shows_no_absence() -> None:
    assert isinstance(look(("README.md", 9), complete=False), Unseen)


def test_a_pointer_says_where_the_weights_are() -> None:
    found = look(("m.gguf", 130), pointers={"m.gguf": "a pointer of git-lfs"})

    assert found == Unseen("'m.gguf' is a pointer of git-lfs", Code.GIT_LFS)


def test_a_state_of_training_excuses_no_broken_model() -> None:
    lacking: Look[int] = Missing("a shard is not there")

    assert look(("a.safetensors", 9), ("training_args.bin", 9), first=lacking) == lacking


def test_another_copy_excuses_a_broken_one_and_both_are_told() -> None:
    found = look(("a.safetensors", 9), ("a.gguf", 9), first=Missing("a shard is not there"))

    assert isinstance(found, Unseen)
    assert "gguf" in found.reason
    assert "a shard is not there" in found.reason


def test_what_was_seen_stays_seen() -> None:
    assert look(("a.gguf", 9), first=Seen(7)) == Seen(7)
