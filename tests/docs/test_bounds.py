"""The page of bounds says what the code says."""

import importlib
import pkgutil
import re
from pathlib import Path

import attrs
import pytest

import provenance
from provenance.doors.git_process import Limits
from provenance.text.budget import Budget as TextBudget
from provenance.values.settings import Budget

PAGE = Path(__file__).parents[2] / "docs/reference/bounds.md"
ROWS = re.findall(
    r"^\|[^|]+\| `([\w.]+):([\w.]+)` \| ([\d,.]+) \|", PAGE.read_text("utf-8"), re.MULTILINE
)
ROOMS = ("text", "recipe", "flows", "doors", "sources")


def value(module: str, path: str) -> float:
    found: object = importlib.import_module(f"provenance.{module}")
    for part in path.split("."):
        if isinstance(found, type):
            found = attrs.fields_dict(found)[part].default
        else:
            found = getattr(found, part)
    assert isinstance(found, int | float)
    return found


@pytest.mark.parametrize(("module", "path", "shown"), ROWS)
def test_each_bound_is_shown_as_it_is(module: str, path: str, shown: str) -> None:
    assert f"{value(module, path):,}" == shown


def test_every_budget_is_on_the_page() -> None:
    shown = {f"{module}:{path}" for module, path, _ in ROWS}
    fields = {f"values.settings:Budget.{one.name}" for one in attrs.fields(Budget)}
    limits = {f"doors.git_process:Limits.{one.name}" for one in attrs.fields(Limits)}

    assert shown >= fields | limits
    on_page = {one.rpartition(".")[0] for one in shown}
    assert {name for name in budgets() if name not in on_page} == set()


def budgets() -> set[str]:
    """Return the budgets that readers of texts have of their own, by module and name."""
    names = (
        f"{room}.{one.name}"
        for room in ROOMS
        for one in pkgutil.iter_modules([f"{next(iter(provenance.__path__))}/{room}"])
    )
    return {
        f"{name}:{key}"
        for name in names
        for key, held in vars(importlib.import_module(f"provenance.{name}")).items()
        if isinstance(held, TextBudget) and key in {"DEFAULT_BUDGET", "BUDGET", "_BUDGET"}
    }
