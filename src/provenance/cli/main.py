"""The command ``provenance``: its sub-commands, and how trouble becomes an exit code."""

import errno
import gc
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from io import StringIO
from typing import Any, NoReturn

import click

from provenance.__about__ import __version__
from provenance.cli.exit_codes import ExitCode, of_error
from provenance.cli.voice import Loudness, Voice
from provenance.doors.ending import Stopped, ended_by_signals, leave
from provenance.doors.streams import complete_streams, flush_output, give_up_output
from provenance.errors import Code, ProvenanceError, ToolError
from provenance.text.untrusted import printable

_RARELY = 200_000
# POSIX shells tell so of a program that a signal ended.
_SIGNAL = 128
_BY_SIGNAL = frozenset({ExitCode.HUNG_UP, ExitCode.INTERRUPTED, ExitCode.TERMINATED})
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


class _ClosedOutputError(Exception):
    """Nobody reads standard output any more: the exception of a pipe, out of click's hands."""


class _InterruptedError(Exception):
    """A signal ended a command: the exception of the signal, out of click's hands."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextmanager
def _kept_from_click() -> Iterator[None]:
    """Keep click from ending the process by itself, with a code that means something else."""
    try:
        yield
    except BrokenPipeError as cause:
        raise _ClosedOutputError from cause
    except KeyboardInterrupt as cause:
        raise _InterruptedError(cause.number if isinstance(cause, Stopped) else 2) from cause


class Commands(click.Group):
    """A group that imports a command when it is run, or when help is asked for."""

    def make_context(self, *arguments: Any, **extra: Any) -> click.Context:  # noqa: ANN401 - click's
        """Read the options of the whole program: help and version are told here."""
        with _kept_from_click():
            return super().make_context(*arguments, **extra)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was named."""
        with _kept_from_click():
            return super().invoke(ctx)

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
    130 interrupted, 141 nobody reads the output, 143 terminated.
    """


def run(arguments: Sequence[str] | None = None) -> ExitCode:
    """Run one command and return its exit code; errors are said on standard error."""
    try:
        result = cli.main(args=arguments, prog_name="provenance", standalone_mode=False)
        flush_output()
    except click.ClickException as error:
        with suppress(OSError):
            said = StringIO()
            error.show(said)
            lines = said.getvalue().rstrip("\n").split("\n")
            click.echo("\n".join(map(printable, lines)), err=True)
        return ExitCode.USAGE
    except ProvenanceError as error:
        with suppress(OSError):
            Voice(Loudness.NORMAL).error(error)
        return of_error(error)
    except OSError as cause:
        return _untold(cause)
    except (_ClosedOutputError, _InterruptedError, click.exceptions.Abort) as cause:
        return _ended(cause)
    return ExitCode(result or 0)


def _ended(cause: Exception) -> ExitCode:
    """Return the exit code of a command that was not to go on."""
    match cause:
        case _ClosedOutputError():
            give_up_output()
            return ExitCode.CLOSED_OUTPUT
        case _InterruptedError(number=number):
            _say_stopped(number)
            return ExitCode(_SIGNAL + number)
    return ExitCode.INTERRUPTED


def _untold(cause: OSError) -> ExitCode:
    """Return the exit code of a result that could not be told, as on a disk that is full."""
    give_up_output()
    if isinstance(cause, BrokenPipeError):
        return ExitCode.CLOSED_OUTPUT
    Voice(Loudness.NORMAL).error(_unwritten(cause))
    return ExitCode.ENVIRONMENT


def _say_stopped(number: int) -> None:
    Voice(Loudness.NORMAL).stopped(number)


def _unwritten(cause: OSError) -> ToolError:
    """Return the error of a result that could not be told, as on a disk that is full."""
    full = cause.errno in {errno.ENOSPC, errno.EDQUOT}
    about = "standard output" if cause.filename is None else str(cause.filename)
    verb = "written" if cause.filename is None else "read or written"
    return ToolError(
        f"{about!a} cannot be {verb}: {cause.strerror or type(cause).__name__}",
        hint="free some space, or send it elsewhere" if full else "check the place, and try again",
        code=Code.DISK_FULL if full else Code.FS_IO,
    )


def main() -> NoReturn:
    """Run the command line and leave with its exit code."""
    # Listings are many small tuples without circles: looking for some costs a tenth of the time.
    gc.set_threshold(_RARELY)
    complete_streams()
    status = ExitCode.ENVIRONMENT
    try:
        with ended_by_signals(_say_stopped), suppress(OSError):
            status = run()
            # What a command said before an error: whoever does not read it was told of that.
            flush_output()
    except KeyboardInterrupt as cause:
        # Between two commands, so to speak: while the program begins, or ends.
        status = ExitCode(_SIGNAL + (cause.number if isinstance(cause, Stopped) else 2))
    if status in _BY_SIGNAL:
        leave(status)
    sys.exit(status)
