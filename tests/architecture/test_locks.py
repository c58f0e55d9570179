"""The locks: complete, hashed, of one mind, and silent about where files are fetched."""

import re
import tomllib
from collections.abc import Iterator
from itertools import pairwise

import pytest
from packaging.requirements import Requirement

from tests.architecture.sources import ROOT, forbid

BENCH = ("bench-huggingface", "bench-model-signing", "bench-safetensors")
LOCKS = ("build", "runtime", "dev", "dask", *BENCH)
PIN = re.compile(r"^(?P<name>[a-z0-9][a-z0-9-]*)==(?P<version>[^ ;\\]+)(?: ; [^\\]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")


def lock(name: str) -> str:
    """Return the text of a lock."""
    return (ROOT / "requirements" / f"{name}.txt").read_text("ascii")


def strange(text: str) -> Iterator[str]:
    """Yield each line that is neither a pinned version nor the hash of a file."""
    for number, line in enumerate(text.splitlines(), 1):
        if not PIN.match(line) and not HASH.match(line):
            yield f"line {number}: {line}"


def unhashed(text: str) -> Iterator[str]:
    """Yield each pin that no hash follows."""
    for line, following in pairwise([*text.splitlines(), ""]):
        if PIN.match(line) and not HASH.match(following):
            yield line


def pins(text: str) -> dict[str, set[str]]:
    """Return the versions that a lock pins; several where machines differ."""
    found: dict[str, set[str]] = {}
    for line in text.splitlines():
        if match := PIN.match(line):
            found.setdefault(match["name"], set()).add(match["version"])
    return found


def asked(name: str) -> list[Requirement]:
    """Return what a lock was made from."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    if name == "runtime":
        lines: list[str] = project["project"]["dependencies"]
    else:
        lines = (ROOT / "requirements" / f"{name}.in").read_text("ascii").splitlines()
        lines += project["build-system"]["requires"] if name == "build" else []
    return [Requirement(line) for line in lines if line and not line.startswith("#")]


def unmet(asked_for: list[Requirement], pinned: dict[str, set[str]]) -> Iterator[str]:
    """Yield each requirement that no pin meets."""
    for requirement in asked_for:
        versions = pinned.get(requirement.name.lower().replace("_", "-"), set())
        if not any(requirement.specifier.contains(it, prereleases=True) for it in versions):
            yield f"{requirement}: pinned are {sorted(versions)}; run make lock"


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_pins_and_hashes_and_nothing_else(name: str) -> None:
    forbid(strange(lock(name)))
    forbid(unhashed(lock(name)))


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_meets_what_it_was_made_from(name: str) -> None:
    forbid(unmet(asked(name), pins(lock(name))))


def test_developing_uses_the_versions_that_running_uses() -> None:
    developing = pins(lock("dev"))

    for name in ("build", "runtime"):
        assert pins(lock(name)).items() <= developing.items()


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://example.org/simple",
        "attrs @ file:///tmp/attrs.whl",
        "-e .",
        "attrs>=24 \\",
        "    # via attrs",
        "./wheels/attrs.whl",
    ],
)
def test_an_address_or_an_open_version_is_found(line: str) -> None:
    assert list(strange(f"{line}\n")) == [f"line 1: {line}"]


def test_a_pin_without_a_hash_is_found() -> None:
    assert list(unhashed("a==1 \\\nb==2 \\\n    --hash=sha256:" + "0" * 64)) == ["a==1 \\"]


def test_a_requirement_that_no_pin_meets_is_found() -> None:
    pinned = {"a": {"1.0"}}

    assert list(unmet([Requirement("a<2")], pinned)) == []
    assert len(list(unmet([Requirement("a>=2"), Requirement("b")], pinned))) == 2
