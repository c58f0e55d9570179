"""The command line as a process of its own, in an environment of its own."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

#: Whatever a test run needs of the machine, and nothing that says who runs it where.
MEASURED = {name: it for name, it in os.environ.items() if name.startswith("COVERAGE_")}


def command(*arguments: str | Path) -> list[str]:
    """Return the command line's program with these arguments."""
    return [sys.executable, "-m", "provenance", *map(str, arguments)]


def ran(
    *arguments: str | Path,
    environment: Mapping[str, str] | None = None,
    redirected: str = "",
    folder: Path | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a command with this environment and nothing else; a shell redirects its streams."""
    whole: list[str] = command(*arguments)
    if redirected:
        whole = ["/bin/sh", "-c", f'"$0" "$@" {redirected}', *whole]
    return subprocess.run(
        whole,
        capture_output=True,
        check=False,
        cwd=folder,
        env={**MEASURED, **(environment or {})},
        stdin=subprocess.DEVNULL,
        text=True,
        timeout=100,
    )
