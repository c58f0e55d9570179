from pathlib import Path

import pytest

from provenance.errors import Code
from provenance.flows.digesting.pointers import MOST_FILES, pointers_among, pointers_in
from provenance.sources.local import LocalSource
from provenance.values.hazard import Hazard, Limit
from provenance.values.settings import Budget
from tests.charlm import noon

LFS = b"version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize 5\n" % (b"0" * 64)


def found_in(folder: Path, files: dict[str, bytes], most: int = MOST_FILES) -> list[Hazard | Limit]:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    source = LocalSource(folder, budget=Budget(), clock=noon)
    return list(pointers_in(source.listing().inventory, source, most=most))


@pytest.mark.parametrize(
    "name", ["model.safetensors", "pytorch_model.bin", "tokenizer.json", "data.parquet", "x"]
)
def test_a_pointer_is_told_whatever_it_stands_for(tmp_path: Path, name: str) -> None:
    found = found_in(tmp_path, {name: LFS, "README.md": b"# M\n"})

    assert found == [Hazard(Code.GIT_LFS, name, "a pointer of git-lfs: its 5 bytes are elsewhere")]


def test_a_text_about_pointers_is_none(tmp_path: Path) -> None:
    assert found_in(tmp_path, {"README.md": b"# M\n\n" + LFS, "big": LFS + b"x" * 2000}) == []


def test_of_many_small_files_only_so_many_are_looked_at(tmp_path: Path) -> None:
    found = found_in(tmp_path, {"a": LFS, "b": LFS}, most=1)

    assert found == [
        Hazard(Code.GIT_LFS, "a", "a pointer of git-lfs: its 5 bytes are elsewhere"),
        Limit(Code.RESOURCE, "pointers", "only 1 small files were looked at for pointers"),
    ]


def test_pointers_are_found_again_among_hazards() -> None:
    hazards = (Hazard(Code.GIT_LFS, "a", "said"), Hazard(Code.PICKLE, "b", "other"))

    assert pointers_among(hazards) == {"a": "said"}
