from pathlib import Path

import pytest

from provenance.cli.options import SourceOptions, settings_of
from tests.cli.running import Shell


def options(endpoint: str | None = None, *, offline: bool = False) -> SourceOptions:
    return SourceOptions(endpoint, (), offline, no_weights=True, jobs=3)


def test_options_win_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:1/")
    monkeypatch.setenv("PROVENANCE_CACHE", "/cache")

    given, found = settings_of(options("http://127.0.0.1:2/")), settings_of(options(offline=True))

    assert (given.endpoint, given.jobs, given.weights) == ("http://127.0.0.1:2", 3, False)
    assert (found.endpoint, found.offline, found.cache) == (
        "http://127.0.0.1:1",
        True,
        Path("/cache"),
    )


def test_without_any_home_the_platform_s_cache_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOME")

    assert settings_of(options()).cache is not None


def test_options_that_cannot_be_meant_are_usage(shell: Shell, model: Path) -> None:
    both = shell("audit", model, "--quiet", "--verbose")
    mirror = shell("audit", model, "--mirror", "nonsense")
    jobs = shell("audit", model, "--jobs", "-1")

    assert {both.code, mirror.code, jobs.code} == {2}
    assert "contradict" in both.err
    assert "not an address" in mirror.err
