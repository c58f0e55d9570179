import gc
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from provenance.doors.places import Place, Places
from provenance.doors.processors import usable_processors
from provenance.errors import Code
from provenance.hashing.crew import MORE_WHEN_COLD, OPEN, Elsewhere, Threads
from provenance.hashing.schedule import Batch, Part, Whole
from provenance.hashing.small import AHEAD
from provenance.hashing.work import Interrupted
from provenance.values.digest import Algorithm
from provenance.values.tree import SUBTREE
from tests.hashing.files import BOTH, TREE, Heard, Opening, expected, hashed, sized, stamped


def files(folder: Path) -> Opening:
    return Opening(lambda path: os.open(folder / path, os.O_RDONLY))


def test_threads_are_as_many_as_the_processors_and_more_for_a_disk(tmp_path: Path) -> None:
    with Threads(files(tmp_path), 0, Heard()) as crew:
        assert crew.room == usable_processors()
        assert crew.together

        crew.watch.cold()

        assert crew.room == usable_processors() + MORE_WHEN_COLD
        assert not crew.together


def test_as_many_threads_as_were_asked_for_are_used_and_no_more(tmp_path: Path) -> None:
    with Threads(files(tmp_path), 3, Heard()) as crew:
        crew.watch.cold()

        assert crew.room == 3


@pytest.mark.parametrize("threads", [1, 4, 64, 1000])
def test_threads_together_hold_few_small_files_open(tmp_path: Path, threads: int) -> None:
    for number in range(2 * AHEAD):
        (tmp_path / str(number)).write_bytes(b"x")
    opening = files(tmp_path)
    gc.collect()  # Or what others left open would be closed meanwhile, and free lower numbers.
    wants = [stamped(tmp_path, str(number)) for number in range(2 * AHEAD)]

    with Threads(opening, threads, Heard()) as crew:
        assert crew.submit(Batch(range(len(wants))), wants).result() == [expected(b"x")] * len(
            wants
        )

    # The lowest number that is free is taken: it tells how many were open at once.
    most = max(opening.opened) - min(opening.opened) + 1
    assert most * threads <= max(OPEN, threads)


def test_parts_of_a_file_share_what_was_opened_once(tmp_path: Path) -> None:
    size = 3 * SUBTREE
    with (tmp_path / "a").open("wb") as file:
        file.truncate(size)
    want = sized("a", size, TREE)
    opening = files(tmp_path)

    with Threads(opening, 2, Heard()) as crew:
        futures = [crew.submit(Part(0, at, at + SUBTREE), [want]) for at in range(0, size, SUBTREE)]
        for future in futures:
            future.result()

    assert len(opening.opened) == 1
    with pytest.raises(OSError, match="Bad file"):
        os.fstat(opening.opened[0])


def test_threads_stop_when_the_crew_goes_home(tmp_path: Path) -> None:
    with (tmp_path / "a").open("wb") as file:
        file.truncate(2**40)
    opening = files(tmp_path)

    with Threads(opening, 1, Heard()) as crew:
        future = crew.submit(Whole(0), [sized("a", 2**40)])

    assert isinstance(future.exception(), Interrupted)


def test_progress_of_work_elsewhere_is_told_when_it_is_done(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"123")
    progress = Heard()

    with ThreadPoolExecutor(1) as executor:
        crew = Elsewhere(files(tmp_path), executor, progress)
        future = crew.submit(Batch([0]), [sized("a", 3)])
        assert future.result() == [expected(b"123")]

    assert progress.advanced == 3


@pytest.mark.parametrize("algorithms", [BOTH, TREE])
def test_a_disk_that_is_shared_has_another_number_elsewhere(
    tmp_path: Path, algorithms: tuple[Algorithm, ...]
) -> None:
    (tmp_path / "a").write_bytes(b"123")
    want = stamped(tmp_path, "a", algorithms)
    assert want.stamp
    device, inode, size, mtime, ctime = want.stamp
    there = want._replace(folder="0:", stamp=(device + 1, inode, size, mtime, ctime))
    places = Places([Place(tmp_path)])

    with ThreadPoolExecutor(1) as executor:
        assert hashed([there], places, executor=executor) == [expected(b"123", algorithms)]


def test_a_file_that_was_replaced_is_no_file_of_a_shared_disk(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"123")
    want = stamped(tmp_path, "a")._replace(folder="0:")
    (tmp_path / "new").write_bytes(b"456")
    (tmp_path / "new").rename(tmp_path / "a")

    with ThreadPoolExecutor(1) as executor:
        found = hashed([want], Places([Place(tmp_path)]), executor=executor)

    assert found == [Code.FS_CHANGED]
