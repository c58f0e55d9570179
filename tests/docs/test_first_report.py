"""What the page about a first report quotes is what the command prints."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.charlm import Charlm

PAGE = Path(__file__).resolve().parents[2] / "docs" / "tutorials" / "first-report.md"
_BLOCK = re.compile(r"^```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def lines(text: str) -> list[str]:
    """Return lines without what stands at their ends."""
    return [line.rstrip() for line in text.splitlines()]


def test_every_line_that_the_page_quotes_is_printed(charlm: Charlm, tmp_path: Path) -> None:
    mirror = f"https://github.com/={charlm.hub.url}/git/github.com/"
    environment = dict(os.environ) | {
        "COLUMNS": "100",
        "HF_ENDPOINT": charlm.hub.url,
        "PROVENANCE_CACHE": str(tmp_path),
    }

    done = subprocess.run(
        [sys.executable, "-m", "provenance", "audit", charlm.published.model, "--mirror", mirror],
        check=True,
        capture_output=True,
        encoding="utf-8",
        env=environment,
    )

    quoted = [line for block in _BLOCK.findall(PAGE.read_text("utf-8")) for line in lines(block)]
    assert len(quoted) > 30
    assert [line for line in quoted if line not in lines(done.stdout)] == []
