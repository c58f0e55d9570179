"""What holds for every test: a clean environment, fixed seeds, no skip that is not listed."""

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

from tests.architecture.skips import SkipGate
from tests.charlm import Charlm, served

#: Full counts instead of the reduced ones: set by `make deep`; the second name reaches the workers,
#: whose environment is clean.
FULL_COUNTS = "TESTS_WITH_FULL_COUNTS"
DEEP = "1" in {os.environ.get(name) for name in ("PROVENANCE_DEEP", FULL_COUNTS)}

#: What would let the machine, or the person at it, change what a test sees.
FOREIGN = ("GIT_", "HF_", "HUGGING", "PROVENANCE_", "REQUESTS_", "SIGSTORE_", "SSL_", "XDG_")
FOREIGN_EXACT = ("CI", "CLICOLOR", "COLUMNS", "FORCE_COLOR", "LINES", "NO_COLOR", "TTY_COMPATIBLE")
#: A shell that forbids compiled modules makes every process of the tests compile the package anew.
UNCOMPILED = "PYTHONDONTWRITEBYTECODE"


def _clean_environment(own: Path) -> None:
    """Leave nothing of the caller's settings; it happens before the package is imported.

    Home and temporary folders lie in a folder of this run, so that two runs do not meet.
    """
    for name in tuple(os.environ):
        upper = name.upper()
        foreign = upper.startswith(FOREIGN) or upper.endswith("_PROXY")
        if foreign or upper in FOREIGN_EXACT or upper == UNCOMPILED:
            del os.environ[name]
    os.environ |= {
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "HOME": str(own / "home"),
        "LC_ALL": "C.UTF-8",
        "PYTEST_DEBUG_TEMPROOT": str(own),
        "TERM": "dumb",
        "TZ": "UTC",
        FULL_COUNTS: "1" if DEEP else "0",
    }


def _hear_signals() -> None:
    """Undo what a shell does to what it runs in the background, or below ``nohup``.

    A program that began with a signal ignored leaves it ignored: those of the tests, too.
    """
    for number, handler in (
        (signal.SIGINT, signal.default_int_handler),
        (signal.SIGHUP, signal.SIG_DFL),
    ):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, handler)


_hear_signals()
_OWN = Path(tempfile.mkdtemp(prefix="provenance-tests-"))
(_OWN / "home").mkdir()
_clean_environment(_OWN)
sys.dont_write_bytecode = False

hypothesis.settings.register_profile(
    "check", derandomize=True, max_examples=60, deadline=None, database=None
)
hypothesis.settings.register_profile("deep", max_examples=2000, deadline=None, print_blob=True)
hypothesis.settings.load_profile("deep" if DEEP else "check")


def pytest_configure(config: pytest.Config) -> None:
    """Watch every skip, the doctests' in src too, which a mere hook of this file would not see."""
    config.pluginmanager.register(SkipGate(), "skip-gate")


def pytest_unconfigure() -> None:
    """Take this run's folder away again."""
    shutil.rmtree(_OWN, ignore_errors=True)


@pytest.fixture(scope="session")
def how_many() -> Callable[[int, int], int]:
    """Choose between a reduced count and the full one, which `make deep` asks for."""
    return lambda reduced, full: full if DEEP else reduced


@pytest.fixture(scope="session")
def charlm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Charlm]:
    """Serve our own release once for all tests that only look at it."""
    with served(tmp_path_factory.mktemp("charlm")) as release:
        yield release
