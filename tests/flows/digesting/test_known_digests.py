import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import attrs
import pytest

from provenance.doors.places import Place, Places
from provenance.errors import ReleaseError
from provenance.flows.digesting.digest import Digesting, digest
from provenance.flows.digesting.known_digests import Memory
from provenance.hashing.wants import Columns
from provenance.ports.silence import Silence
from provenance.stores.digest_cache import DigestCache
from provenance.values.digest import Algorithm
from provenance.values.inventory import How
from tests.flows.measuring import Kernel
from tests.hashing.files import ALL, TREE, expected, stamped

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


@attrs.frozen
class Enabling(Silence):
    """Puts a file under fs-verity as soon as bytes of it were read."""

    kernel: Kernel
    path: Path

    def advance(self, size: int) -> None:
        if size >= self.path.stat().st_size // 4:
            self.kernel.enable(self.path)


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
    Memory(cache).keep(wants, outcomes, started_ns=LATER)


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

    Memory(cache).keep(wants, [ReleaseError("gone")], started_ns=LATER)

    assert hows(folder, Memory(cache)) == [How.READ] * 3


@pytest.mark.parametrize("algorithms", [SHA, TREE, ALL])
def test_what_the_kernel_measured_before_it_was_read_is_recalled(
    folder: Path, cache: DigestCache, algorithms: tuple[Algorithm, ...]
) -> None:
    kernel = Kernel()
    for name in "ab":
        (folder / name).write_bytes(os.urandom(3 * 2**20 + 1))
    kernel.enable(folder / "a")
    memory = Memory(cache, strict=True, ask=kernel.ask)

    assert hows(folder, memory, algorithms) == [How.READ] * 3
    assert hows(folder, memory, algorithms) == [How.KERNEL, How.READ, How.READ]


def test_a_file_that_came_under_verity_while_it_was_read_is_read_again(
    folder: Path, cache: DigestCache
) -> None:
    kernel = Kernel()
    large = folder / "a"
    large.write_bytes(bytes(2**20))
    memory = Memory(cache, strict=True, ask=kernel.ask)

    found = digest([folder], Digesting(memory=memory), progress=Enabling(kernel, large))

    assert found.clean
    assert kernel.enabled
    assert hows(folder, memory) == [How.READ] * 3
    assert hows(folder, memory) == [How.KERNEL, How.READ, How.READ]


def test_another_file_of_the_same_size_and_times_is_read(folder: Path, cache: DigestCache) -> None:
    kernel = Kernel()
    large, other = folder / "a", folder.parent / "other"
    large.write_bytes(bytes(2**20))
    other.write_bytes(b"B" * 2**20)
    kernel.enable(large)
    kernel.enable(other)
    memory = Memory(cache, strict=True, ask=kernel.ask)
    assert hows(folder, memory) == [How.READ] * 3
    before = large.stat()

    other.replace(large)
    os.utime(large, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert hows(folder, memory) == [How.READ] * 3


def test_what_others_read_was_not_measured_here(folder: Path, cache: DigestCache) -> None:
    kernel = Kernel()
    (folder / "a").write_bytes(bytes(2**20))
    kernel.enable(folder / "a")
    memory = Memory(cache, strict=True, ask=kernel.ask)

    with ProcessPoolExecutor(1, get_context("spawn")) as executor:
        found = digest([folder], Digesting(memory=memory, executor=executor))

    assert found.clean
    assert hows(folder, memory) == [How.READ] * 3


def test_a_file_that_is_gone_is_not_recalled(folder: Path, cache: DigestCache) -> None:
    kernel = Kernel()
    (folder / "a").write_bytes(bytes(2**20))
    kernel.enable(folder / "a")
    memory = Memory(cache, strict=True, ask=kernel.ask)
    want = stamped(folder, "a", SHA)._replace(folder="0:")
    assert want.stamp
    columns = Columns(["0:"], ["a"], [want.stamp])
    assert hows(folder, memory) == [How.READ] * 3
    (folder / "a").unlink()

    assert memory.recall(Places([Place(folder)]), columns, SHA) == [None]
