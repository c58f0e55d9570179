from collections.abc import Callable
from random import Random

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import Code, UsageError
from provenance.hashing.share import listing_digest, merge, part_of
from provenance.values.digest import Algorithm
from provenance.values.digest_list import DigestList, Row, Share, Trouble
from provenance.values.inventory import How

FILES = st.lists(
    st.tuples(st.text("abc/", min_size=1, max_size=4), st.integers(0, 10**10)),
    max_size=30,
    unique_by=lambda file: file[0],
)
SHA = (Algorithm.SHA256,)


def parts(files: list[tuple[str, int]], count: int) -> list[DigestList]:
    listing = listing_digest(files)
    found = []
    for number in range(1, count + 1):
        mine = sorted(files[at] for at in part_of(files, number, count))
        rows = tuple(Row(path, size, How.READ, (bytes(32),)) for path, size in mine)
        found.append(DigestList(SHA, rows, (), Share(number, count, listing)))
    return found


@given(FILES, st.integers(1, 9))
def test_every_file_is_in_exactly_one_part(files: list[tuple[str, int]], count: int) -> None:
    places = [at for number in range(1, count + 1) for at in part_of(files, number, count)]

    assert sorted(places) == list(range(len(files)))


@given(FILES, st.integers(1, 9), st.randoms())
def test_parts_make_the_whole_in_any_order(
    files: list[tuple[str, int]], count: int, random: Random
) -> None:
    found = parts(files, count)
    random.shuffle(found)

    whole = merge(found)

    assert [(row.path, row.size) for row in whole.rows] == sorted(files)
    assert whole.share is None


def test_large_files_are_spread() -> None:
    files = [(str(at), 10**9) for at in range(8)]

    assert [len(part_of(files, number, 4)) for number in range(1, 5)] == [2, 2, 2, 2]


def without(found: list[DigestList]) -> list[DigestList]:
    return found[1:]


def twice(found: list[DigestList]) -> list[DigestList]:
    return [*found, found[0]]


def instead(found: list[DigestList]) -> list[DigestList]:
    return [found[1], *found[1:]]


def of_another_state(found: list[DigestList]) -> list[DigestList]:
    return [*found[:-1], parts([("other", 1)], 3)[2]]


def with_other_algorithms(found: list[DigestList]) -> list[DigestList]:
    return [*found[:-1], attrs.evolve(found[-1], algorithms=(Algorithm.TREE_SHA256,))]


def with_a_file_less(found: list[DigestList]) -> list[DigestList]:
    return [attrs.evolve(found[0], rows=()), *found[1:]]


def with_a_whole(found: list[DigestList]) -> list[DigestList]:
    return [attrs.evolve(found[0], share=None), *found[1:]]


def none_at_all(_: list[DigestList]) -> list[DigestList]:
    return []


@pytest.mark.parametrize(
    "change",
    [
        *(without, twice, instead, of_another_state, with_other_algorithms, with_a_file_less),
        *(with_a_whole, none_at_all),
    ],
)
def test_parts_that_are_not_the_whole_are_refused(
    change: Callable[[list[DigestList]], list[DigestList]],
) -> None:
    found = parts([(str(at), at) for at in range(9)], 3)

    with pytest.raises(UsageError) as caught:
        merge(change(found))

    assert caught.value.code is Code.PARTS


def test_trouble_in_a_part_is_trouble_in_the_whole() -> None:
    found = parts([("a", 1), ("b", 2)], 2)
    trouble = Trouble("b", Code.FS_IO, "cannot be read")
    found[0] = attrs.evolve(found[0], rows=(), troubles=(trouble,))

    assert merge(found).troubles == (trouble,)
    assert not merge(found).clean
