"""The standard streams of a whole process, as its caller gave them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from provenance.doors.streams import flush_output, nowhere

COMPLETE = "from provenance.doors.streams import *; complete_streams(); import sys, os\n"


def shell(redirections: str, program: str, **extra: str) -> subprocess.CompletedProcess[str]:
    """Run a program below a shell that redirects its streams."""
    command = f'exec "$0" -c "$1" {redirections}'
    return subprocess.run(
        ["/bin/sh", "-c", command, sys.executable, COMPLETE + program],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONUNBUFFERED": "", **extra},
        text=True,
        timeout=50,
    )


def test_a_file_that_is_opened_takes_no_closed_stream_s_number(tmp_path: Path) -> None:
    file = tmp_path / "a"
    program = (
        f"held = open({str(file)!r}, 'w')\n"
        "print('to nobody'); print('to nobody', file=sys.stderr); sys.stdout.buffer.write(b'x')\n"
        "held.write(f'{held.fileno() > 2} {sys.stdin.read()!r} {sys.stdin.isatty()}')"
    )

    done = shell("<&- >&- 2>&-", program)

    assert done.returncode == 0
    assert file.read_text() == "True '' False"


def test_streams_that_are_there_stay_as_they_are() -> None:
    done = shell("", "print('out'); print('err', file=sys.stderr)")

    assert (done.stdout, done.stderr) == ("out\n", "err\n")


def test_a_text_that_the_encoding_lacks_is_escaped() -> None:
    done = shell(
        "", "print('\\u2500'); print('\\u2500', file=sys.stderr)", PYTHONIOENCODING="ascii"
    )

    assert (done.stdout, done.stderr) == ("\\u2500\n", "\\u2500\n")


@pytest.mark.parametrize(("to", "error"), [("/dev/full", "28"), ("pipe", "32")])
def test_output_that_cannot_be_taken_is_told_once(to: str, error: str) -> None:
    program = (
        "print('x')\n"
        "try:\n    flush_output()\nexcept OSError as e:\n    print(e.errno, file=sys.stderr)"
    )

    done = shell(
        "| true" if to == "pipe" else f"> {to}", WAIT + program if to == "pipe" else program
    )

    assert done.stderr == f"{error}\n"


#: Until the pipe has no reader: written to without a buffer, it says so.
WAIT = (
    "while True:\n    try:\n        os.write(1, b'x')\n    except BrokenPipeError:\n        break\n"
)


def test_nowhere_swallows_text_and_bytes() -> None:
    stream = nowhere()

    assert stream.write("x") == 1
    assert stream.buffer.write(b"x") == 1
    assert stream.read() == ""


def test_output_that_is_taken_is_flushed(capsys: pytest.CaptureFixture[str]) -> None:
    sys.stdout.write("x")

    flush_output()

    assert capsys.readouterr().out == "x"
