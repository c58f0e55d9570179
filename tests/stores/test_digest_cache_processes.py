"""The cache under several processes, which may be killed at any moment."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def race(folder: Path, processes: int, kills: int) -> dict[str, int]:
    """Return what ``cache_race.py`` saw."""
    script = ROOT / "tests/stores/cache_race.py"
    numbers = map(str, (processes, kills, 1))
    run = subprocess.run(
        [sys.executable, script, folder, *numbers],
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
