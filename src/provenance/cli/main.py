"""The command ``provenance``: its sub-commands, and how trouble becomes an exit code."""

import gc
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from io import StringIO
from typing import NoReturn

import click

from provenance.__about__ import __version__
from provenance.cli.exit_codes import ExitCode, of_error
from provenance.cli.output import is_lost, standard_output
from provenance.cli.voice import Loudness, Voice
from provenance.doors.outlet import STDERR, discard
from provenance.errors import ProvenanceError
from provenance.text.untrusted import printable

_RARELY = 200_000
# Loaded when asked for: who hashes a file does not wait for the Hub's client.
_COMMANDS: Mapping[str, str] = {
    "assess": "provenance.cli.assess:assess_group",
    "audit": "provenance.cli.audit:audit_command",
    "compare": "provenance.cli.compare:compare_command",
    "digest": "provenance.cli.digest:digest_command",
    "evidence": "provenance.cli.evidence:evidence_group",
    "explain": "provenance.cli.explain:explain_command",
    "export": "provenance.cli.export:export_group",
    "inspect": "provenance.cli.inspect:inspect_command",
    "key": "provenance.cli.key:key_group",
    "lint": "provenance.cli.lint:lint_command",
    "oms": "provenance.cli.oms:oms_group",
    "policy": "provenance.cli.policy:policy_group",
    "sign": "provenance.cli.sign:sign_command",
    "verify": "provenance.cli.verify:verify_command",
}


class Commands(click.Group):
    """A group that imports a command when it is run, or when help is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, sorted."""
        return sorted({*_COMMANDS, *super().list_commands(ctx)})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name, or ``None`` for a name that no command has."""
        if cmd_name not in _COMMANDS:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = _COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="provenance")
def cli() -> None:
    """Say what a model release really contains, with evidence for every word.

    Exit codes: 0 done or passed, 1 negative verdict, 2 usage, 3 undecided, 4 tool or environment,
    130 interrupted.
    """


def run(arguments: Sequence[str] | None = None) -> ExitCode:
    """Run one command and return its exit code; errors are said on standard error."""
    try:
        return _run(arguments)
    except OSError as error:
        if not is_lost(error):
            raise
        discard(STDERR)
        return ExitCode.ENVIRONMENT


def _run(arguments: Sequence[str] | None) -> ExitCode:
    try:
        with standard_output():
            result = cli.main(args=arguments, prog_name="provenance", standalone_mode=False)
    except click.exceptions.Abort:
        return ExitCode.INTERRUPTED
    except click.ClickException as error:
        said = StringIO()
        error.show(said)
        click.echo("\n".join(map(printable, said.getvalue().rstrip("\n").split("\n"))), err=True)
        return ExitCode.USAGE
    except ProvenanceError as error:
        Voice(Loudness.NORMAL).error(error)
        return of_error(error)
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    return ExitCode(result or 0)


def main() -> NoReturn:
    """Run the command line and leave with its exit code."""
    # Listings are many small tuples without circles: looking for some costs a tenth of the time.
    gc.set_threshold(_RARELY)
    sys.exit(run())
