import pytest

from provenance.recipe.code.other_languages import language_of, unread_programs
from provenance.values.component import Component


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("train.c", "C"),
        ("src/train.CU", "CUDA or Metal"),
        ("train.jl", "Julia"),
        ("train.lua", "Lua"),
        ("src/main.rs", "Rust"),
        ("analysis.Rmd", "R"),
        ("code.tar.gz", "archives"),
        ("code.zip", "archives"),
        ("train.py", None),
        ("data.jsonl.gz", None),
        ("docs/_static/search.js", None),
        (".github/x.js", None),
        ("vite.config.js", None),
        ("docs/train.jl", "Julia"),
        ("public/train.rs", "Rust"),
        (".hidden/train.rs", "Rust"),
        ("include/train.cuh", "CUDA or Metal"),
        ("train.hpp", "C++"),
        ("train.pyc", "machine code"),
        ("train.py.gz", "copies under another ending"),
        ("old/train.ipynb.txt", "copies under another ending"),
        ("code.patch", "copies under another ending"),
        ("train.jsonl.gz", None),
        ("TRAIN.PY", "an ending in capitals"),
        ("C.YAML", "an ending in capitals"),
        ("A.CSV", None),
        ("bin/train", "no language that its name tells"),
        ("LICENSE", None),
        (".gitignore", None),
        ("Makefile", None),
        ("x.json", None),
    ],
)
def test_a_language_is_known_by_its_ending_where_a_program_may_be(
    path: str, language: str | None
) -> None:
    assert language_of(path) == language


def test_the_programs_of_one_language_are_told_together() -> None:
    c, rust = unread_programs(["b.c", "a.c", "x.rs", "train.py"])

    assert c.what == "2 files in C: a.c, b.c"
    assert rust.what == "1 file in Rust: x.rs"
    assert Component.TRAINING_CODE in c.about
    assert Component.MODEL_CARD not in c.about


def test_copies_of_programs_are_told_by_that() -> None:
    (copies,) = unread_programs(["train.py.gz"])

    assert copies.what == "1 copies under another ending: train.py.gz"
