"""The cache under several processes, which may be killed at any moment."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from provenance.doors.private_folder import PrivateFolder

ROOT = Path(__file__).parents[2]


def race(folder: Path, processes: int, kills: int) -> dict[str, int]:
    """Return what ``cache_race.py`` saw."""
    return seen_by("cache_race.py", folder, processes, kills)


def seen_by(name: str, folder: Path, *numbers: int) -> dict[str, int]:
    """Return what a script saw in a folder; its last number is its seed."""
    script = ROOT / "tests/stores" / name
    run = subprocess.run(
        [sys.executable, script, folder, *map(str, numbers), "1"],
        check=True,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    return {word: int(number) for word, number in map(str.split, run.stdout.splitlines())}


@pytest.mark.timeout(900)
def test_eight_processes_that_are_killed_leave_no_wrong_digest(
    tmp_path: Path, how_many: Callable[[int, int], int]
) -> None:
    kills = how_many(40, 1_000)

    seen = race(tmp_path / "cache", 8, kills)

    assert seen.pop("found") > 100
    assert seen == {"killed": kills, "otherwise": 0, "wrong": 0, "missing": 0, "said": 0}


def test_eight_processes_that_find_a_damaged_cache_leave_a_good_one(tmp_path: Path) -> None:
    folder = PrivateFolder(tmp_path / "cache")
    folder.make("key", bytes(7))
    folder.make("digests.sqlite", b"no database " * 1_000)

    seen = race(tmp_path / "cache", 8, 16)

    # Whether one of the eight was alone for a moment, or the last one was the first to be.
    assert seen.pop("said") <= 1
    assert seen.pop("found") <= 600
    assert seen == {"killed": 16, "otherwise": 0, "wrong": 0, "missing": 0}


@pytest.mark.timeout(1800)
def test_kills_between_the_writes_of_a_transaction_leave_all_of_it_or_nothing(
    tmp_path: Path, how_many: Callable[[int, int], int]
) -> None:
    hits = how_many(5, 1_000)

    seen = seen_by("cache_kills.py", tmp_path / "cache", hits)

    assert seen.pop("killed") >= hits
    assert seen == {"hit": hits, "wrong": 0, "torn": 0}
