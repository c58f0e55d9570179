from collections.abc import Iterator
from pathlib import Path

import pytest

from provenance.doors.git_objects import Objects
from provenance.errors import Code
from provenance.sources.git_lfs import MOST_POINTERS, pointer_hazards
from provenance.sources.git_tree import Entry, Mode
from provenance.values.revision import Commit
from tests.doors.served import Hosted

HEAD = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize "


@pytest.fixture
def hosted(tmp_path: Path) -> Hosted:
    return Hosted(tmp_path, "n")


@pytest.fixture
def objects(hosted: Hosted) -> Iterator[Objects]:
    with Objects.at(hosted.path) as found:
        yield found


def entry(hosted: Hosted, data: bytes, mode: Mode = Mode.FILE, name: str = "w.bin") -> Entry:
    return Entry(name, mode, Commit(hosted.object("blob", data)), len(data))


@pytest.mark.parametrize("size", [b"1", b"123", b"9" * 20, b"12\r"])
def test_a_pointer_is_told_of_with_the_size_that_it_claims(
    hosted: Hosted, objects: Objects, size: bytes
) -> None:
    (hazard,) = pointer_hazards(objects, [entry(hosted, HEAD + size + b"\n")])

    assert (hazard.code, hazard.path) == (Code.GIT_LFS, "w.bin")
    assert f"its {size.decode().strip()} bytes" in hazard.detail


@pytest.mark.parametrize(
    ("data", "mode"),
    [
        (HEAD + b"1\n", Mode.LINK),
        (HEAD + b"x\n", Mode.FILE),
        (HEAD + b"9" * 21 + b"\n", Mode.FILE),
        (b"x" * 130, Mode.EXECUTABLE),
        (b"", Mode.FILE),
    ],
)
def test_anything_else_is_no_pointer(
    hosted: Hosted, objects: Objects, data: bytes, mode: Mode
) -> None:
    assert pointer_hazards(objects, [entry(hosted, data, mode)]) == ()


def test_what_was_not_fetched_is_not_read(objects: Objects) -> None:
    assert pointer_hazards(objects, [Entry("a", Mode.FILE, Commit("1" * 40), None)]) == ()


def test_only_so_many_files_are_read_and_that_is_said(hosted: Hosted, objects: Objects) -> None:
    first = entry(hosted, HEAD + b"1\n")
    others = [Entry("x", Mode.FILE, first.oid, 126), entry(hosted, HEAD + b"2\n", name="y")]

    most, beyond = (pointer_hazards(objects, [first, *others], most=it) for it in (2, 1))

    assert [hazard.path for hazard in most] == ["w.bin", "x", "y"]
    assert [(hazard.code, hazard.path) for hazard in beyond] == [
        (Code.GIT_LFS, "w.bin"),
        (Code.GIT_LFS, "x"),
        (Code.RESOURCE, ""),
    ]
    assert MOST_POINTERS == 1000
