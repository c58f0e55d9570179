"""What a run of the tests itself promises: no far sockets, no foreign settings, no silent skips."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_socket import SocketConnectBlockedError

from tests.architecture.skips import AllowedSkip, SkipGate
from tests.architecture.sources import ROOT
from tests.conftest import FULL_COUNTS


def skipped(test: str) -> pytest.TestReport:
    """Return the report of a test that was skipped."""
    why = ("a.py", 1, "Skipped: no such machine")
    return pytest.TestReport(test, ("a.py", 1, "a"), {}, "skipped", why, "call")


def test_a_socket_reaches_no_other_machine() -> None:
    # The guard warns before it raises, and a warning is an error here.
    refused = (SocketConnectBlockedError, UserWarning)

    with socket.socket() as far, pytest.raises(refused, match=r"192\.0\.2\.1"):
        far.connect(("192.0.2.1", 80))


def test_a_socket_reaches_this_machine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as near:
        near.connect(server.getsockname())

        assert near.getpeername() == server.getsockname()


def test_no_setting_of_the_machine_is_seen() -> None:
    foreign = [name for name in os.environ if name.startswith(("GIT_", "HF_", "XDG_"))]

    assert foreign == ["HF_HUB_DISABLE_TELEMETRY"]
    assert Path(os.environ["HOME"]).parent.name.startswith("provenance-tests-")


def test_an_unlisted_skip_fails() -> None:
    report = SkipGate(allowed=()).judged(skipped("tests/a.py::test_a"))

    assert report.outcome == "failed"
    assert "no such machine" in str(report.longrepr)


def test_a_listed_skip_stays_a_skip() -> None:
    gate = SkipGate(allowed=(AllowedSkip("tests/a.py::test_a*", "needs a machine"),))

    assert gate.judged(skipped("tests/a.py::test_a[1]")).outcome == "skipped"
    assert gate.judged(skipped("tests/b.py::test_a[1]")).outcome == "failed"


def test_a_run_with_skips_is_red(tmp_path: Path) -> None:
    (tmp_path / "test_whole.py").write_text(
        "import pytest\n\npytest.skip('none', allow_module_level=True)\n"
    )
    (tmp_path / "test_some.py").write_text(
        "import pytest\n\n\n"
        "@pytest.mark.skip(reason='one')\ndef test_a(): ...\n\n\n"
        "@pytest.mark.xfail(reason='two')\ndef test_b(): assert False\n\n\n"
        "def f():\n    '''\n    >>> 1  # doctest: +SKIP\n    2\n    '''\n"
    )
    options = ("-c", ROOT / "pyproject.toml", "-p", "tests.conftest", "-p", "no:cacheprovider")

    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            *options,
            "-q",
            "--continue-on-collection-errors",
            tmp_path,
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "2 failed, 2 errors" in done.stdout or "3 failed, 1 error" in done.stdout, done.stdout


@pytest.mark.parametrize("asked", ["0", "1"])
def test_workers_count_as_far_as_they_were_asked_to(asked: str) -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "--numprocesses=1", "-p", "no:cacheprovider"),
            f"{Path(__file__).relative_to(ROOT)}::test_a_worker_tells_its_count",
        ],
        cwd=ROOT,
        env={**os.environ, "PROVENANCE_DEEP": asked, FULL_COUNTS: "0", "TESTS_EXPECT": asked},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout


def test_a_worker_tells_its_count(how_many: Callable[[int, int], int]) -> None:
    expected = os.environ.get("TESTS_EXPECT")

    assert expected is None or str(how_many(0, 1)) == expected
