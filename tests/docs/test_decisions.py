"""Decisions say what became of them and when, and are found where one looks for them."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
_HEAD = re.compile(
    r"# (\d{4}) [^\n]+\n\n"
    r"Status: (?:accepted|(?:accepted, replaced in part|replaced) by (\d{4}))"
    r" · Date: 20\d\d-\d\d-\d\d\n\n"
)


def number(path: Path) -> str:
    return path.name[:4]


@pytest.mark.parametrize("path", DECISIONS, ids=number)
def test_a_decision_begins_with_its_number_its_status_and_its_date(path: Path) -> None:
    head = _HEAD.match(path.read_text("utf-8"))

    assert head
    assert head[1] == number(path)
    assert head[2] is None or head[2] in map(number, DECISIONS)


@pytest.mark.parametrize("path", DECISIONS, ids=number)
def test_a_decision_stands_in_the_index_and_in_the_navigation(path: Path) -> None:
    title = path.read_text("utf-8").partition("\n")[0].removeprefix("# ")

    assert f"- [{title}]({path.name})\n" in (path.parent / "index.md").read_text("utf-8")
    assert f"- decisions/{path.name}\n" in (ROOT / "mkdocs.yml").read_text("utf-8")
