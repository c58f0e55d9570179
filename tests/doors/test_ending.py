"""Processes that a signal ends: what they leave behind, and what they say."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from provenance.doors.ending import Stopped, ended_by_signals, undo_all, undone
from tests.cli.running import alone

WORDS = "from provenance.doors.ending import *\nimport os, signal, sys, threading\n"
SAY = "lambda number: print('last words', number, flush=True)"


def program(text: str, *signals: int, **options: float) -> tuple[int, str]:
    """Run a program until it says that it is ready, send it signals, return how it ended."""
    grace = options.get("grace", 30.0)
    whole = f"{WORDS}with ended_by_signals({SAY}, {grace}):\n" + "".join(
        f"    {line}\n" for line in text.splitlines()
    )
    with subprocess.Popen(
        [sys.executable, "-c", whole], stdout=subprocess.PIPE, text=True, env=alone()
    ) as running:
        assert running.stdout is not None
        said = running.stdout.readline()
        assert said == "ready\n"
        for one in signals:
            os.kill(running.pid, one)
            said += running.stdout.readline()
        said += running.stdout.read()
        running.wait(50)
    return running.returncode, said.removeprefix("ready\n")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_is_raised_where_the_main_thread_waits(number: signal.Signals) -> None:
    text = (
        "try:\n    print('ready', flush=True)\n    threading.Event().wait(50)\n"
        "except Stopped as e:\n    print('stopped by', e.number)"
    )

    assert program(text, number) == (0, f"stopped by {int(number)}\n")


def test_who_does_not_end_in_time_is_ended() -> None:
    text = (
        "with undone(lambda: print('undone', flush=True)):\n"
        "    try:\n        print('ready', flush=True)\n        threading.Event().wait(50)\n"
        "    except Stopped:\n        threading.Event().wait(50)"
    )

    assert program(text, signal.SIGTERM, grace=0.1) == (143, "undone\nlast words 15\n")


def test_a_second_signal_is_not_waited_for() -> None:
    text = (
        "try:\n    print('ready', flush=True)\n    threading.Event().wait(50)\n"
        "except Stopped:\n    print('ending', flush=True)\n    threading.Event().wait(50)"
    )

    said = program(text, signal.SIGINT, signal.SIGINT)

    assert said == (130, "ending\nlast words 2\n")


def test_a_signal_that_is_ignored_stays_ignored() -> None:
    whole = (
        "import signal\nsignal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        f"{WORDS}with ended_by_signals({SAY}):\n"
        "    os.kill(os.getpid(), signal.SIGHUP)\nprint('on')"
    )

    said = subprocess.run(
        [sys.executable, "-c", whole], capture_output=True, check=True, text=True, env=alone()
    )

    assert said.stdout == "on\n"


def test_threads_that_wait_are_not_waited_for() -> None:
    whole = (
        f"{WORDS}threading.Thread(target=threading.Event().wait, args=(50,)).start()\n"
        "with undone(lambda: print('undone', flush=True)):\n    leave(130)"
    )

    said = subprocess.run(
        [sys.executable, "-c", whole],
        capture_output=True,
        check=False,
        text=True,
        env=alone(),
        timeout=40,
    )

    assert (said.returncode, said.stdout) == (130, "undone\n")


def test_before_and_after_signals_do_what_they_did() -> None:
    before = signal.getsignal(signal.SIGTERM)

    with ended_by_signals(lambda _: None):
        assert signal.getsignal(signal.SIGTERM) is not before
        with pytest.raises(Stopped):
            signal.raise_signal(signal.SIGTERM)

    assert signal.getsignal(signal.SIGTERM) is before


def test_what_ended_by_itself_is_not_undone(tmp_path: Path) -> None:
    file = tmp_path / "a"
    with undone(file.touch):
        pass
    undo_all()
    assert not file.exists()

    with undone(file.touch):
        undo_all()
    assert file.exists()


def test_a_process_without_others_leaves_as_any_does() -> None:
    # In a process of its own: where a thread goes on, the whole process ends at once.
    whole = f"{WORDS}try:\n    leave(3)\nfinally:\n    print('unwound')"

    said = subprocess.run(
        [sys.executable, "-c", whole], capture_output=True, check=False, text=True, env=alone()
    )

    assert (said.returncode, said.stdout) == (3, "unwound\n")
