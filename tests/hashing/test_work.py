import os
from pathlib import Path

import pytest

from provenance.doors.disk import Root
from provenance.errors import Code, ProvenanceError
from provenance.hashing.work import (
    BATCH,
    BUFFER,
    Interrupted,
    Outcome,
    Span,
    Unwatched,
    hash_batch,
    hash_span,
    hash_whole,
    opened,
)
from provenance.values.tree import SUBTREE
from provenance.values.tree_hash import TreeHash
from tests.hashing.files import ALL, BOTH, TREE, Opening, expected, sized, stamped


class Noting:
    """A watch that remembers, and stops the work after some bytes."""

    def __init__(self, enough: int = 2**60) -> None:
        self.done = 0
        self.waited = False
        self._enough = enough

    def advance(self, size: int) -> None:
        self.done += size
        if self.done >= self._enough:
            raise Interrupted

    def cold(self) -> None:
        self.waited = True


def forget(path: Path) -> None:
    """Drop a file's pages from memory; they were written to its disk before."""
    descriptor = os.open(path, os.O_RDONLY)
    os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    os.close(descriptor)


def code(outcome: Outcome | Span | ProvenanceError) -> Code | None:
    return outcome.code if isinstance(outcome, ProvenanceError) else None


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


@pytest.mark.parametrize("size", [1, BUFFER, 3 * BUFFER])
def test_a_watch_stops_a_file_on_the_way(tmp_path: Path, size: int) -> None:
    (tmp_path / "a").write_bytes(bytes(size))
    files = Opening(lambda path: os.open(tmp_path / path, os.O_RDONLY))

    with pytest.raises(Interrupted):
        hash_whole(files, sized("a", size), Noting(enough=1))

    with pytest.raises(OSError, match="Bad file"):
        os.fstat(files.opened[0])


def test_a_span_is_the_subtrees_of_its_bytes(tmp_path: Path) -> None:
    size = 2 * SUBTREE + 5
    (tmp_path / "a").write_bytes(os.urandom(size))
    want = stamped(tmp_path, "a", TREE)

    with Root(tmp_path) as root:
        first = hash_span(lambda it: opened(root, it), want, 0, SUBTREE, Unwatched())
        last = hash_span(lambda it: opened(root, it), want, SUBTREE, size, Unwatched())

    assert isinstance(first, Span)
    assert isinstance(last, Span)
    hashed = TreeHash()
    hashed.update((tmp_path / "a").read_bytes())
    assert first.subtrees + last.subtrees == hashed.leaves.subtrees
    assert (first.begin, first.size) == (0, SUBTREE)
    assert (last.begin, last.size) == (SUBTREE, SUBTREE + 5)
    assert first.stamp == last.stamp == want.stamp


@pytest.mark.parametrize("end", [BUFFER, BUFFER + 1])
def test_a_span_of_a_file_that_ends_early_is_refused(tmp_path: Path, end: int) -> None:
    (tmp_path / "a").write_bytes(bytes(BUFFER))
    want = sized("a", BUFFER, TREE)

    with Root(tmp_path) as root:
        outcome = hash_span(lambda it: opened(root, it), want, 0, end, Unwatched())

    assert code(outcome) is (Code.FS_CHANGED if end > BUFFER else None)
