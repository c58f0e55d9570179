from hypothesis import given
from hypothesis import strategies as st

from provenance.values.tree import LEAF, leaf
from provenance.values.tree_hash import TreeHash


@given(st.lists(st.integers(0, 3 * LEAF), max_size=4))
def test_pieces_of_any_size_give_the_root_of_the_whole(sizes: list[int]) -> None:
    whole = (b"tree of weights" * (sum(sizes) // 15 + 1))[: sum(sizes)]
    hashed, start = TreeHash(), 0

    for size in sizes:
        hashed.update(memoryview(whole)[start : start + size])
        start += size

    expected = [leaf(whole[at : at + LEAF]) for at in range(0, len(whole), LEAF)]
    assert hashed.leaves.packed == b"".join(expected)
    assert hashed.digest() == hashed.leaves.root.value


def test_asking_on_the_way_changes_nothing() -> None:
    asked, silent = TreeHash(), TreeHash()

    for _ in range(3):
        asked.update(b"x" * 700_000)
        asked.digest()
        silent.update(b"x" * 700_000)

    assert asked.digest() == silent.digest()
