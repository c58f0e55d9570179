import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from provenance.errors import Code
from provenance.flows.digesting.digest import Digesting, digest
from provenance.hashing.share import merge
from provenance.values.digest import Algorithm
from provenance.values.digest_list import DigestList
from provenance.values.inventory import How
from tests.hashing.files import ALL, Heard, expected


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path, data in {"b/c": b"3", "a": b"1", "b/a": b"2", "z": bytes(100_000)}.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(data)
    return tmp_path


class Hearing(Heard):
    def step(self, what: str) -> None:
        assert what


def sums(found: DigestList) -> dict[str, str]:
    return {row.path: row.digests[0].hex() for row in found.rows}


def test_every_file_has_the_digest_of_its_bytes(folder: Path) -> None:
    found = digest([folder])

    assert [row.path for row in found.rows] == ["a", "b/a", "b/c", "z"]
    for row in found.rows:
        data = (folder / row.path).read_bytes()
        assert (row.size, row.how) == (len(data), How.READ)
        assert row.digests == (hashlib.sha256(data).digest(),)
    assert found.clean


def test_one_read_feeds_all_algorithms(folder: Path) -> None:
    progress = Hearing()

    found = digest([folder], Digesting(algorithms=ALL), progress=progress)

    assert progress.advanced == progress.expected == found.size
    assert found.rows[0].digests == expected(b"1", ALL)


@pytest.mark.parametrize("count", [1, 2, 3, 9])
def test_parts_make_what_one_run_makes(folder: Path, count: int) -> None:
    parts = [digest([folder], Digesting(share=(number, count))) for number in range(1, count + 1)]

    assert merge(parts) == digest([folder])


def test_what_was_not_asked_for_is_left_out_and_counted(folder: Path) -> None:
    found = digest([folder], Digesting(only={"a", "z", "gone"}))

    assert list(sums(found)) == ["a", "z"]
    assert found.left_out == 2


def write_over(folder: Path) -> None:
    (folder / "a").write_bytes(b"x")


def replace(folder: Path) -> None:
    (folder / "new").write_bytes(b"1")
    (folder / "new").rename(folder / "a")


def remove(folder: Path) -> None:
    (folder / "a").unlink()


def make_a_pipe(folder: Path) -> None:
    (folder / "a").unlink()
    os.mkfifo(folder / "a")


@pytest.mark.parametrize("meddle", [write_over, replace, remove, make_a_pipe])
def test_a_folder_that_changes_after_it_was_listed_is_trouble(
    folder: Path, meddle: Callable[[Path], None]
) -> None:
    class Meddling(Hearing):
        def step(self, what: str) -> None:
            if what.startswith("hashing"):
                meddle(folder)

    found = digest([folder], progress=Meddling())

    assert [(one.path, one.code) for one in found.troubles] == [("a", Code.FS_CHANGED)]
    assert found.troubles[0].what.startswith("'a' ")
    assert list(sums(found)) == ["b/a", "b/c", "z"]


def test_all_trouble_is_told_and_the_rest_is_hashed(folder: Path) -> None:
    os.mkfifo(folder / "b/pipe")
    (folder / "loop").symlink_to("loop")
    (folder / os.fsdecode(b"\xff")).write_bytes(b"x")
    (folder / "a\nb").write_bytes(b"x")

    found = digest([folder])

    assert list(sums(found)) == ["a", "b/a", "b/c", "z"]
    assert {one.path: one.code for one in found.troubles} == {
        "b/pipe": Code.FS_SPECIAL,
        "loop": Code.FS_SYMLINK_LOOP,
        "\\xff": Code.NAME_ENCODING,
        "a\nb": Code.NAME_CTRL,
    }
    assert not found.clean


def test_an_algorithm_is_a_column(folder: Path) -> None:
    found = digest([folder], Digesting(algorithms=(Algorithm.GIT_BLOB,)))

    # From `printf 1 | git hash-object --stdin`.
    assert sums(found)["a"] == "56a6051ca2b02b04ef92d5150c9ef600403cb1de"
