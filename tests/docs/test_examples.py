"""Every example in the README and the pages runs as it stands there."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.charlm import Charlm
from tests.cli.running import my_model

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*sorted(path for path in (ROOT / "docs").rglob("*.md")), ROOT / "README.md"]
_BLOCK = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$', re.MULTILINE | re.DOTALL)
# Examples of other names stand for whatever a reader has; here they are our own release.
NAMES = {
    "hf:org/name@0123456789abcdef0123456789abcdef01234567": "{model}@{commit}",
    "org/name": "{model}",
    "https://git.example.org/mirror/": "{hub}/git/github.com/",
    "$HUB": "{hub}",
}


def blocks(page: Path) -> Iterator[tuple[str, str, str]]:
    """Yield language, title and text of each fenced block."""
    for match in _BLOCK.finditer(page.read_text(encoding="utf-8")):
        yield match[1], match[2] or "", match[3]


def commands(text: str) -> Iterator[str]:
    """Yield the commands of a console block; what they print is not compared."""
    for line in text.splitlines():
        if line.startswith("$ provenance "):
            yield line.removeprefix("$ ")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_example_runs(page: Path, charlm: Charlm, tmp_path: Path) -> None:
    my_model(tmp_path)
    environment = dict(os.environ) | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HF_ENDPOINT": charlm.hub.url,
        "PROVENANCE_CACHE": str(tmp_path / "cache"),
    }

    def run(*command: str) -> None:
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, check=False, timeout=50
        )
        assert done.returncode == 0, (command, done.stderr.decode())

    for language, title, text in blocks(page):
        if title:
            (tmp_path / title).write_text(text)
        if title.endswith(".py"):
            # A file of tests is run by pytest.
            tests = ("-m", "pytest", "-q") if title.startswith("test_") else ()
            run(sys.executable, *tests, title)
        for command in commands(text) if language == "console" else ():
            run(*shlex.split(_filled(command, charlm)))


def _filled(command: str, charlm: Charlm) -> str:
    for shown, meant in NAMES.items():
        command = command.replace(shown, meant)
    return command.format(
        model=charlm.published.model,
        commit=charlm.published.model_commit,
        hub=charlm.hub.url,
    )
