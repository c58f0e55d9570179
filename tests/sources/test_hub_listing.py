import hashlib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import Code, ReleaseError
from provenance.sources.hub_listing import Told, listed, told
from provenance.values.digest import Algorithm
from provenance.values.hazard import Limit
from provenance.values.inventory import How
from tests.sources.hubs import blob_id, pointer

BLOB = "ab" * 20
SHA256 = "cd" * 32


def lfs(data: bytes) -> tuple[str, tuple[int, str]]:
    """Return the blob id of a pointer, and what the pointer says."""
    return blob_id(pointer(data)), (len(data), hashlib.sha256(data).hexdigest())


def test_a_plain_file_is_claimed_by_its_blob_id() -> None:
    found = listed([told("a", 3, BLOB, None)], most=10)

    (entry,) = found.inventory
    assert entry.how is How.CLAIMED
    assert [digest.algorithm for digest in entry.digests] == [Algorithm.GIT_BLOB]
    assert entry.digests == entry.claimed
    assert found.inventory.complete


@given(st.binary(max_size=200))
def test_a_large_file_is_claimed_by_its_sha256_alone(data: bytes) -> None:
    blob, said = lfs(data)

    (entry,) = listed([told("a", len(data), blob, said)], most=10).inventory

    assert [str(digest) for digest in entry.digests] == [f"sha256:{said[1]}"]


def test_a_pointer_is_checked_in_repositories_of_sha256_too() -> None:
    text = pointer(b"data")
    blob = hashlib.sha256(b"blob %d\0" % len(text) + text).hexdigest()

    (entry,) = listed([told("a", 4, blob, lfs(b"data")[1])], most=10).inventory

    assert entry.sha256 is not None


def test_a_blob_id_that_we_cannot_check_is_no_digest() -> None:
    (entry,) = listed([told("a", 3, "ab" * 32, None)], most=10).inventory

    assert entry.how is How.UNREAD


GOOD_BLOB, GOOD_LFS = lfs(b"data")


@pytest.mark.parametrize(
    ("path", "size", "blob", "large"),
    [
        (None, 3, BLOB, None),
        (7, 3, BLOB, None),
        ("a\ud800", 3, BLOB, None),
        ("a", -1, BLOB, None),
        ("a", "3", BLOB, None),
        ("a", 2**53, BLOB, None),
        ("a", 3.0, BLOB, None),
        ("a", True, BLOB, None),
        ("a", None, BLOB, None),
        ("a", 3, BLOB.upper(), None),
        ("a", 3, BLOB[1:], None),
        ("a", 3, BLOB + "\n", None),
        ("a", 3, "../" + BLOB, None),
        ("a", 3, None, None),
        ("a", 4, GOOD_BLOB, (4, GOOD_LFS[1].upper())),
        ("a", 4, GOOD_BLOB, (4, GOOD_LFS[1][:40])),
        ("a", 4, GOOD_BLOB, (4, None)),
        ("a", 4, GOOD_BLOB, (5, GOOD_LFS[1])),
        ("a", 5, GOOD_BLOB, GOOD_LFS),
        ("a", 5, GOOD_BLOB, (5, GOOD_LFS[1])),
        ("a", 4, GOOD_BLOB, (4, SHA256)),
        ("a", 4, BLOB, GOOD_LFS),
    ],
)
def test_a_word_that_cannot_be_is_refused(
    path: object, size: object, blob: object, large: tuple[object, object] | None
) -> None:
    with pytest.raises(ReleaseError) as caught:
        told(path, size, blob, large)

    assert caught.value.code is Code.HUB_ANSWER


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("", Code.NAME),
        ("/etc/passwd", Code.NAME),
        ("../a", Code.NAME),
        ("a/../../b", Code.NAME),
        ("a//b", Code.NAME),
        ("a\x00b", Code.NAME_CTRL),
        ("a\nb", Code.NAME_CTRL),
        ("e\u0301", Code.NAME_NFC),
        ("a" * 5000, Code.NAME),
    ],
)
def test_a_name_that_cannot_be_makes_the_list_incomplete(path: str, code: Code) -> None:
    found = listed([told(path, 3, BLOB, None), told("good", 3, BLOB, None)], most=10)

    assert [entry.path.text for entry in found.inventory] == ["good"]
    assert not found.inventory.complete
    assert [(hazard.code, hazard.path) for hazard in found.hazards] == [(code, path)]
    assert {"lfs": None, "oid": BLOB, "path": path, "size": 3} in found.content


def test_a_name_that_deceives_is_told_of_and_listed() -> None:
    found = listed([told("A", 3, BLOB, None), told("a", 3, BLOB, None)], most=10)

    assert [hazard.code for hazard in found.hazards] == [Code.NAME_CASEFOLD]
    assert found.inventory.complete


@pytest.mark.parametrize("paths", [("a", "a"), ("a", "a/b"), ("a/b/c", "a/b"), ("a/b", "a")])
def test_a_list_that_contradicts_itself_is_refused(paths: tuple[str, ...]) -> None:
    with pytest.raises(ReleaseError) as caught:
        listed([told(path, 3, BLOB, None) for path in paths], most=10)

    assert caught.value.code is Code.HUB_ANSWER


def test_neighbours_are_no_contradiction() -> None:
    paths = ("a", "a.b", "a-b/c", "b/a", "b/c")

    assert len(listed([told(path, 3, BLOB, None) for path in paths], most=10).inventory) == 5


def test_a_list_that_is_too_long_ends_as_a_limit() -> None:
    asked = []

    def endless() -> Iterator[Told]:
        for number in range(10**9):
            asked.append(number)
            yield Told(f"f{number}", 1, BLOB, None)

    found = listed(endless(), most=5)

    assert len(found.inventory) == 5
    assert not found.inventory.complete
    assert found.limits == (Limit(Code.RESOURCE, "the list of files", "more than 5 files"),)
    assert len(asked) == 6


def test_the_content_is_sorted_by_path() -> None:
    found = listed([told("b", 1, BLOB, None), told("a", 2, BLOB, None)], most=10)

    assert [one["path"] for one in found.content] == ["a", "b"]
