import hashlib
import os
import signal
import threading
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.doors.disk import Root
from provenance.errors import Code, SourceError
from provenance.hashing.engine import (
    BATCH,
    BUFFER,
    SMALL,
    Failed,
    Hashed,
    digest_files,
    usable_processors,
)
from provenance.hashing.plan import Job
from provenance.values.digest import Algorithm, Digest, DigestSet
from provenance.values.path import RelPath

BOTH = (Algorithm.SHA256, Algorithm.GIT_BLOB)
Open = Callable[[RelPath], BinaryIO]


@attrs.define
class Heard:
    """A progress that remembers what it was told."""

    expected: int = 0
    advanced: int = 0
    on_advance: Callable[[int], None] = lambda _: None

    def step(self, what: str) -> None:
        raise AssertionError(what)

    def expect(self, size: int) -> None:
        self.expected += size

    def advance(self, size: int) -> None:
        self.advanced += size
        self.on_advance(size)


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Root]:
    with Root(tmp_path) as root:
        yield root


def job(path: str, size: int, *algorithms: Algorithm, key: object = None) -> Job:
    wanted = algorithms or (Algorithm.SHA256,)
    return Job(RelPath(path), size, wanted, key=(key,) if key else None)


def expected(data: bytes) -> DigestSet:
    blob = b"blob %d\0" % len(data) + data
    return DigestSet(
        (
            Digest(Algorithm.SHA256, hashlib.sha256(data).digest()),
            Digest(Algorithm.GIT_BLOB, hashlib.sha1(blob, usedforsecurity=False).digest()),
        )
    )


def hashed(jobs: Sequence[Job], open_file: Open, threads: int = 0) -> list[DigestSet | Code]:
    results = digest_files(jobs, open_file, threads=threads, progress=Heard())
    assert [result.path for result in results] == [one.path for one in jobs]
    return [one.digests if isinstance(one, Hashed) else one.error.code for one in results]


@pytest.mark.parametrize(
    "size", [0, 1, SMALL - 1, SMALL, SMALL + 1, BUFFER - 1, BUFFER, BUFFER + 1, 3 * BUFFER + 7]
)
def test_digests_are_those_of_the_bytes(tmp_path: Path, root: Root, size: int) -> None:
    data = os.urandom(size)
    (tmp_path / "file").write_bytes(data)

    assert hashed([job("file", size, *BOTH)], root.open) == [expected(data)]


def test_the_git_blob_is_what_git_says(tmp_path: Path, root: Root) -> None:
    (tmp_path / "file").write_bytes(b"hello\n")

    (digests,) = hashed([job("file", 6, Algorithm.GIT_BLOB)], root.open)

    # From `printf 'hello\n' | git hash-object --stdin`.
    blob = Digest.git_blob("ce013625030ba8dba906f756967f9e9ca394464a")
    assert digests == DigestSet((blob,))


@given(
    sizes=st.lists(st.integers(0, 3 * SMALL), max_size=12),
    threads=st.integers(0, 4),
    turned=st.booleans(),
)
def test_digests_depend_on_nothing_but_the_bytes(
    sizes: list[int], threads: int, turned: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("tree")
    contents = [bytes([number % 256]) * size for number, size in enumerate(sizes)]
    jobs = []
    for number, data in enumerate(contents):
        (folder / str(number)).write_bytes(data)
        jobs.append(job(str(number), len(data), *BOTH))
    if turned:
        jobs.reverse()
        contents.reverse()

    with Root(folder) as root:
        assert hashed(jobs, root.open, threads) == [expected(data) for data in contents]


def test_more_small_files_than_a_batch_are_all_hashed(tmp_path: Path, root: Root) -> None:
    jobs = []
    for number in range(BATCH * 2 + 1):
        (tmp_path / str(number)).write_text(str(number))
        jobs.append(job(str(number), len(str(number))))
    progress = Heard()

    results = digest_files(jobs, root.open, progress=progress)

    digests = {one.digests.sha256 for one in results if isinstance(one, Hashed)}
    assert len(digests) == len(jobs)
    assert progress.advanced == progress.expected == sum(one.size for one in jobs)


def test_nothing_to_do_is_done() -> None:
    assert digest_files((), lambda _: pytest.fail("opened"), progress=Heard()) == ()


def test_progress_counts_every_byte_once(tmp_path: Path, root: Root) -> None:
    (tmp_path / "large").write_bytes(b"x" * (2 * BUFFER + 1))
    (tmp_path / "small").write_bytes(b"x" * 10)
    (tmp_path / "again").symlink_to("large")
    progress = Heard()
    jobs = [
        job("large", 2 * BUFFER + 1, key="one"),
        job("again", 2 * BUFFER + 1, key="one"),
        job("small", 10),
    ]

    digest_files(jobs, root.open, progress=progress)

    assert progress.expected == progress.advanced == 2 * BUFFER + 11


def test_a_file_with_several_names_is_read_once(tmp_path: Path, root: Root) -> None:
    data = b"x" * SMALL
    (tmp_path / "a").write_bytes(data)
    (tmp_path / "b").symlink_to("a")
    progress = Heard()
    jobs = [job("a", SMALL, key="k"), job("b", SMALL, *BOTH, key="k")]

    first, second = digest_files(jobs, root.open, progress=progress)

    # Each name gets what was asked for it, out of one reading.
    assert isinstance(first, Hashed)
    assert isinstance(second, Hashed)
    assert first.digests == DigestSet(tuple(filter(None, (expected(data).sha256,))))
    assert second.digests == expected(data)
    assert progress.advanced == SMALL


def test_a_key_is_a_hint_and_no_proof(tmp_path: Path, root: Root) -> None:
    (tmp_path / "a").write_bytes(b"one")
    (tmp_path / "b").write_bytes(b"two")

    found = hashed([job("a", 3, *BOTH, key="k"), job("b", 3, *BOTH, key="k")], root.open)

    assert found == [expected(b"one"), expected(b"two")]


@pytest.mark.parametrize("listed", [0, 5, 7, 2 * BUFFER])
def test_a_file_of_another_size_than_listed_is_refused(
    tmp_path: Path, root: Root, listed: int
) -> None:
    (tmp_path / "file").write_bytes(b"123456")

    assert hashed([job("file", listed)], root.open) == [Code.FS_CHANGED]


def rewrite(path: Path) -> None:
    """Write other bytes over the start, and put the time of modification back."""
    before = path.stat()
    with path.open("r+b") as file:
        file.write(b"other")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def grow(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"more")


def shrink(path: Path) -> None:
    os.truncate(path, BUFFER)


@pytest.mark.parametrize("meddle", [rewrite, grow, shrink])
def test_a_file_that_changes_while_it_is_read_is_refused(
    tmp_path: Path, root: Root, meddle: Callable[[Path], None]
) -> None:
    size = 3 * BUFFER
    path = tmp_path / "file"
    path.write_bytes(b"x" * size)
    # After the first piece, once.
    todo = [meddle]
    progress = Heard(on_advance=lambda _: todo.pop()(path) if todo else None)

    (result,) = digest_files([job("file", size)], root.open, progress=progress)

    assert isinstance(result, Failed)
    assert result.error.code is Code.FS_CHANGED


def test_one_failure_stops_no_other_file(tmp_path: Path, root: Root) -> None:
    (tmp_path / "good").write_bytes(b"x")
    (tmp_path / "escape").symlink_to("/etc/passwd")

    found = hashed([job("escape", 1), job("gone", 1), job("good", 1, *BOTH)], root.open)

    assert found == [Code.FS_SYMLINK_ESCAPE, Code.FS_CHANGED, expected(b"x")]


def test_an_error_of_a_source_is_kept() -> None:
    def refuse(path: RelPath) -> BinaryIO:
        raise SourceError(f"{path} is gated", code=Code.HUB_GATED)

    assert hashed([job("a", 1)], refuse) == [Code.HUB_GATED]


def test_a_disk_that_fails_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")

    def write_only(_: RelPath) -> BinaryIO:
        return (tmp_path / "file").open("ab", buffering=0)

    assert hashed([job("file", 1)], write_only) == [Code.FS_IO]


def test_files_are_closed_even_if_they_fail(tmp_path: Path) -> None:
    opened: list[BinaryIO] = []

    def remember(path: RelPath) -> BinaryIO:
        opened.append((tmp_path / path.text).open("rb", buffering=0))
        return opened[-1]

    (tmp_path / "file").write_bytes(b"x")
    hashed([job("file", 1), job("file", 2)], remember)

    assert [file.closed for file in opened] == [True, True]


def test_an_interrupt_ends_the_work_soon(tmp_path: Path) -> None:
    size = 2**40
    jobs = []
    for name in ("a", "b", "c"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(size)
        jobs.append(job(name, size))
    main = threading.main_thread().ident
    assert main is not None
    # Once, as a terminal does it: a signal to the process, while both threads are reading.
    once = threading.Lock()
    reading: set[int] = set()

    def interrupt(_: int) -> None:
        reading.add(threading.get_ident())
        if len(reading) > 1 and once.acquire(blocking=False):
            signal.pthread_kill(main, signal.SIGINT)

    with Root(tmp_path) as root, pytest.raises(KeyboardInterrupt):
        digest_files(jobs, root.open, threads=2, progress=Heard(on_advance=interrupt))

    # A pool that is interrupted while it starts a thread does not wait for that one.
    threads = [one for one in threading.enumerate() if one.name.startswith("hashing")]
    for one in threads:
        one.join(timeout=10)
    assert not [one for one in threads if one.is_alive()]


def test_memory_does_not_grow_with_the_files(tmp_path: Path, root: Root) -> None:
    jobs = []
    for number in range(20):
        with (tmp_path / str(number)).open("wb") as file:
            file.truncate(4 * BUFFER)
        jobs.append(job(str(number), 4 * BUFFER))

    tracemalloc.start()
    digest_files(jobs, root.open, threads=2, progress=Heard())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 3 * BUFFER


def test_there_is_a_processor_to_use() -> None:
    assert usable_processors() >= 1
