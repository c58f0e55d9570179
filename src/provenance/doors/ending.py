"""The end by a signal: what is undone before it, and how long that may take.

The main thread unwinds as from any exception. Threads that wait for a server or a child cannot be
interrupted: what they hold is undone for them, and the process does not wait for them.
"""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn

# Seconds for the main thread to unwind before the process ends without it.
GRACE = 2.0
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# What is open in this process and would outlive it; by itself, as a list could hold it twice.
_open: dict[object, Callable[[], None]] = {}


class Stopped(KeyboardInterrupt):
    """A signal asked this process to end; ``number`` is the signal's."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextmanager
def undone(undo: Callable[[], None]) -> Iterator[None]:
    """Have ``undo`` called if a signal ends the process while the block runs, in any thread.

    It may be called beside the block, and while the block is at its own end.
    """
    key = object()
    _open[key] = undo
    try:
        yield
    finally:
        _open.pop(key, None)


def undo_all() -> None:
    """Undo what is open now; a second call finds nothing."""
    while _open:
        with suppress(KeyError):
            _, undo = _open.popitem()
            undo()


@contextmanager
def ended_by_signals(last_words: Callable[[int], None], grace: float = GRACE) -> Iterator[None]:
    """Turn the first SIGINT, SIGTERM or SIGHUP into :class:`Stopped`, raised in the main thread.

    After ``grace`` seconds, or at a second signal, the process ends where it stands: what is open
    is undone, ``last_words`` gets the signal's number, the exit status is 128 and that number. A
    signal that is ignored, as below ``nohup``, stays ignored.
    """

    def end(number: int) -> NoReturn:
        undo_all()
        last_words(number)
        os._exit(128 + number)

    asked: list[int] = []

    def handle(number: int, _: FrameType | None) -> None:
        if asked:
            end(asked[0])
        asked.append(number)
        late = threading.Timer(grace, end, (number,))
        late.daemon = True
        late.start()
        timers.append(late)
        raise Stopped(number)

    timers: list[threading.Timer] = []
    before = {
        one: signal.signal(one, handle)
        for one in _SIGNALS
        if signal.getsignal(one) is not signal.SIG_IGN
    }
    try:
        yield
    finally:
        for late in timers:
            late.cancel()
        for one, handler in before.items():
            signal.signal(one, handler)


def leave(status: int) -> NoReturn:
    """End the process, without waiting for threads that a signal left behind."""
    undo_all()
    others = (one for one in threading.enumerate() if one is not threading.current_thread())
    if any(not one.daemon for one in others):
        os._exit(status)
    raise SystemExit(status)
