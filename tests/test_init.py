import ast
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import assert_type

import pytest

import provenance
from provenance.results import Inspection
from provenance.values.verdict import Verdict
from tests.building import MANIFEST
from tests.cli.running import alone

#: Those that next rooms will want names for are counted already: 40 is the end of it.
MOST = 40


def imported_for_types(path: Path) -> dict[str, str]:
    """Return ``module:name`` by public name, of what a file imports below TYPE_CHECKING."""
    (block,) = (
        node
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    )
    return {
        name.asname or name.name: f"{node.module}:{name.name}"
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    }


def homes(path: Path) -> dict[str, str]:
    """Return where a file says that each public name is loaded from."""
    (table,) = (
        node.value
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "_HOMES"
    )
    found: dict[str, str] = ast.literal_eval(table)
    return found


def loaded_by(statement: str) -> set[str]:
    """Return the modules that a statement loads in a fresh interpreter."""
    program = f"import sys; old = set(sys.modules); {statement}; print(*set(sys.modules) - old)"
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True, env=alone()
    )
    return set(done.stdout.split())


def test_every_public_name_is_there_and_there_are_at_most_40() -> None:
    names = [name for name in provenance.__all__ if name != "__version__"]

    assert len(names) <= MOST
    assert all(getattr(provenance, name) is not None for name in names)
    assert dir(provenance) == sorted(provenance.__all__)


def test_another_name_is_not_there() -> None:
    with pytest.raises(AttributeError, match="no attribute 'verify_nothing'"):
        _ = provenance.verify_nothing


def test_what_is_loaded_is_what_a_type_checker_sees() -> None:
    seen = imported_for_types(Path(provenance.__file__))

    assert seen == homes(Path(provenance.__file__))
    assert {*seen, "__version__"} == set(provenance.__all__)


def test_a_type_checker_knows_what_is_given_and_returned() -> None:
    policy = provenance.load_policy(b'schema = 1\nlabel = "open-weights"\n')
    verdict = provenance.judge(policy, MANIFEST, now=datetime(2026, 1, 2, tzinfo=UTC))

    assert_type(policy, provenance.Policy)
    assert_type(verdict, Verdict)
    assert_type(provenance.load_manifest(provenance.dump_manifest(MANIFEST)), provenance.Manifest)
    assert isinstance(verdict, provenance.Passed)


def test_importing_the_package_loads_nothing_but_its_version() -> None:
    ours = {name for name in loaded_by("import provenance") if name.startswith("provenance")}

    assert ours == {"provenance", "provenance.__about__"}


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = {"attr", "click", "cryptography", "git", "huggingface_hub", "rich", "sqlite3", "yaml"}

    assert not heavy & loaded_by("import provenance")


@pytest.mark.parametrize("module", ["digests", "evidence", "oms", "policies", "testing"])
def test_a_public_module_loads_no_client_and_no_command(module: str) -> None:
    loaded = loaded_by(f"import provenance.{module}")

    assert not {"click", "git", "huggingface_hub", "rich", "sigstore"} & loaded


def test_explaining_loads_no_command() -> None:
    loaded = loaded_by("import provenance; provenance.explain('rung')")

    assert not {"click", "rich"} & loaded


def test_an_inspection_has_a_type(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# Mine")

    found = provenance.inspect(tmp_path, settings=provenance.Settings(offline=True))

    assert_type(found, Inspection)
    assert found.files == 1
