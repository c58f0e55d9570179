"""The voice: progress and messages on standard error, never raw text from a release."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import IntEnum, unique
from typing import TYPE_CHECKING

import click

from provenance.doors.ending import undone
from provenance.errors import ProvenanceError
from provenance.text.untrusted import printable
from provenance.values.verdict import Verdict

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID

# Long enough for a path and a reason, short enough that a report stays one screen wide.
LONGEST_TEXT = 400
_STOPPED = {2: "interrupted", 15: "terminated"}


@unique
class Loudness(IntEnum):
    """How much is said on the way."""

    QUIET = 0
    NORMAL = 1
    VERBOSE = 2


class Voice:
    """Says what is being done: a bar on a terminal, plain lines else, nothing when quiet."""

    def __init__(self, loudness: Loudness, console: "Console | None" = None) -> None:
        """Speak on standard error; color only where ``rich`` finds it fitting (``NO_COLOR``).

        ``rich`` is loaded where there is a terminal: who writes into a file does not wait for it.
        """
        self._loudness = loudness
        self._console = console or (_terminal() if sys.stderr.isatty() else None)
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._lock = threading.Lock()

    @contextmanager
    def working(self) -> Iterator["Voice"]:
        """Show a progress bar while the block runs, where there is a terminal to show it on."""
        console = self._console
        if self._loudness is Loudness.VERBOSE:
            with self._listening():
                yield self
            return
        if self._loudness is Loudness.QUIET or console is None or not console.is_terminal:
            yield self
            return
        from rich import progress  # noqa: PLC0415 - see __init__

        with progress.Progress(
            progress.TextColumn("{task.description}"),
            progress.BarColumn(),
            progress.DownloadColumn(),
            progress.TransferSpeedColumn(),
            progress.TimeRemainingColumn(),
            console=console,
            transient=True,
        ) as bar:
            self._bar = bar
            with undone(bar.stop):
                yield self
        self._bar = None

    @contextmanager
    def _listening(self) -> Iterator[None]:
        """Say what the package logs while the block runs: lines, which a bar would be torn by."""
        import logging  # noqa: PLC0415 - only who asks for it waits for it

        class Said(logging.Handler):
            def emit(self, record: logging.LogRecord) -> None:
                say(printable(record.getMessage(), LONGEST_TEXT))

        say, log, heard = self._say, logging.getLogger("provenance"), Said()
        before = log.level
        log.addHandler(heard)
        log.setLevel(logging.INFO)
        try:
            yield
        finally:
            log.setLevel(before)
            log.removeHandler(heard)

    def step(self, what: str) -> None:
        """Say what is being done now."""
        line = printable(what, LONGEST_TEXT)
        if self._bar is not None:
            self._task = self._bar.add_task(line, total=None)
        elif self._loudness > Loudness.QUIET:
            self._say(line)

    def expect(self, size: int) -> None:
        """Give the current step a length in bytes."""
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, total=size)

    def advance(self, size: int) -> None:
        """Move the current step on by so many bytes; called from any thread."""
        if self._bar is not None and self._task is not None:
            with self._lock:
                self._bar.update(self._task, advance=size)

    def remark(self, what: str) -> None:
        """Say something that the result does not hold; nothing when quiet."""
        if self._loudness > Loudness.QUIET:
            self._say(printable(what, LONGEST_TEXT))

    def verdict(self, verdict: Verdict) -> None:
        """Say a verdict's reasons, where standard output holds something else."""
        for reason in verdict.reasons:
            self._say(f"{type(verdict).__name__.lower()}: {printable(reason, LONGEST_TEXT)}")

    def error(self, error: ProvenanceError) -> None:
        """Say one line of what is, with its code, and one of what to do."""
        self._say(f"error [{error.code}]: {printable(error.what, LONGEST_TEXT)}")
        if error.hint:
            self._say(f"  to do: {printable(error.hint, LONGEST_TEXT)}")
        if error.stopped_at:
            held = ", ".join(error.held) or "nothing"
            self._say(f"  stopped at: {error.stopped_at}; held before: {held}")

    def stopped(self, number: int) -> None:
        """Say that a signal ended the work."""
        self._say(_STOPPED.get(number, f"ended by signal {number}") + ": there is no result")

    def _say(self, line: str) -> None:
        # Nobody may be there to be told: then the work goes on, and its exit code tells.
        with suppress(OSError):
            if self._console is None:
                click.echo(line, err=True)
                return
            from rich.text import Text  # noqa: PLC0415 - see __init__

            self._console.print(Text(line), soft_wrap=True)


def _terminal() -> "Console":
    from rich.console import Console  # noqa: PLC0415 - see Voice

    class Ours(Console):
        def on_broken_pipe(self) -> None:
            """Let whoever speaks decide: a terminal that is gone ends no work."""
            raise BrokenPipeError

    return Ours(stderr=True, highlight=False, soft_wrap=True)
