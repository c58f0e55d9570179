"""No skip that nobody agreed to: a test that never runs proves nothing."""

from collections.abc import Generator
from fnmatch import fnmatchcase
from typing import NamedTuple, TypeVar

import pytest

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


class AllowedSkip(NamedTuple):
    """A test that may be skipped or expected to fail: a pattern of test ids, and why."""

    pattern: str
    reason: str


#: Every other skip, and every other expected failure, turns the run red.
ALLOWED_SKIPS: tuple[AllowedSkip, ...] = (
    AllowedSkip("tests/docs/test_torch.py::*", "torch is larger than all else: install it to run"),
    AllowedSkip("tests/hashing/test_costs.py::*", "strace may be missing; .ci/run installs it"),
    AllowedSkip(
        "tests/hashing/test_engine_costs.py::*", "strace may be missing; .ci/run installs it"
    ),
    AllowedSkip(
        "tests/journeys/test_containers.py::*",
        "only root can become nobody and mount the world read-only, as .ci/run does",
    ),
    AllowedSkip(
        "tests/executors/test_dask*.py*",
        "Dask has an environment of its own, which `make dask` makes and .ci/run tests in",
    ),
    AllowedSkip(
        "tests/conformance/test_model_signing.py*",
        "the other verifier has an environment of its own, which `make peers` makes",
    ),
)


class SkipGate:
    """Turns each skip that is not allowed into a failure; doctests and modules included."""

    def __init__(self, allowed: tuple[AllowedSkip, ...] = ALLOWED_SKIPS) -> None:
        self.allowed = allowed

    def judged(self, report: Report) -> Report:
        """Return the report as it is, or failed if it tells of a skip that is not allowed."""
        if report.skipped and not any(
            fnmatchcase(report.nodeid, it.pattern) for it in self.allowed
        ):
            why = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
            report.outcome = "failed"
            report.longrepr = (
                f"{report.nodeid} did not run to its end: {why}\n"
                "Make it run, or list it with a reason in tests/architecture/skips.py"
            )
        return report

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(self) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Judge the report of a test's set-up, call or tear-down."""
        return self.judged((yield))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_make_collect_report(
        self,
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        """Judge the report of a module that was collected."""
        return self.judged((yield))
