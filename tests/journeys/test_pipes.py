"""Output that nobody reads, that nobody can take, and streams that are closed."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.processes import MEASURED, command, ran
from tests.cli.running import my_model

#: A command of each way of printing: drawn, written as lines, as JSON, as bytes, as help.
PRINTING = (
    ("audit", "{model}", "--offline"),
    ("audit", "{model}", "--offline", "--format", "json"),
    ("digest", "{model}"),
    ("digest", "{model}", "--format", "json"),
    ("inspect", "{model}"),
    ("lint", "{model}"),
    ("explain", "PICKLE"),
    ("policy", "schema"),
    ("key", "show", "{folder}/a.pem"),
    ("evidence", "list", "{folder}/evidence"),
    ("oms", "--help"),
    ("--version",),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("pipes")
    model = my_model(place)
    assert ran("key", "generate", "-o", place / "a.pem").returncode == 0
    kept = ran("audit", model, "--offline", "--evidence", place / "evidence")
    assert kept.returncode == 0
    return place


def spelled(words: tuple[str, ...], folder: Path) -> tuple[str, ...]:
    return tuple(word.format(model=folder / "my-model", folder=folder) for word in words)


@pytest.mark.parametrize(
    ("words", "both"), [*((one, False) for one in PRINTING), (PRINTING[0], True)]
)
def test_output_that_nobody_reads_ends_a_command_as_it_ends_any_tool(
    folder: Path, words: tuple[str, ...], *, both: bool
) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            command(*spelled(words, folder)),
            check=False,
            env=MEASURED,
            stdout=writer,
            stderr=writer if both else subprocess.PIPE,
            text=True,
            timeout=50,
        )
    finally:
        os.close(writer)

    assert done.returncode == 141
    assert "rror" not in (done.stderr or "")


def test_a_reader_of_one_line_gets_it(folder: Path) -> None:
    model = folder / "my-model"

    done = ran("audit", model, "--offline", redirected="2>/dev/null | head -n 1")

    assert done.stdout.startswith("local:my-model is ")
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""


@pytest.mark.parametrize("words", PRINTING[::2], ids=" ".join)
def test_a_full_disk_below_the_output_is_an_error(folder: Path, words: tuple[str, ...]) -> None:
    done = ran(*spelled(words, folder), redirected="> /dev/full")

    assert done.returncode == 4
    assert "error [DISK_FULL]" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("words", "closed"),
    [
        *((one, "<&- >&- 2>&-") for one in PRINTING[1::2]),
        *((PRINTING[0], one) for one in ("<&-", ">&-", "2>&-")),
    ],
)
def test_closed_streams_change_nothing(folder: Path, words: tuple[str, ...], closed: str) -> None:
    done = ran(*spelled(words, folder), redirected=closed)

    assert done.returncode == 0
    assert "Traceback" not in done.stdout + done.stderr
