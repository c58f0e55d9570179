"""A deadline: one moment by which everything that a fetch waits for must have come."""

import threading
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Self, TypeVar

import attrs

from provenance.errors import Code, SourceError

T = TypeVar("T")


@attrs.frozen
class Deadline:
    """A moment on a monotonic timer, in seconds."""

    ends: float
    timer: Callable[[], float]

    @classmethod
    def after(cls, seconds: float, timer: Callable[[], float]) -> Self:
        """Return the deadline ``seconds`` from now."""
        return cls(timer() + seconds, timer)

    def left(self) -> float:
        """Return how many seconds are left, more than none.

        Raises:
            SourceError: TIMEOUT, when none are.
        """
        left = self.ends - self.timer()
        if left <= 0:
            raise too_slow()
        return left

    def wait_for(self, work: Callable[[], T]) -> T:
        """Return what ``work`` returns, but wait no longer; it may raise SourceError only.

        For what cannot be interrupted, as the system's resolver: it is left behind in its thread.

        Raises:
            SourceError: TIMEOUT, or what ``work`` raised.
        """
        box: SimpleQueue[tuple[T] | SourceError] = SimpleQueue()

        def run() -> None:
            try:
                box.put((work(),))
            except SourceError as error:
                box.put(error)

        threading.Thread(target=run, daemon=True).start()
        try:
            outcome = box.get(timeout=self.left())
        except Empty:
            raise too_slow() from None
        if isinstance(outcome, SourceError):
            raise outcome
        return outcome[0]


class SharedTime:
    """So many seconds for work of many parts, from the moment that the first of them asks.

    Several threads may share one.
    """

    def __init__(self, seconds: float, timer: Callable[[], float] = time.monotonic) -> None:
        self.seconds = seconds
        self._timer = timer
        self._lock = threading.Lock()
        self._deadline: Deadline | None = None

    def left(self) -> float:
        """Return how many seconds are left, more than none.

        Raises:
            SourceError: TIMEOUT, when none are.
        """
        with self._lock:
            if self._deadline is None:
                self._deadline = Deadline.after(self.seconds, self._timer)
        return self._deadline.left()


def too_slow() -> SourceError:
    """Return the error of whoever did not answer in time."""
    return SourceError("the answer did not come in time", hint="try again later", code=Code.TIMEOUT)
