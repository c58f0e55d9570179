import os
import signal
import threading
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.doors.disk import Root
from provenance.doors.places import Place, Places
from provenance.errors import Code, ProvenanceError, SourceError, ToolError
from provenance.hashing.engine import digest_files
from provenance.hashing.schedule import LARGE
from provenance.hashing.small import BATCH, SMALL
from provenance.hashing.work import BUFFER
from provenance.values.digest import Algorithm
from provenance.values.tree import SUBTREE
from tests.hashing.files import ALL, BOTH, TREE, Heard, Opening, expected, hashed, sized, stamped


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Root]:
    with Root(tmp_path) as root:
        yield root


SIZES = [0, 1, SMALL - 1, SMALL, SMALL + 1, BUFFER - 1, BUFFER, BUFFER + 1, 3 * BUFFER + 7]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("algorithms", [BOTH, ALL, (Algorithm.SHA256,), TREE], ids=len)
def test_digests_are_those_of_the_bytes(
    tmp_path: Path, root: Root, size: int, algorithms: Sequence[Algorithm]
) -> None:
    data = os.urandom(size)
    (tmp_path / "file").write_bytes(data)
    wants = [stamped(tmp_path, "file", algorithms), sized("file", size, algorithms)]

    assert hashed(wants, root) == [expected(data, algorithms)] * 2


@pytest.mark.parametrize("size", [LARGE, LARGE + 1, LARGE + SUBTREE - 1, LARGE + 3 * SUBTREE])
def test_a_large_tree_in_parts_is_the_tree_in_one_piece(
    tmp_path: Path, root: Root, size: int
) -> None:
    with (tmp_path / "file").open("wb") as file:
        file.write(os.urandom(4096))
        file.truncate(size)
    data = (tmp_path / "file").read_bytes()
    progress = Heard()

    outcomes = digest_files([stamped(tmp_path, "file", TREE)], root, threads=3, progress=progress)

    assert outcomes == (expected(data, TREE),)
    assert progress.advanced == progress.expected == size


@given(
    sizes=st.lists(st.integers(0, 3 * SMALL), max_size=12),
    threads=st.integers(0, 4),
    turned=st.booleans(),
    stamps=st.booleans(),
)
def test_digests_depend_on_nothing_but_the_bytes(
    sizes: list[int],
    threads: int,
    turned: bool,
    stamps: bool,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("tree")
    contents = [bytes([number % 256]) * size for number, size in enumerate(sizes)]
    wants = []
    for number, data in enumerate(contents):
        (folder / str(number)).write_bytes(data)
        name = str(number)
        wants.append(stamped(folder, name, ALL) if stamps else sized(name, len(data), ALL))
    if turned:
        wants.reverse()
        contents.reverse()

    with Root(folder) as root:
        assert hashed(wants, root, threads) == [expected(data, ALL) for data in contents]


def test_more_small_files_than_a_batch_are_all_hashed(tmp_path: Path, root: Root) -> None:
    wants = []
    for number in range(BATCH * 2 + 1):
        path = f"{number % 3}/{number}"
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(str(number))
        wants.append(stamped(tmp_path, path))
    progress = Heard()

    outcomes = digest_files(wants, root, progress=progress)

    assert list(outcomes) == [expected(str(number).encode()) for number in range(len(wants))]
    assert progress.advanced == progress.expected == sum(one.size for one in wants)


def test_files_that_must_be_waited_for_are_all_hashed(tmp_path: Path, root: Root) -> None:
    wants = []
    for number in range(3 * BATCH + 5):
        (tmp_path / str(number)).write_text(str(number))
        wants.append(stamped(tmp_path, str(number)))
    os.sync()
    for want in wants:
        descriptor = os.open(tmp_path / want.path, os.O_RDONLY)
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(descriptor)

    found = hashed(wants, root)

    assert found == [expected(str(number).encode()) for number in range(len(wants))]


def test_nothing_to_do_is_done() -> None:
    files = Opening(lambda _: pytest.fail("opened"))

    assert digest_files((), files, progress=Heard()) == ()


def test_a_file_with_several_names_is_opened_and_read_once(tmp_path: Path) -> None:
    data = os.urandom(2 * BUFFER + 1)
    (tmp_path / "large").write_bytes(data)
    (tmp_path / "again").symlink_to("large")
    os.link(tmp_path / "large", tmp_path / "linked")
    progress = Heard()
    files = Opening(lambda path: os.open(tmp_path / path, os.O_RDONLY))
    wants = [stamped(tmp_path, name) for name in ("again", "large", "linked")]

    outcomes = digest_files(wants, files, progress=progress)

    assert outcomes == (expected(data),) * 3
    assert len(files.opened) == 1
    assert progress.expected == progress.advanced == len(data)


def test_each_name_of_a_file_gets_what_is_asked_for_it(tmp_path: Path, root: Root) -> None:
    (tmp_path / "a").write_bytes(b"x")
    os.link(tmp_path / "a", tmp_path / "b")
    wants = [stamped(tmp_path, "a", ALL), stamped(tmp_path, "b", TREE)]

    assert hashed(wants, root) == [expected(b"x", ALL), expected(b"x", TREE)]


def test_a_name_is_looked_at_for_itself_where_the_first_one_fails(
    tmp_path: Path, root: Root
) -> None:
    (tmp_path / "a").write_bytes(b"x")
    os.link(tmp_path / "a", tmp_path / "b")
    wants = [stamped(tmp_path, name) for name in "ab"]
    other = tmp_path / "c"
    other.write_bytes(b"x")
    # Renaming changes nothing about the inode behind "b".
    other.rename(tmp_path / "b2")
    (tmp_path / "a").write_bytes(b"y")

    assert hashed(wants, root) == [Code.FS_CHANGED, Code.FS_CHANGED]


@pytest.mark.parametrize("listed", [0, 5, 7, SMALL, 2 * BUFFER])
def test_a_file_of_another_size_than_listed_is_refused(
    tmp_path: Path, root: Root, listed: int
) -> None:
    (tmp_path / "file").write_bytes(b"123456")

    assert hashed([sized("file", listed)], root) == [Code.FS_CHANGED]


@pytest.mark.parametrize("size", [6, SMALL])
def test_a_file_that_was_replaced_after_it_was_listed_is_refused(
    tmp_path: Path, root: Root, size: int
) -> None:
    (tmp_path / "file").write_bytes(b"1" * size)
    want = stamped(tmp_path, "file")
    (tmp_path / "other").write_bytes(b"2" * size)
    (tmp_path / "other").rename(tmp_path / "file")

    assert hashed([want], root) == [Code.FS_CHANGED]


@pytest.mark.parametrize("size", [6, SMALL])
def test_a_pipe_in_the_place_of_a_listed_file_holds_nobody_up(
    tmp_path: Path, root: Root, size: int
) -> None:
    (tmp_path / "file").write_bytes(b"1" * size)
    wants = [stamped(tmp_path, "file"), sized("file", size)]
    (tmp_path / "file").unlink()
    os.mkfifo(tmp_path / "file")

    first, second = hashed(wants, root)

    assert first in {Code.FS_CHANGED, Code.FS_SPECIAL}
    assert second is Code.FS_SPECIAL


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
@pytest.mark.parametrize(
    ("algorithms", "size"), [(BOTH, 3 * BUFFER), (TREE, LARGE + 1)], ids=["whole", "parts"]
)
def test_a_file_that_changes_while_it_is_read_is_refused(
    tmp_path: Path,
    root: Root,
    meddle: Callable[[Path], None],
    algorithms: Sequence[Algorithm],
    size: int,
) -> None:
    path = tmp_path / "file"
    with path.open("wb") as file:
        file.truncate(size)
    want = stamped(tmp_path, "file", algorithms)
    # After the first piece, once.
    todo = [meddle]
    progress = Heard(on_advance=lambda _: todo.pop()(path) if todo else None)

    (outcome,) = digest_files([want], root, progress=progress)

    assert isinstance(outcome, ProvenanceError)
    assert outcome.code is Code.FS_CHANGED


def test_one_failure_stops_no_other_file(tmp_path: Path, root: Root) -> None:
    (tmp_path / "good").write_bytes(b"x")
    (tmp_path / "escape").symlink_to("/etc/passwd")
    wants = [sized("escape", 1), sized("gone", 1), sized("no/file", 1), sized("good", 1)]

    found = hashed(wants, root)

    assert found == [Code.FS_SYMLINK_ESCAPE, Code.FS_CHANGED, Code.FS_CHANGED, expected(b"x")]


def test_an_error_of_a_source_is_kept() -> None:
    def refuse(path: str) -> int:
        raise SourceError(f"{path} is gated", code=Code.HUB_GATED)

    assert hashed([sized("a", 1), sized("b", SMALL)], Opening(refuse)) == [Code.HUB_GATED] * 2


def test_a_disk_that_fails_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")

    def write_only(path: str) -> int:
        return os.open(tmp_path / path, os.O_WRONLY)

    assert hashed([sized("file", 1)], Opening(write_only)) == [Code.FS_IO]


def test_files_are_closed_even_if_they_fail(tmp_path: Path) -> None:
    files = Opening(lambda path: os.open(tmp_path / path, os.O_RDONLY))
    for name, size in (("small", 1), ("large", SMALL), ("huge", LARGE)):
        with (tmp_path / name).open("wb") as file:
            file.truncate(size)
    wants = [
        *(sized("small", 1), sized("small", 2), sized("large", SMALL), sized("large", SMALL + 1)),
        *(sized("huge", LARGE, TREE), sized("huge", LARGE + 1, TREE)),
    ]

    hashed(wants, files)

    for descriptor in files.opened:
        with pytest.raises(OSError, match="Bad file descriptor"):
            os.fstat(descriptor)


def other_processes() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(2, mp_context=get_context("spawn"))


@pytest.mark.parametrize("executor", [ThreadPoolExecutor, other_processes])
def test_an_executor_of_the_callers_gives_the_same_digests(
    tmp_path: Path, executor: Callable[[], Executor]
) -> None:
    wants = []
    for name, size in (("a", 3), ("b", BUFFER + 1), ("c", LARGE + 5)):
        with (tmp_path / name).open("wb") as file:
            file.write(os.urandom(100)[:size])
            file.truncate(size)
        wants += [stamped(tmp_path, name, ALL)._replace(folder="0:")]
        wants += [stamped(tmp_path, name, TREE)._replace(folder="0:")]
    wants.append(sized("gone", 1)._replace(folder="0:"))
    files = Places([Place(tmp_path)])

    with executor() as pool:
        elsewhere = hashed(wants, files, executor=pool)

    assert elsewhere == hashed(wants, files)
    assert elsewhere[-1] is Code.FS_CHANGED


def test_workers_that_die_are_an_error_and_no_digest(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")

    dying = ProcessPoolExecutor(1, get_context("spawn"), initializer=os._exit, initargs=(1,))
    with (
        dying as pool,
        pytest.raises(ToolError) as caught,
    ):
        hashed([sized("a", 1)], Places([Place(tmp_path)]), executor=pool)

    assert caught.value.code is Code.EXECUTOR


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Let an interrupt be one: a program that a shell runs in the background ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_an_interrupt_ends_the_work_soon(tmp_path: Path) -> None:
    size = 2**40
    wants = []
    for name in ("a", "b", "c"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(size)
        wants.append(stamped(tmp_path, name))
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
        digest_files(wants, root, threads=2, progress=Heard(on_advance=interrupt))

    # A pool that is interrupted while it starts a thread does not wait for that one.
    threads = [one for one in threading.enumerate() if one.name.startswith("hashing")]
    for one in threads:
        one.join(timeout=10)
    assert not [one for one in threads if one.is_alive()]


def test_memory_does_not_grow_with_the_files(tmp_path: Path, root: Root) -> None:
    wants = []
    for number in range(20):
        with (tmp_path / str(number)).open("wb") as file:
            file.truncate(16 * BUFFER)
        wants.append(stamped(tmp_path, str(number), ALL))

    tracemalloc.start()
    digest_files(wants, root, threads=2, progress=Heard())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 3 * BUFFER
