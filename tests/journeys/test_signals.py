"""Ctrl-C and a request to end, while the Hub, a page and git are waited for."""

import os
import pty
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import attrs
import pytest

from provenance.testing.hub import LoopbackHub
from tests.cli.processes import MEASURED, command
from tests.cli.running import FILES
from tests.doors.served import Answer, Request, served

CARD = b"---\nlicense: mit\n---\n# M\n\nSee [code](https://github.com/o/r), [page](https://example.org/p).\n"


@attrs.frozen(eq=False)
class Waiting:
    """A place that never answers what ends so; ``reached`` is set when it was asked."""

    url: str
    reached: threading.Event


@contextmanager
def waiting() -> Iterator[Waiting]:
    reached = threading.Event()

    def answer(_: Request) -> Answer:
        reached.set()
        return Answer(hang=True)

    with served(answer) as url:
        yield Waiting(url, reached)


def mentioned(text: str) -> list[str]:
    """Return the processes of this machine whose command lines hold a text."""
    found = []
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = place.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except (FileNotFoundError, ProcessLookupError):
            continue
        if text in words:
            found.append(words)
    return found


def still_mentioned(text: str) -> list[str]:
    """Return such processes as do not end within ten seconds: who was killed is seen a moment."""
    moment = threading.Event()
    left = mentioned(text)
    for _ in range(100):
        if left:
            moment.wait(0.1)
            left = mentioned(text)
    return left


@pytest.mark.parametrize("what", ["the Hub", "git", "a page"])
@pytest.mark.parametrize(("number", "word"), [("SIGINT", "interrupted"), ("SIGTERM", "terminated")])
def test_a_signal_is_told_in_one_line_and_leaves_nothing(
    tmp_path: Path, number: str, word: str, what: str
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with waiting() as there, LoopbackHub(tmp_path / "hub") as hub:
        hub.add_model("org/m").commit({**FILES, "README.md": CARD}, message="m")
        code = there.url if what == "git" else f"{hub.url}/git"
        page = there.url if what == "a page" else f"{hub.url}/pages"
        place = there.url if what == "the Hub" else hub.url
        with subprocess.Popen(
            command(
                *("audit", "org/m", "--endpoint", place, "-o", tmp_path / "m.json"),
                *("--mirror", f"https://github.com={code}"),
                *("--mirror", f"https://example.org={page}"),
            ),
            env={
                **MEASURED,
                "PATH": os.environ["PATH"],
                "TMPDIR": str(temporary),
                "PROVENANCE_CACHE": str(tmp_path / "cache"),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as running:
            assert there.reached.wait(40)
            os.kill(running.pid, getattr(signal, number))
            out, err = running.communicate(timeout=20)
        left = still_mentioned(f"127.0.0.1:{urlsplit(there.url).port}")

    assert running.returncode == 128 + getattr(signal, number)
    assert err.splitlines()[-1] == f"{word}: there is no result"
    assert "Traceback" not in err
    assert (out, left) == ("", [])
    assert list(temporary.iterdir()) == []
    assert list((tmp_path / "cache").glob("provenance-*")) == []
    assert not (tmp_path / "m.json").exists()


def test_a_terminal_gets_its_cursor_back(tmp_path: Path) -> None:
    with waiting() as there:
        ours, theirs = pty.openpty()
        with subprocess.Popen(
            command("audit", "org/m", "--endpoint", there.url),
            env={**MEASURED, "TERM": "xterm", "PROVENANCE_CACHE": str(tmp_path)},
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        ) as running:
            os.close(theirs)
            assert there.reached.wait(40)
            os.kill(running.pid, signal.SIGINT)
            said = b""
            # The other side of a terminal that is closed is an error, and no end.
            while data := _read(ours):
                said += data
            os.close(ours)

    assert running.returncode == 130
    assert said.rindex(b"\x1b[?25h") > said.rindex(b"\x1b[?25l")
    assert said.rstrip().endswith(b"interrupted: there is no result")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""
