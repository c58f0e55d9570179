import click
import pytest

from provenance.__about__ import __version__
from provenance.cli.exit_codes import ExitCode
from provenance.cli.main import cli, main
from tests.cli.running import Shell


def test_the_version_and_the_help_are_told(shell: Shell) -> None:
    assert __version__ in shell("--version").out
    assert "audit" in shell("--help").out


def test_an_unknown_command_is_usage(shell: Shell) -> None:
    said = shell("oudit")

    assert said.code is ExitCode.USAGE
    assert "oudit" in said.err


@pytest.mark.parametrize("trouble", [KeyboardInterrupt, click.exceptions.Abort])
def test_an_interrupt_ends_with_130(shell: Shell, trouble: type[BaseException]) -> None:
    @click.command("stop")
    def stop() -> None:
        raise trouble

    cli.add_command(stop)
    try:
        assert shell("stop").code is ExitCode.INTERRUPTED
    finally:
        cli.commands.pop("stop")


def test_the_program_leaves_with_the_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["provenance", "--version"])

    with pytest.raises(SystemExit) as left:
        main()

    assert left.value.code == 0
