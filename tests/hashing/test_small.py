import os
from pathlib import Path

import pytest

from provenance.doors.disk import Root
from provenance.errors import Code, ProvenanceError
from provenance.hashing.small import AHEAD, BATCH, hash_batch
from provenance.hashing.wants import Want
from provenance.hashing.work import Outcome, Unwatched
from tests.hashing.files import ALL, BOTH, Noting, Opening, expected, is_open, sized, stamped


def forget(path: Path) -> None:
    """Drop a file's pages from memory; they were written to its disk before."""
    descriptor = os.open(path, os.O_RDONLY)
    os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    os.close(descriptor)


def code(outcome: Outcome) -> Code | None:
    return outcome.code if isinstance(outcome, ProvenanceError) else None


def cold(folder: Path, count: int) -> list[Want]:
    """Make files that a disk must be waited for, where the folder is on one."""
    wants = []
    for number in range(count):
        (folder / str(number)).write_bytes(b"%5000d" % number)
        wants.append(stamped(folder, str(number)))
    os.sync()
    for want in wants:
        forget(folder / want.path)
    return wants


def test_a_batch_goes_through_its_folders_in_order(tmp_path: Path) -> None:
    wants = []
    for number in range(2 * BATCH + 3):
        path = f"{number // 200}/{number}"
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(str(number))
        wants.append(stamped(tmp_path, path, ALL if number % 2 else BOTH))
    watch = Noting()

    with Root(tmp_path) as root:
        outcomes = hash_batch(root, wants, watch)

    assert outcomes == [
        expected(str(number).encode(), want.algorithms) for number, want in enumerate(wants)
    ]
    assert watch.done == sum(want.size for want in wants)


def test_a_probe_ends_where_files_must_be_waited_for(tmp_path: Path) -> None:
    wants = []
    for number in range(2 * BATCH):
        (tmp_path / str(number)).write_bytes(b"x" * 5000)
        wants.append(stamped(tmp_path, str(number)))
    os.sync()
    for want in wants:
        forget(tmp_path / want.path)
    watch = Noting()

    with Root(tmp_path) as root:
        outcomes = hash_batch(root, wants, watch, probe=True)

    # A folder in memory (tmpfs) forgets nothing.
    assert watch.waited or len(outcomes) == len(wants)
    assert outcomes == [expected(b"x" * 5000)] * (BATCH if watch.waited else len(wants))


def test_a_probe_of_what_is_in_memory_changes_nothing(tmp_path: Path) -> None:
    wants = []
    for number in range(BATCH + 1):
        (tmp_path / str(number)).write_bytes(b"x")
        wants.append(stamped(tmp_path, str(number)))
    watch = Noting()

    with Root(tmp_path) as root:
        assert hash_batch(root, wants, watch, probe=True) == [expected(b"x")] * len(wants)

    assert not watch.waited


def test_a_folder_that_is_gone_fails_for_each_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")

    with Root(tmp_path) as root:
        outcomes = hash_batch(
            root, [sized("gone/a", 1), sized("gone/b", 1), sized("a", 1)], Unwatched()
        )

    assert [code(one) for one in outcomes] == [Code.FS_CHANGED, Code.FS_CHANGED, None]


@pytest.mark.parametrize("ahead", [1, 2, AHEAD])
def test_files_that_are_asked_for_ahead_are_hashed_as_others_are(
    tmp_path: Path, ahead: int
) -> None:
    wants = cold(tmp_path, 2 * AHEAD + 1)

    with Root(tmp_path) as root:
        outcomes = hash_batch(root, wants, Unwatched(), ahead=ahead)

    assert outcomes == [expected(b"%5000d" % number) for number in range(len(wants))]


def test_no_more_files_are_open_at_once_than_may_be(tmp_path: Path) -> None:
    wants = cold(tmp_path, 10)
    most = 0

    def open_file(path: str) -> int:
        nonlocal most
        descriptor = os.open(tmp_path / path, os.O_RDONLY)
        open_now = [one for one in {*files.opened, descriptor} if is_open(one)]
        most = max(most, len(open_now))
        return descriptor

    files = Opening(open_file)

    hash_batch(files, wants, Unwatched(), ahead=3)

    assert most <= 3
    assert not any(map(is_open, files.opened))


def test_one_failure_among_files_that_are_open_at_once_stops_no_other(tmp_path: Path) -> None:
    wants = cold(tmp_path, 6)
    (tmp_path / "0").unlink()
    (tmp_path / "0").mkdir()
    (tmp_path / "2").unlink()
    (tmp_path / "4").write_bytes(b"another")

    with Root(tmp_path) as root:
        outcomes = hash_batch(root, wants, Unwatched())

    assert [code(one) for one in outcomes] == [
        *(Code.FS_IO, None),
        *(Code.FS_CHANGED, None),
        *(Code.FS_CHANGED, None),
    ]


def test_an_interrupt_leaves_no_file_open(tmp_path: Path) -> None:
    wants = cold(tmp_path, 5)

    def open_file(path: str) -> int:
        if path == "3":
            raise KeyboardInterrupt
        return os.open(tmp_path / path, os.O_RDONLY)

    files = Opening(open_file)

    with pytest.raises(KeyboardInterrupt):
        hash_batch(files, wants, Unwatched())

    assert len(files.opened) == 3
    assert not any(map(is_open, files.opened))
