import inspect
import typing
from pathlib import Path

import pytest

import provenance
from provenance import results

FUNCTIONS = sorted(
    name for name in provenance.__all__ if inspect.isfunction(getattr(provenance, name))
)
#: Where the types of parameters and results are public.
HOMES = ("", ".digests", ".evidence", ".keys", ".oms", ".policies", ".results")


def public() -> set[object]:
    homes = [__import__(f"provenance{one}", fromlist=["x"]) for one in HOMES]
    return {getattr(home, name) for home in homes for name in home.__all__ if name != "__version__"}


def parts(hint: object) -> set[object]:
    """Return the types that a hint is made of."""
    inner = typing.get_args(hint)
    return {one for part in inner for one in parts(part)} if inner else {hint}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_what_a_function_returns_has_a_public_name(name: str) -> None:
    returned = typing.get_type_hints(getattr(provenance, name))["return"]
    modules = {one: str(getattr(one, "__module__", "")) for one in parts(returned)}

    assert {one for one, home in modules.items() if home.startswith("provenance")} <= public()


def test_advice_has_its_severity(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# Mine")

    found = provenance.lint(tmp_path, settings=provenance.Settings(offline=True))

    assert all(isinstance(one, results.Advice) for one in found)
    assert {one.rule.severity for one in found} <= set(results.Severity)
