"""Hold what was covered against the floors: every line and branch, where a judgement is made.

Reads the JSON report of coverage.py; the floor for the whole package is in ``pyproject.toml``.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypedDict, cast

#: Where nothing may stay uncovered: whatever parses, judges or verifies.
COMPLETE = (
    "src/provenance/checks/",
    "src/provenance/errors.py",
    "src/provenance/exports/",
    "src/provenance/flows/signing/verify",
    "src/provenance/frameworks/",
    "src/provenance/lineage/",
    "src/provenance/policy/",
    "src/provenance/recipe/",
    "src/provenance/signers/",
    "src/provenance/text/",
    "src/provenance/values/",
    "src/provenance/weights/",
    "src/provenance/wire/",
)


class Covered(TypedDict):
    """What the report says of one file, as far as it is read here."""

    missing_lines: list[int]
    missing_branches: list[list[int]]


def gaps(files: Mapping[str, Covered]) -> Iterator[str]:
    """Yield one line for each file of :data:`COMPLETE` that was not covered completely."""
    for name in sorted(files):
        if not name.startswith(COMPLETE):
            continue
        lines = [str(line) for line in files[name]["missing_lines"]]
        branches = [f"{start}->{end}" for start, end in files[name]["missing_branches"]]
        if lines or branches:
            yield f"{name}: never reached: {', '.join(lines + branches)}"


def unseen(files: Mapping[str, Covered], present: Iterator[str]) -> Iterator[str]:
    """Yield one line for each source file of :data:`COMPLETE` that the report does not know."""
    for name in sorted(present):
        if name.startswith(COMPLETE) and name not in files:
            yield f"{name}: not in the report"


def main(arguments: list[str]) -> int:
    """Print the gaps that the report named by the one argument shows; return 1 if there are any."""
    report = json.loads(Path(arguments[0]).read_bytes())
    if not report["meta"]["branch_coverage"]:
        print("coverage floors: the report knows nothing of branches", file=sys.stderr)
        return 1
    files = cast("Mapping[str, Covered]", report["files"])
    present = (path.as_posix() for path in Path("src/provenance").rglob("*.py"))
    found = [*gaps(files), *unseen(files, present)]
    for line in found:
        print(f"coverage floors: {line}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
