import json
from pathlib import Path

import pytest

from tools.coverage_floors import COMPLETE, Covered, gaps, main, unseen


def covered(lines: list[int], branches: list[list[int]]) -> Covered:
    return {"missing_lines": lines, "missing_branches": branches}


def test_a_line_and_a_branch_that_nobody_reached_are_found() -> None:
    files = {"src/provenance/text/a.py": covered([3], [[4, -1], [5, 7]])}

    assert list(gaps(files)) == ["src/provenance/text/a.py: never reached: 3, 4->-1, 5->7"]


def test_only_what_judges_must_be_complete() -> None:
    files = {
        "src/provenance/cli/main.py": covered([3], []),
        "src/provenance/flows/auditing/audit.py": covered([3], []),
        "src/provenance/flows/signing/verify.py": covered([], []),
    }

    assert list(gaps(files)) == []


def test_a_module_that_nothing_imported_is_found() -> None:
    present = iter(["src/provenance/wire/a.py", "src/provenance/cli/a.py"])

    assert list(unseen({}, present)) == ["src/provenance/wire/a.py: not in the report"]


@pytest.mark.parametrize(("branches", "line"), [(False, 0), (True, 7)])
def test_a_report_below_the_floors_ends_with_one(tmp_path: Path, branches: bool, line: int) -> None:
    report = tmp_path / "coverage.json"
    files = {"src/provenance/errors.py": covered([line], [])}
    report.write_text(json.dumps({"meta": {"branch_coverage": branches}, "files": files}))

    assert main([str(report)]) == 1


def test_verification_must_be_complete() -> None:
    assert "src/provenance/flows/signing/verify" in COMPLETE
    assert "src/provenance/signers/" in COMPLETE
