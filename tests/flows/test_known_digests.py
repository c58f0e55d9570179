import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from provenance.doors.places import Place, Places
from provenance.errors import ReleaseError
from provenance.flows.digest import Digesting, digest
from provenance.flows.known_digests import Memory
from provenance.stores.digest_cache import DigestCache
from provenance.values.digest import Algorithm
from provenance.values.inventory import How
from tests.hashing.files import ALL, expected, stamped

# Later than any file of a test was touched.
LATER = 2**62
SHA = (Algorithm.SHA256,)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "release"
    place.mkdir()
    for name in "abc":
        (place / name).write_text(name)
    return place


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[DigestCache]:
    def report(what: str) -> None:
        raise AssertionError(what)

    with DigestCache.open(tmp_path / "cache", report=report, clock_ns=lambda: LATER) as cache:
        yield cache


def hows(folder: Path, memory: Memory, algorithms: tuple[Algorithm, ...] = SHA) -> list[How]:
    found = digest([folder], Digesting(memory=memory, algorithms=algorithms))
    assert [row.digests for row in found.rows] == [
        expected((folder / row.path).read_bytes(), algorithms) for row in found.rows
    ]
    return [row.how for row in found.rows]


def keep_as_of_later(folder: Path, cache: DigestCache, algorithms: tuple[Algorithm, ...]) -> None:
    """Keep digests as if the files had been read long after they were written."""
    wants = [stamped(folder, name, algorithms) for name in "abc"]
    outcomes = [expected(name.encode(), algorithms) for name in "abc"]
    places = Places([Place(folder)])
    Memory(cache).keep(places, wants, outcomes, started_ns=LATER)


def test_what_was_kept_is_recalled_and_said_to_be(folder: Path, cache: DigestCache) -> None:
    keep_as_of_later(folder, cache, ALL)

    assert hows(folder, Memory(cache), ALL) == [How.CACHED] * 3
    assert hows(folder, Memory(cache), SHA) == [How.CACHED] * 3


def test_what_was_written_a_moment_ago_is_not_kept(folder: Path, cache: DigestCache) -> None:
    assert hows(folder, Memory(cache)) == [How.READ] * 3
    assert hows(folder, Memory(cache)) == [How.READ] * 3


def test_a_file_that_was_touched_is_read_again(folder: Path, cache: DigestCache) -> None:
    keep_as_of_later(folder, cache, SHA)
    before = (folder / "b").stat()
    (folder / "b").write_text("B")
    os.utime(folder / "b", ns=(before.st_atime_ns, before.st_mtime_ns))

    assert hows(folder, Memory(cache)) == [How.CACHED, How.READ, How.CACHED]


def test_an_algorithm_that_was_not_kept_is_read(folder: Path, cache: DigestCache) -> None:
    keep_as_of_later(folder, cache, SHA)

    assert hows(folder, Memory(cache), ALL) == [How.READ] * 3


def test_a_strict_memory_does_not_believe_the_cache(folder: Path, cache: DigestCache) -> None:
    keep_as_of_later(folder, cache, SHA)

    assert hows(folder, Memory(cache, strict=True)) == [How.READ] * 3


def test_a_large_file_without_a_measurement_is_read_when_strict(
    folder: Path, cache: DigestCache
) -> None:
    (folder / "a").write_bytes(bytes(2**20))

    assert hows(folder, Memory(cache, strict=True)) == [How.READ] * 3


def test_trouble_is_not_kept(folder: Path, cache: DigestCache) -> None:
    wants = [stamped(folder, "a", SHA)]

    Memory(cache).keep(Places([Place(folder)]), wants, [ReleaseError("gone")], started_ns=LATER)

    assert hows(folder, Memory(cache)) == [How.READ] * 3


def test_a_file_that_is_gone_has_no_measurement(folder: Path, cache: DigestCache) -> None:
    (folder / "a").write_bytes(bytes(2**20))
    wants = [stamped(folder, "a", SHA)._replace(folder="0:")]
    (folder / "a").unlink()

    Memory(cache, strict=True).keep(
        Places([Place(folder)]), wants, [expected(bytes(2**20), SHA)], started_ns=0
    )

    assert not (folder / "a").exists()
