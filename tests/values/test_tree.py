import hashlib
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import Code, InvalidValueError
from provenance.values.digest import Digest
from provenance.values.tree import (
    LEAF,
    SUBTREE_LEAVES,
    Leaves,
    fold,
    leaf,
    leaf_count,
    node,
    root,
)


def naive_head(leaves: list[bytes]) -> bytes:
    """Return MTH of RFC 6962, section 2.1, as it is written there."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    left, right = naive_head(leaves[:split]), naive_head(leaves[split:])
    return hashlib.sha256(b"\x01" + left + right).digest()


def naive(data: bytes) -> str:
    """Return the digest of a file, the slow way, from the definition alone."""
    parts = [data[at : at + 1048576] for at in range(0, len(data), 1048576)]
    head = naive_head([hashlib.sha256(b"\x00" + part).digest() for part in parts])
    size = len(data).to_bytes(8, "big")
    return "tree-sha256:" + hashlib.sha256(b"\x02" + size + head).hexdigest()


def leaves_of(data: bytes) -> Leaves:
    return Leaves.of(len(data), [leaf(data[at : at + LEAF]) for at in range(0, len(data), LEAF)])


# Computed once from the definition; they must never change.
VECTORS = {
    0: "f0c1e0b4cd1983b9c92909f8145cc102993e4c797489c0ba98639fd93056b82f",
    1: "d0ee41b58b62eec60703c05bf2883bf86cc3bed2434824b2a55f2b9e0b7ece2d",
    LEAF - 1: "f09ca262c1b69e1f0663928bdf3fad2c745f4f8b67fdd3e0bc6355293ff7b8c1",
    LEAF: "263c124401cc51dc53485bd65a9b08d639c0ca218ad9e3d5257f42578acb44b8",
    LEAF + 1: "6b878b188b4999a345418322d0647b7ced87f7ab3fe92d2fbf12033711eaa94b",
    3 * LEAF: "4b2017224a4139c7436083745c09ab56dbea8e4d50f3e76f59f072ffb777e2e9",
    17 * LEAF + 5: "af58b035e50e5d123303ca50365f83173f14c85ada66cd43eb404467d2c49307",
}


@pytest.mark.parametrize("size", VECTORS)
def test_a_file_of_repeated_bytes_has_the_root_that_it_always_had(size: int) -> None:
    data = (b"provenance" * (size // 10 + 1))[:size]

    assert str(leaves_of(data).root) == naive(data) == f"tree-sha256:{VECTORS[size]}"


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=40))
def test_folding_by_levels_gives_the_tree_of_the_rfc(leaves: list[bytes]) -> None:
    assert fold(leaves) == naive_head(leaves)


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=80))
def test_subtrees_stand_for_their_leaves(leaves: list[bytes]) -> None:
    starts = range(0, len(leaves), SUBTREE_LEAVES)
    subtrees = [fold(leaves[at : at + SUBTREE_LEAVES]) for at in starts]

    assert root(7, subtrees) == root(7, leaves)


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=2, max_size=20), st.data())
def test_no_two_leaves_can_change_places(leaves: list[bytes], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(leaves) - 2))
    swapped = [*leaves[:at], leaves[at + 1], leaves[at], *leaves[at + 2 :]]

    assert (fold(swapped) == fold(leaves)) == (leaves[at] == leaves[at + 1])


def test_a_leaf_is_no_node_and_no_root() -> None:
    left, right = leaf(b"a"), leaf(b"b")

    assert leaf(left + right) != node(left, right)
    assert root(2, [left, right]).value not in {node(left, right), leaf(left + right)}


def test_files_that_differ_in_their_length_alone_differ() -> None:
    roots = [leaves_of(bytes(size)).root for size in (0, 1, 2, LEAF, LEAF + 1, 2 * LEAF)]

    assert len(set(roots)) == len(roots)


@pytest.mark.parametrize(("size", "count"), [(0, 0), (1, 1), (LEAF, 1), (LEAF + 1, 2)])
def test_a_mebibyte_that_was_begun_has_a_leaf(size: int, count: int) -> None:
    assert leaf_count(size) == count == len(Leaves(size, bytes(32 * count)))


@pytest.mark.parametrize(("size", "length"), [(0, 32), (1, 0), (1, 31), (LEAF + 1, 32), (-1, 0)])
def test_leaves_of_another_size_are_refused(size: int, length: int) -> None:
    with pytest.raises(InvalidValueError, match=re.escape(f"{size} bytes")) as caught:
        Leaves(size, bytes(length))

    assert caught.value.code is Code.DIGEST


def test_leaves_are_told_apart_by_their_place() -> None:
    leaves = leaves_of(bytes(LEAF) + b"\x01" * LEAF + b"\x02")
    all_of_them = [leaves[at] for at in range(len(leaves))]

    assert all(before != after for before, after in pairwise(all_of_them))
    with pytest.raises(IndexError):
        leaves[len(leaves)]
    with pytest.raises(IndexError):
        leaves[-1]


def test_a_root_is_a_digest_that_can_be_written_down() -> None:
    found = leaves_of(b"abc").root

    assert Digest.parse(str(found)) == found
