import pytest

from provenance.values.dataset import Declared
from provenance.values.dataset_card import (
    CroissantFacts,
    CroissantFile,
    DataInfo,
    DatasetCard,
    DataSplit,
    Stated,
    declared,
    sum_of,
)
from tests.building import WHERE


def info(size: int | None, *examples: int | None) -> DataInfo:
    return DataInfo(
        None,
        tuple(DataSplit(None, None, stated(count)) for count in examples),
        stated(size),
        Stated(10**9, WHERE),
    )


def stated(count: int | None) -> Stated[int] | None:
    return None if count is None else Stated(count, WHERE)


@pytest.mark.parametrize(
    ("infos", "expected"),
    [
        ((), None),
        ((info(None, 1),), None),
        ((info(0, 1),), None),
        ((info(7),), Declared(7, 7)),
        ((info(7, 1, 2),), Declared(7, 7, 3)),
        ((info(7, 1, None),), Declared(7, 7)),
        ((info(7, 1), info(9, 2)), Declared(9, 16)),
        ((info(7, 1), info(None, 2)), None),
        ((info(2**53),), None),
        ((info(7, 2**53),), None),
    ],
)
def test_a_card_declares_the_bytes_that_are_stored_and_never_those_in_memory(
    infos: tuple[DataInfo, ...], expected: Declared | None
) -> None:
    assert DatasetCard(WHERE, infos=infos).declared == expected


def test_a_card_of_which_a_part_was_left_out_declares_nothing() -> None:
    assert DatasetCard(WHERE, infos=(info(7),), complete=False).declared is None


def described(*files: CroissantFile, complete: bool = True) -> Declared | None:
    return CroissantFacts(WHERE, files=files, complete=complete).declared


def test_a_description_declares_the_sum_of_its_whole_files() -> None:
    one, two = CroissantFile("a", size=3), CroissantFile("b", size=4)

    assert described(one, two) == Declared(7, 7)
    assert described(one, two, CroissantFile("set", whole=False)) == Declared(7, 7)
    assert described(one, CroissantFile("b")) is None
    assert described(one, two, complete=False) is None
    assert described(CroissantFile("a", size=0)) is None
    assert described() is None


def test_a_sum_with_a_part_missing_is_none() -> None:
    assert sum_of((1, 2)) == 3
    assert sum_of((1, None)) is None
    assert sum_of(()) is None


def test_parts_that_may_overlap_are_at_least_the_largest() -> None:
    assert declared((3, 5), 4) == Declared(5, 8, 4)
    assert declared((), None) is None
