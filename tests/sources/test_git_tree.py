import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from provenance.doors.git_objects import Objects
from provenance.errors import Code, ReleaseError, SourceError
from provenance.sources.git_tree import Entry, Mode, Tree, read_commit, walk
from provenance.values.hazard import Hazard
from provenance.values.revision import Commit
from tests.doors.served import Hosted


@pytest.fixture
def hosted(tmp_path: Path) -> Hosted:
    return Hosted(tmp_path, "n")


@pytest.fixture
def objects(hosted: Hosted) -> Iterator[Objects]:
    with Objects.at(hosted.path) as found:
        yield found


@pytest.fixture
def blob(hosted: Hosted) -> str:
    return hosted.object("blob", b"four")


def listed(objects: Objects, tree: str, depth: int = 64, most: int = 1000) -> Tree:
    return walk(objects, Commit(tree), depth=depth, most=most)


def test_every_file_is_listed_once_sorted_by_path(
    hosted: Hosted, objects: Objects, blob: str
) -> None:
    inner = hosted.tree(("100755", "run.sh", blob), ("100664", "shared", blob))
    root = hosted.tree(("100644", "b.c", blob), ("40000", "b", inner), ("100644", "a", blob))

    found = listed(objects, root)

    oid = Commit(blob)
    assert found.entries == (
        Entry("a", Mode.FILE, oid, 4),
        Entry("b.c", Mode.FILE, oid, 4),
        Entry("b/run.sh", Mode.EXECUTABLE, oid, 4),
        Entry("b/shared", Mode.SHARED_FILE, oid, 4),
    )
    assert found.hazards == ()
    assert found.oid == Commit(root)


def test_links_and_submodules_are_listed_and_told_of(
    hosted: Hosted, objects: Objects, blob: str
) -> None:
    link = hosted.object("blob", b"/etc/passwd")
    root = hosted.tree(("120000", "link", link), ("160000", "sub", "1" * 40))

    found = listed(objects, root)

    assert [(hazard.code, hazard.path) for hazard in found.hazards] == [
        (Code.GIT_SUBMODULE, "sub"),
        (Code.GIT_SYMLINK, "link"),
    ]
    assert [(one.mode.regular, one.size) for one in found.entries] == [(False, 11), (False, None)]
    assert blob


@pytest.mark.parametrize(
    ("name", "code"),
    [
        (b"..", Code.NAME),
        (b".", Code.NAME),
        (b".git", Code.NAME),
        (b".GIT", Code.NAME),
        (b"\xff", Code.NAME_ENCODING),
        (b"a\nb", Code.NAME_CTRL),
        ("e\u0301".encode(), Code.NAME_NFC),
    ],
)
def test_a_name_that_cannot_be_is_told_of_and_not_listed(
    hosted: Hosted, objects: Objects, blob: str, name: bytes, code: Code
) -> None:
    found = listed(objects, hosted.tree(("100644", name, blob)))

    assert found.entries == ()
    assert [hazard.code for hazard in found.hazards] == [code]


def test_what_lies_below_a_name_that_cannot_be_is_not_listed(
    hosted: Hosted, objects: Objects, blob: str
) -> None:
    inner = hosted.tree(("100644", "config", blob))
    found = listed(objects, hosted.tree(("40000", "..", inner), ("40000", ".git", inner)))

    assert found.entries == ()
    assert {hazard.code for hazard in found.hazards} == {Code.NAME}


def test_a_name_that_deceives_is_told_of(hosted: Hosted, objects: Objects, blob: str) -> None:
    root = hosted.tree(("100644", "A", blob), ("100644", "a", blob))

    assert Hazard(Code.NAME_CASEFOLD, "a", "is 'A' where case is ignored") in (
        listed(objects, root).hazards
    )


def test_a_tree_bomb_is_stopped(hosted: Hosted, objects: Objects, blob: str) -> None:
    tree = hosted.tree(*(("100644", f"f{it}", blob) for it in range(10)))
    for _ in range(9):
        tree = hosted.tree(*(("40000", f"d{it}", tree) for it in range(10)))
    started = time.monotonic()

    with pytest.raises(SourceError) as caught:
        walk(objects, Commit(tree), depth=64)

    assert caught.value.code is Code.RESOURCE
    assert time.monotonic() - started < 5


def test_a_bomb_without_files_is_stopped(hosted: Hosted, objects: Objects) -> None:
    tree = hosted.tree()
    for _ in range(20):
        tree = hosted.tree(("40000", "a", tree), ("40000", "b", tree))

    with pytest.raises(SourceError) as caught:
        walk(objects, Commit(tree), depth=64)

    assert caught.value.code is Code.RESOURCE


def test_the_bounds_are_exact(hosted: Hosted, objects: Objects, blob: str) -> None:
    tree = hosted.tree(("100644", "a", blob), ("100644", "b", blob))
    deep = hosted.tree(("40000", "d", tree))

    assert len(listed(objects, deep, depth=2, most=3).entries) == 2
    for depth, most in ((1, 3), (2, 2)):
        with pytest.raises(SourceError) as caught:
            listed(objects, deep, depth=depth, most=most)
        assert caught.value.code is Code.RESOURCE


def test_a_tree_that_is_used_twice_is_as_deep_as_where_it_is_deepest(
    hosted: Hosted, objects: Objects, blob: str
) -> None:
    inner = hosted.tree(("40000", "d", hosted.tree(("100644", "f", blob))))
    root = hosted.tree(("40000", "a", inner), ("40000", "b", hosted.tree(("40000", "c", inner))))

    assert len(listed(objects, root, depth=4).entries) == 2
    with pytest.raises(SourceError) as caught:
        listed(objects, root, depth=3)

    assert caught.value.code is Code.RESOURCE


ID = bytes(20)


@pytest.mark.parametrize(
    "data",
    [
        b"100644",
        b"100644 a",
        b"100644 a\0",
        b"100644 a\0" + ID[:19],
        b" a\0" + ID,
        b"100644 \0" + ID,
        b"100644\0a" + ID,
        b"100644 a/b\0" + ID,
        b"100600 a\0" + ID,
        b"x a\0" + ID,
        b"100644 a\0" + ID + b"1",
    ],
)
def test_a_malformed_tree_is_refused(hosted: Hosted, objects: Objects, data: bytes) -> None:
    with pytest.raises(ReleaseError) as caught:
        listed(objects, hosted.object("tree", data))

    assert caught.value.code is Code.GIT_CORRUPT


def test_modes_written_by_old_programs_are_understood(
    hosted: Hosted, objects: Objects, blob: str
) -> None:
    inner = hosted.tree(("100644", "a", blob))

    assert len(listed(objects, hosted.tree(("040000", "d", inner))).entries) == 1


def test_a_tree_that_is_not_here_is_refused(hosted: Hosted, objects: Objects) -> None:
    with pytest.raises(ReleaseError) as caught:
        listed(objects, hosted.tree(("40000", "d", "1" * 40)))

    assert caught.value.code is Code.GIT_CORRUPT


def test_a_commit_names_its_tree(hosted: Hosted, objects: Objects, blob: str) -> None:
    tree = hosted.tree(("100644", "a", blob))

    assert read_commit(objects, Commit(hosted.commit(tree))) == Commit(tree)


@pytest.mark.usefixtures("hosted")
def test_a_commit_that_did_not_come_is_not_said_to_be_nowhere(objects: Objects) -> None:
    with pytest.raises(SourceError) as caught:
        read_commit(objects, Commit("1" * 40))

    assert caught.value.code is Code.GIT_FAILED


@pytest.mark.parametrize("data", [b"", b"parent x\n", b"tree xyz\n", b"tree " + b"a" * 40])
def test_a_commit_without_a_tree_is_refused(hosted: Hosted, objects: Objects, data: bytes) -> None:
    with pytest.raises(ReleaseError) as caught:
        read_commit(objects, Commit(hosted.object("commit", data)))

    assert caught.value.code is Code.GIT_CORRUPT
