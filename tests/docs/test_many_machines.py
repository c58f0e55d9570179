"""The scripts of the page on many machines, run with the variables that their schedulers set."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from tests.docs.test_examples import ROOT, blocks

PAGE = ROOT / "docs" / "how-to" / "hash-on-many-machines.md"
PARTS = 8


@pytest.fixture
def release(tmp_path: Path) -> Path:
    folder = tmp_path / "release"
    for number in range(30):
        place = folder / f"{number % 3}" / f"{number}.bin"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(bytes([number]) * number * 999)
    (tmp_path / "parts").mkdir()
    return folder


def text_in(language: str) -> str:
    (found,) = (text for kind, _, text in blocks(PAGE) if kind == language)
    return found


def indexed_job() -> Iterator[tuple[str, dict[str, str]]]:
    """Yield what each pod of the Indexed Job runs, and what Kubernetes tells it."""
    job = yaml.safe_load(text_in("yaml"))["spec"]
    assert (job["completions"], job["completionMode"]) == (PARTS, "Indexed")
    (container,) = job["template"]["spec"]["containers"]
    assert container["command"] == ["sh", "-c"]
    (script,) = container["args"]
    for index in range(PARTS):
        yield script, {"JOB_COMPLETION_INDEX": str(index)}


def job_array() -> Iterator[tuple[str, dict[str, str]]]:
    """Yield what each task of the array runs, and what Slurm tells it."""
    script = text_in("bash")
    assert f"--array=1-{PARTS}\n" in script
    for index in range(1, PARTS + 1):
        yield script, {"SLURM_ARRAY_TASK_ID": str(index), "SLURM_CPUS_PER_TASK": "2"}


@pytest.mark.parametrize("pieces", [indexed_job, job_array], ids=lambda it: it.__name__)
def test_the_parts_of_many_machines_are_merged_to_what_one_would_have_made(
    release: Path, tmp_path: Path, pieces: Callable[[], Iterator[tuple[str, dict[str, str]]]]
) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

    def run(script: str, told: dict[str, str]) -> bytes:
        here = script.replace("/scratch/release", "/release").replace("/release", str(release))
        done = subprocess.run(
            ["/bin/sh", "-c", here.replace("/parts/", "parts/")],
            cwd=tmp_path,
            env={**os.environ, **told, "PATH": path},
            capture_output=True,
            check=True,
        )
        return done.stdout

    for script, told in pieces():
        run(script, told)

    assert len(list((tmp_path / "parts").iterdir())) == PARTS
    whole = run("provenance digest /release --no-cache", {})
    assert run("provenance digest --merge parts/*.json", {}) == whole
    assert len(whole.splitlines()) == len(list(release.glob("*/*")))
