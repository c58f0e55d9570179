"""A policy that forbids code, held against releases that hide it, that may, and that do not."""

from pathlib import Path

import pytest

from provenance.cli.exit_codes import ExitCode
from provenance.recipe.loader_rules import RULES
from tests.cli.running import Said, Shell
from tests.journeys.gated import CONTROLS, HIDDEN, UNREAD, Files, lay


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> Shell:
    """Run commands in this process."""
    return Shell(capsys)


def gate(shell: Shell, folder: Path, files: Files, code: str = "REMOTE_CODE") -> Said:
    policy = folder / "policy.toml"
    policy.write_text(
        f'schema = 1\nname = "gate"\nhazards-in = "release"\nforbid-hazards = ["{code}"]\n'
    )
    model = lay(folder / "model", files)
    return shell("audit", model, "--offline", "--policy", policy, "-o", folder / "m.json")


@pytest.mark.parametrize("name", HIDDEN)
def test_code_that_a_loader_runs_fails_a_gate_wherever_it_hides(
    shell: Shell, tmp_path: Path, name: str
) -> None:
    said = gate(shell, tmp_path, HIDDEN[name][1])

    assert said.code is ExitCode.NEGATIVE, said
    assert "REMOTE_CODE is forbidden, and found" in said.out + said.err


@pytest.mark.parametrize("name", UNREAD)
def test_what_may_name_code_and_was_not_read_leaves_a_gate_undecided(
    shell: Shell, tmp_path: Path, name: str
) -> None:
    said = gate(shell, tmp_path, UNREAD[name])

    assert said.code is ExitCode.UNDECIDED, said
    assert next(iter(UNREAD[name])) in said.out + said.err


@pytest.mark.parametrize("name", CONTROLS)
def test_an_ordinary_release_passes_a_gate(shell: Shell, tmp_path: Path, name: str) -> None:
    said = gate(shell, tmp_path, CONTROLS[name])

    assert said.code is ExitCode.DONE, said


def test_every_rule_that_finds_code_is_hidden_behind_once() -> None:
    assert {one.id for one in RULES} - {"none"} == {rule for rule, _ in HIDDEN.values()}
