import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import Code, InvalidValueError
from provenance.values.digest import Digest, DigestSet
from provenance.values.inventory import FileEntry, How, Inventory
from provenance.values.path import RelPath

SHA = Digest.sha256("ab" * 32)
BLOB = Digest.git_blob("cd" * 20)


def entry(path: str, size: int = 1) -> FileEntry:
    return FileEntry(RelPath(path), size)


@given(st.sets(st.from_regex(r"\A[a-z]{1,4}(/[a-z]{1,3})?\Z"), max_size=20))
def test_every_listed_file_is_found_by_its_path_and_no_other_is(paths: set[str]) -> None:
    inventory = Inventory(tuple(entry(path) for path in paths))

    assert [str(one.path) for one in inventory] == sorted(paths)
    assert all(inventory.get(path) == entry(path) for path in paths)
    assert inventory.get("zzzzz") is None
    assert (len(inventory), inventory.size) == (len(paths), len(paths))


def test_a_path_is_listed_once() -> None:
    with pytest.raises(InvalidValueError) as caught:
        Inventory((entry("a"), entry("a", 2)))

    assert caught.value.code is Code.NAME


def test_an_entry_has_digests_exactly_when_they_were_come_by() -> None:
    with pytest.raises(InvalidValueError):
        FileEntry(RelPath("a"), 1, how=How.READ)
    with pytest.raises(InvalidValueError):
        FileEntry(RelPath("a"), 1, how=How.UNREAD, digests=DigestSet((SHA,)))
    with pytest.raises(InvalidValueError):
        entry("a", -1)


def test_a_server_s_word_alone_binds_nothing() -> None:
    both = DigestSet((SHA, BLOB))
    claimed = FileEntry(RelPath("a"), 1, how=How.CLAIMED, digests=both, claimed=both)
    read = FileEntry(RelPath("a"), 1, how=How.READ, digests=both, claimed=DigestSet((BLOB,)))
    unbound = FileEntry(RelPath("a"), 1, how=How.READ, digests=both)

    assert (claimed.observed, claimed.bound) == (False, False)
    assert (read.observed, read.bound) == (True, True)
    assert (unbound.observed, unbound.bound) == (True, False)
    assert (read.sha256, entry("a").sha256) == (SHA, None)


def test_a_file_and_the_folders_around_it_are_held_and_nothing_else() -> None:
    inventory = Inventory((entry("a/b/c"), entry("a/b.txt"), entry("d")))

    assert all(map(inventory.holds, ("a", "a/b", "a/b/c", "a/b.txt", "d")))
    assert not any(map(inventory.holds, ("", "a/", "a/b/", "b", "a/b/c/d", "c", "e")))
