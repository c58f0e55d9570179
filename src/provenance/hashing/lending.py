"""One open file for all threads that read parts of it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import Lock

from provenance.hashing.wants import Want
from provenance.hashing.work import Files, Opened, opened


class Lender:
    """Opens each file once, lends it as often as was expected, and closes it after the last."""

    def __init__(self, files: Files) -> None:
        """Begin with no file open."""
        self._files = files
        self._lock = Lock()
        self._left: dict[str, int] = {}
        self._open: dict[str, tuple[ExitStack, Opened]] = {}

    def expect(self, want: Want, times: int) -> None:
        """Say how often a file will be asked for in all; the first word counts."""
        self._left.setdefault(want.path, times)

    @contextmanager
    def opened(self, want: Want) -> Iterator[Opened]:
        """Lend a file: see :func:`provenance.hashing.work.opened`."""
        try:
            yield self._lent(want)
        finally:
            self._returned(want)

    def _lent(self, want: Want) -> Opened:
        with self._lock:
            if want.path not in self._open:
                stack = ExitStack()
                self._open[want.path] = stack, stack.enter_context(opened(self._files, want))
            return self._open[want.path][1]

    def _returned(self, want: Want) -> None:
        with self._lock:
            self._left[want.path] -= 1
            if self._left[want.path] == 0 and (lent := self._open.pop(want.path, None)):
                lent[0].close()

    def close(self) -> None:
        """Close what is still open, because the work ended early."""
        with self._lock:
            for stack, _ in self._open.values():
                stack.close()
            self._open.clear()
