import pytest

from provenance.errors import Code, InvalidValueError
from provenance.values.digest import Algorithm, Digest
from provenance.values.digest_list import DigestList, Row, Share, Trouble
from provenance.values.inventory import How

SHA = (Algorithm.SHA256,)
LISTING = Digest.sha256("0" * 64)


def row(path: str, size: int = 1) -> Row:
    return Row(path, size, How.READ, (bytes(32),))


@pytest.mark.parametrize("paths", ["ba", "aa", "abb"])
def test_rows_are_in_order_and_each_path_is_there_once(paths: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        DigestList(SHA, tuple(row(path) for path in paths))

    assert caught.value.code is Code.NAME


def test_a_list_is_clean_as_long_as_there_is_no_trouble() -> None:
    assert DigestList(SHA, (row("a"), row("b"))).clean
    assert not DigestList(SHA, (row("a"),), (Trouble("b", Code.FS_IO, "w"),)).clean


def test_sizes_add_up() -> None:
    assert DigestList(SHA, (row("a", 3), row("b", 4))).size == 7


@pytest.mark.parametrize(("number", "count"), [(0, 1), (2, 1), (-1, 3), (1, 0)])
def test_a_part_that_cannot_be_is_refused(number: int, count: int) -> None:
    with pytest.raises(InvalidValueError):
        Share(number, count, LISTING)


def test_rows_in_columns_are_the_rows_that_they_were_made_of() -> None:
    found = DigestList(SHA, [row("a", 3), row("b", 4), row("c", 5)]).rows

    assert list(found) == [row("a", 3), row("b", 4), row("c", 5)]
    assert (len(found), found[1], found[-1]) == (3, row("b", 4), row("c", 5))
    assert list(found[:2]) == [row("a", 3), row("b", 4)]
    assert (found.paths, found.sizes) == (("a", "b", "c"), (3, 4, 5))
    assert DigestList(SHA, found) == DigestList(SHA, iter(found))


def test_no_rows_are_no_columns() -> None:
    assert list(DigestList(SHA, ()).rows) == []
