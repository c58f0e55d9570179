"""Equal input gives equal bytes, whatever surrounds it: what is signed can be made again."""

import os
import subprocess
import sys
from pathlib import Path

import attrs
import pytest

from tests.cli.running import my_model
from tests.flows.signed import PRIVATE

PROGRAM = Path(__file__).with_name("same_bytes.py")


@attrs.frozen
class Surroundings:
    seed: str = "0"
    locale: str = "C.UTF-8"
    zone: str = "UTC"
    umask: str = "022"
    jobs: str = "1"


PLAIN = Surroundings()


def made(place: Path, around: Surroundings) -> str:
    environment = dict(os.environ) | {
        "LANG": around.locale,
        "LC_ALL": around.locale,
        "PYTHONHASHSEED": around.seed,
        "TZ": around.zone,
    }
    done = subprocess.run(
        [sys.executable, PROGRAM, place / "my-model", place / "key.pem", around.jobs, around.umask],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=50,
    )
    return done.stdout


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("same")
    model = my_model(folder)
    for number in range(40):
        (model / f"part-{number}-\u00fc.txt").write_text(f"{number}")
    (folder / "key.pem").write_bytes(PRIVATE)
    return folder


@pytest.fixture(scope="module")
def plain(place: Path) -> str:
    return made(place, PLAIN)


# Two rows that change everything at once; one change alone each where there is time.
ROWS = [
    Surroundings("1", "C", "Asia/Kathmandu", "077", "2"),
    Surroundings("random", "tr_TR.UTF-8", "America/St_Johns", "000", "8"),
    *(
        pytest.param(row, marks=pytest.mark.deep)
        for row in (
            Surroundings(seed="4242"),
            Surroundings(locale="C"),
            Surroundings(locale="tr_TR.UTF-8"),
            Surroundings(zone="Asia/Kathmandu"),
            Surroundings(umask="077"),
            Surroundings(umask="000"),
            Surroundings(jobs="2"),
            Surroundings(jobs="8"),
        )
    ),
]


@pytest.mark.parametrize("around", ROWS, ids=str)
def test_the_signed_bytes_are_the_same(around: Surroundings, place: Path, plain: str) -> None:
    assert made(place, around) == plain
    assert len(set(plain.split())) == 3
