from pathlib import Path

import pytest

from provenance.doors.page_table import LARGEST, Page, PageTable, Place
from provenance.errors import Code, ToolError
from tests.doors.disks import handles_below

ONE, TWO = Place("a", "1", 1), Place("a", "1", 2)
PAGE = Page(1, b"body", b"proof")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Have an empty file."""
    path = tmp_path / "odd name?mode=ro#%41 \udcff.sqlite"
    path.touch(0o600)
    return path


def opened(path: Path) -> PageTable:
    return PageTable(path, patience_s=0.01)


def test_a_page_is_got_as_it_was_put(path: Path) -> None:
    table = opened(path)
    table.put(ONE, PAGE)
    table.put(TWO, Page(-5, b"", b""))
    table.put(TWO, Page(-(2**63), bytes(LARGEST), b""))
    table.close()

    table = opened(path)
    assert table.get(ONE) == PAGE
    assert table.get(TWO) == Page(-(2**63), bytes(LARGEST), b"")
    assert table.get(Place("b", "1", 1)) is None
    table.drop(ONE)
    assert table.get(ONE) is None
    table.close()


def test_a_new_table_is_empty(path: Path) -> None:
    table = opened(path)

    assert table.is_empty()
    table.put(ONE, PAGE)
    assert not table.is_empty()
    table.close()


def test_a_body_that_is_too_long_is_not_seen(path: Path) -> None:
    table = opened(path)
    table.put(ONE, Page(1, bytes(LARGEST + 1), b""))

    assert table.get(ONE) is None
    assert not table.is_empty()
    table.close()


def interrupted(table: PageTable) -> None:
    with table.writing():
        table.drop(ONE)
        table.put(TWO, PAGE)
        raise KeyboardInterrupt


def test_a_transaction_is_done_at_its_end_or_not_at_all(path: Path) -> None:
    table, other = opened(path), opened(path)

    with table.writing():
        table.put(ONE, PAGE)
        assert other.get(ONE) is None
    assert other.get(ONE) == PAGE

    with pytest.raises(KeyboardInterrupt):
        interrupted(table)
    assert other.get(ONE) == PAGE
    assert other.get(TWO) is None
    table.close()
    other.close()


def test_who_reads_sees_one_state(path: Path) -> None:
    table, other = opened(path), opened(path)
    table.put(ONE, PAGE)

    with other.reading():
        assert other.get(ONE) == PAGE
        with pytest.raises(ToolError) as caught, table.writing():
            table.put(ONE, PAGE._replace(kept_ns=2))
        assert other.get(ONE) == PAGE

    assert caught.value.code is Code.CACHE_BUSY
    assert table.get(ONE) == PAGE
    table.close()
    other.close()


def test_one_writes_at_a_time(path: Path) -> None:
    table, other = opened(path), opened(path)

    with table.writing(), pytest.raises(ToolError) as caught, other.writing():
        pytest.fail("two write")

    assert caught.value.code is Code.CACHE_BUSY
    table.close()
    other.close()


def test_a_table_shrinks_by_the_pages_that_were_kept_longest_ago(path: Path) -> None:
    table = opened(path)
    places = [Place("a", "1", number) for number in range(100)]
    for place in places:
        table.put(place, Page(1_000 - place.number, bytes(10_000), b""))

    table.shrink(2 * 10**6)
    assert all(table.get(place) for place in places)

    table.shrink(10**6)
    left = [place for place in places if table.get(place)]
    assert left == places[: len(left)]
    assert 60 < len(left) < 80
    table.close()


def test_a_table_shrinks_to_nothing(path: Path) -> None:
    table = opened(path)
    table.put(ONE, PAGE)

    table.shrink(0)

    assert table.is_empty()
    table.close()


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(ToolError) as caught:
        opened(tmp_path / "nothing")

    assert caught.value.code is Code.FS_PERMISSION
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_database_is_damaged_and_let_go(path: Path) -> None:
    path.write_bytes(b"no database " * 1000)

    with pytest.raises(ToolError, match="is no table of pages") as caught:
        opened(path)

    assert caught.value.code is Code.CACHE_DAMAGED
    assert handles_below(path.parent) == []


def test_a_database_that_may_only_be_read_is_read(path: Path) -> None:
    table = opened(path)
    table.put(ONE, PAGE)
    connection = table._connection  # noqa: SLF001 - SQLite's own way to let nobody write
    connection.execute("PRAGMA query_only = ON")

    assert table.get(ONE) == PAGE
    with pytest.raises(ToolError) as caught:
        table.put(TWO, PAGE)

    assert caught.value.code is Code.FS_PERMISSION
    table.close()


def test_a_disk_that_is_full_is_told_of(path: Path) -> None:
    table = opened(path)
    connection = table._connection  # noqa: SLF001 - SQLite's own way to have a full disk
    connection.execute("PRAGMA max_page_count = 10")

    with pytest.raises(ToolError) as caught, table.writing():
        table.put(ONE, Page(1, bytes(10**6), b""))

    assert caught.value.code is Code.DISK_FULL
    assert table.is_empty()
    table.close()


def test_a_table_that_is_closed_is_of_no_use(path: Path) -> None:
    table = opened(path)
    table.close()
    table.close()

    with pytest.raises(ToolError) as caught:
        table.get(ONE)

    assert caught.value.code is Code.FS_IO


def test_a_table_that_is_torn_in_the_middle_is_damaged(path: Path) -> None:
    places = [Place("a", "1", number) for number in range(200)]
    table = opened(path)
    for place in places:
        table.put(place, Page(1, bytes(2_000), b"proof"))
    table.close()
    with path.open("r+b") as file:
        file.seek(2 * 4096)
        file.write(b"lies" * 50_000)

    table = opened(path)
    with pytest.raises(ToolError) as caught:
        [table.get(place) for place in places]

    assert caught.value.code is Code.CACHE_DAMAGED
    table.close()
