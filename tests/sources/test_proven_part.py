import os
from collections.abc import Callable
from pathlib import Path

import pytest

from provenance.sources.proven_part import WORTH_PROVING, ProvenPart, proven
from provenance.values.tree import LEAF, WIDTH

DATA = os.urandom(10 * LEAF)


def nobody() -> None:
    raise AssertionError("nobody else has it")


def begun(folder: Path, size: int) -> None:
    """Leave the first bytes of a download, in pieces as a network gives them."""
    with proven(folder / "part", len(DATA), nobody) as part:
        for at in range(0, size, 700_001):
            part.write(DATA[at : min(at + 700_001, size)])


def continued(folder: Path) -> int:
    """Continue the download to its end; return how much of it was still good."""
    with proven(folder / "part", len(DATA), nobody) as part:
        here = b"".join(part.pieces())
        assert here == DATA[: part.size]
        part.write(DATA[part.size :])
        part.release(folder / "whole")
    assert (folder / "whole").read_bytes() == DATA
    assert [path.name for path in folder.iterdir()] == ["whole"]
    return len(here)


def spoil(at: int) -> Callable[[Path], None]:
    def meddle(folder: Path) -> None:
        with (folder / "part").open("r+b") as file:
            file.seek(at)
            file.write(bytes([DATA[at] ^ 1]))

    return meddle


def shorten(size: int) -> Callable[[Path], None]:
    def meddle(folder: Path) -> None:
        os.truncate(folder / "part", size)

    return meddle


def lengthen(folder: Path) -> None:
    with (folder / "part").open("ab") as file:
        file.write(bytes(3 * LEAF))


def forget_notes(folder: Path) -> None:
    (folder / "part.leaves").unlink()


def half_a_note(folder: Path) -> None:
    os.truncate(folder / "part.leaves", 2 * WIDTH + 7)


def lie(folder: Path) -> None:
    notes = folder / "part.leaves"
    notes.write_bytes(bytes(WIDTH) + notes.read_bytes()[WIDTH:])


@pytest.mark.parametrize(
    ("meddle", "good"),
    [
        (lambda _: None, 5),
        (spoil(0), 0),
        (spoil(3 * LEAF), 3),
        (spoil(4 * LEAF - 1), 3),
        (spoil(5 * LEAF + 1), 5),
        (shorten(2 * LEAF + 9), 2),
        (shorten(0), 0),
        (lengthen, 5),
        (forget_notes, 0),
        (half_a_note, 2),
        (lie, 0),
    ],
)
def test_what_is_still_what_came_is_kept_and_nothing_else(
    tmp_path: Path, meddle: Callable[[Path], None], good: int
) -> None:
    begun(tmp_path, 5 * LEAF + 1234)
    meddle(tmp_path)

    assert continued(tmp_path) == good * LEAF


def test_beginning_anew_forgets_the_notes(tmp_path: Path) -> None:
    begun(tmp_path, 3 * LEAF)

    with proven(tmp_path / "part", len(DATA), nobody) as part:
        part.clear()
        part.write(DATA[:LEAF])

    assert continued(tmp_path) == LEAF


def test_what_is_dropped_leaves_nothing(tmp_path: Path) -> None:
    begun(tmp_path, 3 * LEAF)

    with proven(tmp_path / "part", len(DATA), nobody) as part:
        part.drop()

    assert list(tmp_path.iterdir()) == []


def test_a_small_file_has_no_notes(tmp_path: Path) -> None:
    with proven(tmp_path / "part", WORTH_PROVING - 1, nobody) as part:
        part.write(b"x")

    assert not isinstance(part, ProvenPart)
    assert [path.name for path in tmp_path.iterdir()] == ["part"]
