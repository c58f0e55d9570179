"""The voice: progress and messages on standard error, never raw text from a release."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum, unique

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TaskID,
    TextColumn,
    TransferSpeedColumn,
)
from rich.text import Text

from provenance.errors import ProvenanceError
from provenance.text.untrusted import printable
from provenance.values.verdict import Verdict

# Long enough for a path and a reason, short enough that a report stays one screen wide.
LONGEST_TEXT = 400


@unique
class Loudness(IntEnum):
    """How much is said on the way."""

    QUIET = 0
    NORMAL = 1
    VERBOSE = 2


class Voice:
    """Says what is being done: a bar on a terminal, plain lines else, nothing when quiet."""

    def __init__(self, loudness: Loudness, console: Console | None = None) -> None:
        """Speak on standard error; color only where ``rich`` finds it fitting (``NO_COLOR``)."""
        self._loudness = loudness
        self._console = console or Console(stderr=True, highlight=False, soft_wrap=True)
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._lock = threading.Lock()

    @contextmanager
    def working(self) -> Iterator["Voice"]:
        """Show a progress bar while the block runs, where there is a terminal to show it on."""
        if self._loudness is Loudness.QUIET or not self._console.is_terminal:
            yield self
            return
        columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
        with Progress(
            *columns, TransferSpeedColumn(), console=self._console, transient=True
        ) as bar:
            self._bar = bar
            yield self
        self._bar = None

    def step(self, what: str) -> None:
        """Say what is being done now."""
        line = printable(what, LONGEST_TEXT)
        if self._bar is not None:
            self._task = self._bar.add_task(line, total=None)
        elif self._loudness > Loudness.QUIET:
            self._console.print(Text(line))

    def expect(self, size: int) -> None:
        """Give the current step a length in bytes."""
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, total=size)

    def advance(self, size: int) -> None:
        """Move the current step on by so many bytes; called from any thread."""
        if self._bar is not None and self._task is not None:
            with self._lock:
                self._bar.update(self._task, advance=size)

    def verdict(self, verdict: Verdict) -> None:
        """Say a verdict's reasons, where standard output holds something else."""
        for reason in verdict.reasons:
            self._console.print(
                Text(f"{type(verdict).__name__.lower()}: {printable(reason, LONGEST_TEXT)}")
            )

    def error(self, error: ProvenanceError) -> None:
        """Say one line of what is, with its code, and one of what to do."""
        self._console.print(
            Text(f"error [{error.code}]: {printable(error.what, LONGEST_TEXT)}"), soft_wrap=True
        )
        if error.hint:
            self._console.print(
                Text(f"  to do: {printable(error.hint, LONGEST_TEXT)}"), soft_wrap=True
            )
        if error.stopped_at:
            held = ", ".join(error.held) or "nothing"
            self._console.print(Text(f"  stopped at: {error.stopped_at}; held before: {held}"))
