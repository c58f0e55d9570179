import os
import resource
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from provenance.doors.page_table import Place
from provenance.doors.private_folder import FolderLock, PrivateFolder
from provenance.stores.sealed_pages import TOLERANCE_NS
from tests.doors.disks import unprivileged
from tests.stores.damages import DAMAGES, ONE, TOUCHABLE, TWO, Cache, short_key, text_instead

LIES = "pages of the digest cache are not as they were written: they are dropped"


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """Have a cache with two pages."""
    cache = Cache(tmp_path / "cache")
    cache.write(one=b"first", two=b"second")
    return cache


def test_pages_are_found_as_they_were_written(cache: Cache) -> None:
    assert cache.read() == {ONE: b"first", TWO: b"second"}
    assert cache.said == []


def test_a_page_is_made_of_what_was_there(cache: Cache) -> None:
    pages = cache.open()
    pages.write({ONE: 5}, lambda _, body: (body or b"nothing") + b" and more")
    pages.write({Place("a", "b", 3): 5}, lambda _, body: body or b"nothing")
    found: dict[Place, bytes] = {}
    pages.read([Place("a", "b", 3), ONE], found.__setitem__)
    pages.close()

    assert found == {ONE: b"first and more", Place("a", "b", 3): b"nothing"}


def test_what_lies_in_the_folder_is_for_nobody_else(cache: Cache) -> None:
    umask = os.umask(0)
    try:
        other = Cache(cache.folder.parent / "open/to/all")
        other.write(one=b"1")
    finally:
        os.umask(umask)

    assert stat.S_IMODE(other.folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(it.stat().st_mode) for it in other.folder.iterdir()} == {0o600}
    assert other.said == []


@pytest.mark.parametrize(
    "lie",
    [
        "UPDATE pages SET body = x'00' WHERE number = 1",
        "UPDATE pages SET body = substr(body, 1, 3) WHERE number = 1",
        "UPDATE pages SET body = x'' WHERE number = 1",
        "UPDATE pages SET kept_ns = 999 WHERE number = 1",
        "UPDATE pages SET proof = x'' WHERE number = 1",
        "UPDATE pages SET proof = zeroblob(32) WHERE number = 1",
        "UPDATE pages SET proof = (SELECT proof FROM pages WHERE number = 2) WHERE number = 1",
    ],
    ids=["body", "cut", "empty", "moment", "no-proof", "zeros", "other-proof"],
)
def test_a_page_that_was_changed_is_dropped_and_said_so(cache: Cache, lie: str) -> None:
    cache.sql(lie)

    assert cache.read() == {TWO: b"second"}
    assert cache.said == [LIES]
    # It is gone, and not found out a second time.
    assert cache.read() == {TWO: b"second"}
    assert cache.said == [LIES]


@pytest.mark.parametrize(
    "lie",
    [
        "UPDATE pages SET body = 'text' WHERE number = 1",
        "UPDATE pages SET body = NULL WHERE number = 1",
        "UPDATE pages SET body = zeroblob(1048577) WHERE number = 1",
        "UPDATE pages SET kept_ns = 'soon' WHERE number = 1",
        "UPDATE pages SET kept_ns = 1e300 WHERE number = 1",
        "UPDATE pages SET proof = 'text' WHERE number = 1",
        "DELETE FROM pages WHERE number = 1",
    ],
    ids=["text", "null", "huge", "words", "float", "text-proof", "gone"],
)
def test_what_is_no_page_is_not_there_and_can_be_written_over(cache: Cache, lie: str) -> None:
    cache.sql(lie)

    assert cache.read() == {TWO: b"second"}
    cache.write(one=b"new", two=b"newer")
    assert cache.read() == {ONE: b"new", TWO: b"newer"}
    assert cache.said == []


def test_pages_that_changed_places_are_both_dropped(cache: Cache) -> None:
    cache.sql(
        "UPDATE pages SET number = 3 WHERE number = 1",
        "UPDATE pages SET number = 1 WHERE number = 2",
        "UPDATE pages SET number = 2 WHERE number = 3",
    )

    assert cache.read() == {}
    assert cache.said == [LIES]


def test_a_page_of_another_algorithm_or_device_is_dropped(cache: Cache) -> None:
    cache.sql(
        "UPDATE pages SET algorithm = 'gitblob' WHERE number = 1",
        "UPDATE pages SET space = '2' WHERE number = 2",
    )
    pages, found = cache.open(), dict[Place, bytes]()
    pages.read([Place("gitblob", "1", 1), Place("sha256", "2", 2)], found.__setitem__)
    pages.close()

    assert found == {}
    assert cache.said == [LIES]


def test_what_is_written_over_a_lie_does_not_hold_it(cache: Cache) -> None:
    cache.sql("UPDATE pages SET body = x'00' WHERE number = 1")
    pages = cache.open()
    pages.write({ONE: 1}, lambda _, body: body or b"anew")
    pages.close()

    assert cache.read()[ONE] == b"anew"
    assert cache.said == [LIES]


@pytest.mark.parametrize(
    "damage",
    DAMAGES,
)
def test_a_database_that_is_damaged_or_foreign_begins_anew_and_is_said_so(
    cache: Cache, damage: Callable[[Cache], None]
) -> None:
    damage(cache)

    assert cache.read() == {}
    assert [it.partition(":")[0] for it in cache.said] == ["the digest cache begins anew"]
    cache.write(one=b"new", two=b"newer")
    assert cache.read() == {ONE: b"new", TWO: b"newer"}
    assert len(cache.said) == 1
    assert (cache.folder / "digests.damaged.sqlite").exists()


def test_a_database_that_is_damaged_while_it_is_open_begins_anew(cache: Cache) -> None:
    pages, found = cache.open(), dict[Place, bytes]()
    text_instead(cache)

    pages.read([ONE], found.__setitem__)
    assert found == {}
    assert [it.partition(":")[0] for it in cache.said] == ["the digest cache begins anew"]

    pages.write({ONE: 1}, lambda _, body: body or b"anew")
    pages.read([ONE], found.__setitem__)
    pages.close()
    assert found == {ONE: b"anew"}


def test_a_damaged_database_is_left_alone_while_another_uses_it(cache: Cache) -> None:
    other = cache.open()
    short_key(cache)

    assert cache.read() == {}
    assert [it.partition(":")[0] for it in cache.said] == ["work goes on without the digest cache"]
    other.close()
    assert cache.read() == {}
    assert cache.said[1].startswith("the digest cache begins anew: ")


def test_who_comes_while_another_begins_anew_works_without_a_cache(cache: Cache) -> None:
    lock = FolderLock(PrivateFolder(cache.folder), "lock")
    assert lock.alone()

    assert cache.read() == {}
    lock.close()
    assert cache.read() == {ONE: b"first", TWO: b"second"}
    assert [it.partition(":")[0] for it in cache.said] == ["work goes on without the digest cache"]


@pytest.mark.parametrize(
    "damage",
    TOUCHABLE,
)
def test_what_others_could_have_touched_is_not_used_and_not_touched(
    cache: Cache, damage: Callable[[Cache], None]
) -> None:
    damage(cache)
    before = sorted((it.name, it.lstat().st_mtime_ns) for it in cache.folder.parent.rglob("*"))

    assert cache.read() == {}
    cache.write(one=b"new")

    after = sorted((it.name, it.lstat().st_mtime_ns) for it in cache.folder.parent.rglob("*"))
    assert before == after
    assert len(set(cache.said)) == 1
    assert cache.said[0].startswith("work goes on without the digest cache: ")


def test_a_folder_of_somebody_else_s_is_not_used() -> None:
    cache = Cache(Path("/"))

    with unprivileged():
        assert cache.read() == {}

    (said,) = cache.said
    assert "'/' belongs to user 0" in said


def test_a_place_that_may_not_be_written_is_said(cache: Cache) -> None:
    cache.folder.parent.chmod(0o755)
    inside = Cache(cache.folder.parent / "other")

    with unprivileged():
        assert inside.read() == {}

    assert [it.partition(":")[0] for it in inside.said] == ["work goes on without the digest cache"]


def test_a_database_that_is_locked_is_done_without(cache: Cache) -> None:
    other = sqlite3.connect(cache.database, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    pages, found = cache.open(patience_s=0.01), dict[Place, bytes]()

    pages.read([ONE], found.__setitem__)
    pages.write({ONE: 1}, lambda *_: b"")
    other.close()
    pages.close()

    assert found == {}
    assert len(cache.said) == 1
    assert "is locked" in cache.said[0]
    assert cache.read() == {ONE: b"first", TWO: b"second"}


def test_a_disk_that_is_full_is_done_without(cache: Cache) -> None:
    pages = cache.open()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2**16, before[1]))
    try:
        pages.write({ONE: 1, TWO: 1}, lambda *_: bytes(2**19))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    pages.close()

    assert len(cache.said) == 1
    assert cache.said[0].startswith("work goes on without the digest cache: ")
    assert cache.read() == {ONE: b"first", TWO: b"second"}


def test_a_folder_that_goes_away_is_done_without(cache: Cache) -> None:
    pages, found = cache.open(), dict[Place, bytes]()
    for path in cache.folder.iterdir():
        path.unlink()
    cache.folder.rmdir()

    pages.write({ONE: 1}, lambda *_: b"")
    pages.read([ONE], found.__setitem__)
    pages.close()

    assert len(cache.said) == 1
    assert not cache.folder.exists()


def test_a_page_that_was_doubted_for_a_moment_only_is_not_dropped(cache: Cache) -> None:
    times = iter([-TOLERANCE_NS, 1_000])
    pages, found = cache.open(clock_ns=lambda: next(times)), dict[Place, bytes]()

    pages.read([ONE], found.__setitem__)
    pages.close()

    assert found == {}
    assert cache.said == ["the clock was set back: pages of the digest cache are dropped"]
    assert cache.read() == {ONE: b"first", TWO: b"second"}


def test_a_cache_that_had_to_shrink_is_still_ours(cache: Cache) -> None:
    pages = cache.open(capacity=2**20)
    for number in range(10):
        pages.write({Place("a", "b", number): 1_001 + number}, lambda *_: bytes(2**18))
    pages.close()

    assert cache.read() == {}
    assert cache.said == []


class OutOfWordsError(Exception):
    """What a caller's own code may raise."""


def test_an_error_of_the_caller_s_passes_and_nothing_is_written(cache: Cache) -> None:
    def renew(place: Place, body: bytes | None) -> bytes:
        if place == TWO:
            raise OutOfWordsError
        return body or b""

    pages = cache.open()
    with pytest.raises(OutOfWordsError):
        pages.write({ONE: 1, TWO: 1}, renew)
    pages.close()

    assert cache.read() == {ONE: b"first", TWO: b"second"}
