"""The command ``provenance``: its sub-commands, and how trouble becomes an exit code."""

import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from provenance.__about__ import __version__
from provenance.cli.audit import audit_command
from provenance.cli.evidence import evidence_group
from provenance.cli.exit_codes import ExitCode, of_error
from provenance.cli.inspect import inspect_command
from provenance.cli.key import key_group
from provenance.cli.sign import sign_command
from provenance.cli.verify import verify_command
from provenance.cli.voice import Loudness, Voice
from provenance.errors import ProvenanceError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="provenance")
def cli() -> None:
    """Say what a model release really contains, with evidence for every word.

    Exit codes: 0 done or passed, 1 negative verdict, 2 usage, 3 undecided, 4 tool or environment,
    130 interrupted.
    """


for _command in (
    audit_command,
    inspect_command,
    sign_command,
    verify_command,
    evidence_group,
    key_group,
):
    cli.add_command(_command)


def run(arguments: Sequence[str] | None = None) -> ExitCode:
    """Run one command and return its exit code; errors are said on standard error."""
    try:
        result = cli.main(args=arguments, prog_name="provenance", standalone_mode=False)
    except click.exceptions.Abort:
        return ExitCode.INTERRUPTED
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except ProvenanceError as error:
        Voice(Loudness.NORMAL).error(error)
        return of_error(error)
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    return ExitCode(result or 0)


def main() -> NoReturn:
    """Run the command line and leave with its exit code."""
    sys.exit(run())
