import os
from pathlib import Path

import pytest

from provenance.doors.disk import Root
from provenance.errors import Code, ProvenanceError
from provenance.hashing.work import (
    BUFFER,
    Interrupted,
    Outcome,
    Span,
    Unwatched,
    hash_span,
    hash_whole,
    opened,
)
from provenance.values.tree import SUBTREE
from provenance.values.tree_hash import TreeHash
from tests.hashing.files import TREE, Noting, Opening, sized, stamped


def code(outcome: Outcome | Span | ProvenanceError) -> Code | None:
    return outcome.code if isinstance(outcome, ProvenanceError) else None


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
