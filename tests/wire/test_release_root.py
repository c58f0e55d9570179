import hashlib

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import Code, ReleaseError
from provenance.values.digest import Digest, DigestSet
from provenance.values.inventory import FileEntry, How, Inventory, Kind
from provenance.values.path import RelPath
from provenance.wire.release_root import release_root
from tests.wire.manifests import COUNTS, PATHS, SHA256S


def entry(path: str, size: int = 1, sha: str = "ab", kind: Kind = Kind.FILE) -> FileEntry:
    digests = DigestSet((Digest.sha256(sha * 32),))
    return FileEntry(RelPath(path), size, kind, How.READ, digests)


A, B = entry("a"), entry("ü/b", 258, "cd", Kind.LINK)
ENTRIES = st.builds(
    FileEntry,
    PATHS,
    COUNTS,
    st.sampled_from(Kind),
    st.just(How.READ),
    SHA256S.map(lambda digest: DigestSet((digest,))),
)
INVENTORIES = st.lists(ENTRIES, min_size=1, max_size=3, unique_by=lambda one: one.path).map(
    lambda entries: Inventory(tuple(entries))
)


def test_the_root_is_the_sha_256_of_the_bytes_that_are_written_down() -> None:
    written = (
        b"provenance-verifier/release-root/v1\0"
        b"\0\0\0\0\0\0\0\x02"
        b"\0\0\0\0\0\0\0\x04file" + b"\0\0\0\0\0\0\0\x01a" + b"\0\0\0\0\0\0\0\x01" + b"\xab" * 32
    ) + (b"\0\0\0\0\0\0\0\x04link\0\0\0\0\0\0\0\x04\xc3\xbc/b\0\0\0\0\0\0\x01\x02" + b"\xcd" * 32)

    assert release_root(Inventory((A, B))).value == hashlib.sha256(written).digest()


def test_the_order_in_which_files_were_found_does_not_matter() -> None:
    assert release_root(Inventory((A, B))) == release_root(Inventory((B, A)))


@given(INVENTORIES, INVENTORIES)
def test_two_inventories_have_one_root_only_when_they_are_equal(
    one: Inventory, other: Inventory
) -> None:
    assert (release_root(one) == release_root(other)) is (one == other)


@pytest.mark.parametrize(
    "entries",
    [
        (A,),
        (A, B, entry("c")),
        (entry("a2"), B),
        (entry("a", 2), B),
        (entry("a", sha="ac"), B),
        (entry("a", kind=Kind.EXECUTABLE), B),
        (entry("a", 258, "cd", Kind.LINK), entry("ü/b")),
    ],
    ids=["removed", "added", "renamed", "resized", "changed", "retyped", "swapped"],
)
def test_any_one_edit_changes_the_root(entries: tuple[FileEntry, ...]) -> None:
    assert release_root(Inventory(entries)) != release_root(Inventory((A, B)))


def test_how_a_digest_was_come_by_is_no_part_of_the_root() -> None:
    claimed = attrs.evolve(A, how=How.CLAIMED, claimed=A.digests)

    assert release_root(Inventory((claimed,))) == release_root(Inventory((A,)))


@pytest.mark.parametrize(
    ("inventory", "code"),
    [
        (Inventory(()), Code.MANIFEST_NO_SUBJECT),
        (Inventory((A, FileEntry(RelPath("b"), 0))), Code.MANIFEST_NO_SUBJECT),
        (Inventory((entry("a", 2**64),)), Code.MANIFEST_NO_SUBJECT),
        (Inventory((A,), complete=False), Code.INVENTORY_INCOMPLETE),
    ],
    ids=["empty", "unread", "too large", "incomplete"],
)
def test_what_is_not_wholly_known_has_no_root(inventory: Inventory, code: Code) -> None:
    with pytest.raises(ReleaseError) as caught:
        release_root(inventory)

    assert caught.value.code is code
    assert caught.value.hint
