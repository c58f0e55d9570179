import hashlib
from pathlib import Path

from provenance.testing.repository import LFS_SIZE, Repository


def test_equal_input_gives_equal_commits_wherever_it_is_made(tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        repository = Repository.create(tmp_path / f"{name}.git")
        made.append(repository.commit({"a.txt": b"1", "b/c.txt": b"2"}, message="m"))

    assert made[0] == made[1]


def test_weights_and_large_files_become_pointers(tmp_path: Path) -> None:
    repository = Repository.create(tmp_path / "r.git")
    big = tmp_path / "big.dat"
    big.write_bytes(bytes(LFS_SIZE))
    text = tmp_path / "t.txt"
    text.write_bytes(b"text")

    commit = repository.commit(
        {"w.safetensors": b"123", "big.dat": big, "t.txt": text}, message="m"
    )

    found = {entry.path: entry for entry in repository.entries(commit)}
    assert found["w.safetensors"].lfs == hashlib.sha256(b"123").hexdigest()
    assert found["big.dat"].size == LFS_SIZE
    assert (found["t.txt"].lfs, found["t.txt"].size) == (None, 4)
    assert repository.blob(found["t.txt"].oid) == b"text"
    assert (repository.lfs / str(found["big.dat"].lfs)).read_bytes() == bytes(LFS_SIZE)
    again = repository.commit({"copy.dat": big}, message="n")
    assert {entry.path for entry in repository.entries(again)} > {"copy.dat"}


def test_a_small_file_that_is_no_pointer_is_none(tmp_path: Path) -> None:
    repository = Repository.create(tmp_path / "r.git")
    commit = repository.commit({"a": b"", "x/b": b"z" * 500}, message="m")

    assert [entry.lfs for entry in repository.entries(commit)] == [None, None]
    assert [folder.path for folder in repository.folders(commit)] == ["x"]


def test_branches_tags_and_commits_are_resolved(tmp_path: Path) -> None:
    repository = Repository.create(tmp_path / "r.git")
    first = repository.commit({"a": b"1"}, message="m")
    second = repository.commit({"b": b"2"}, message="n", delete=["a"])
    repository.tag("v1", first)

    assert repository.resolve("main") == second
    assert repository.resolve("v1") == repository.resolve(first) == first
    assert repository.resolve("nothing") is None
    assert [entry.path for entry in repository.entries(second)] == ["b"]
