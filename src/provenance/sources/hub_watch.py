"""Waiting for the Hub client, which itself would wait for ever."""

from collections.abc import Callable, Generator
from contextlib import closing
from math import inf
from queue import Empty, SimpleQueue
from threading import Event, Thread
from time import monotonic
from typing import TypeVar

from provenance.doors.journal import noted
from provenance.errors import Code, ProvenanceError, ReleaseError, SourceError
from provenance.sources.hub_errors import translated, transport

T = TypeVar("T")

# Seconds to wait before a question is asked again.
PAUSES = (0.2, 1.0)


def asked_again(question: Callable[[], T]) -> T:
    """Return the answer to a question that the client itself asks only once.

    It is asked again where the connection was lost, at most as often as there are pauses: all calls
    share one pool of connections, which the client closes under all of them when one fails.
    """
    from huggingface_hub.errors import HfHubHTTPError  # noqa: PLC0415 - heavy

    for pause in PAUSES:
        try:
            return question()
        except HfHubHTTPError:
            raise  # An answer, if a bad one.
        except (transport(), RuntimeError):
            Event().wait(pause)
    return question()


def watched(
    work: Callable[[Callable[[T], None]], None],
    *,
    what: str,
    stall: float,
    seconds: float = inf,
) -> Generator[T, None, None]:
    """Yield what ``work`` hands to the function it is given, as it comes, from another thread.

    The client has no time limit of its own for lists, and sleeps as long as a server tells it to.
    After ``stall`` seconds without a sign of life, or ``seconds`` in all, the thread is left
    behind, and ends at its next.

    Raises:
        SourceError: NETWORK, when nothing came for ``stall`` seconds, or not all in ``seconds``.
        ProvenanceError: whatever ``work`` raised, translated.
    """
    came = _handed(work, what, stall, seconds)
    with noted(f"from the Hub: {what}") as entry, closing(came):
        for item in came:
            # Downloads hand over how many bytes came; everything else, what was said.
            if isinstance(item, int):
                entry.add(item)
            yield item


def _handed(
    work: Callable[[Callable[[T], None]], None], what: str, stall: float, seconds: float
) -> Generator[T, None, None]:
    channel: SimpleQueue[tuple[T] | ProvenanceError | None] = SimpleQueue()
    abandoned = Event()

    def hand_over(item: T) -> None:
        if abandoned.is_set():
            raise SourceError(f"{what}: nobody waits any more")
        channel.put((item,))

    def run() -> None:
        # What stays when something comes up that has no name: never a quiet end.
        end: ProvenanceError | None = _nameless(what)
        try:
            with translated(what):
                work(hand_over)
            end = None
        except ProvenanceError as error:
            end = error
        finally:
            channel.put(end)

    Thread(target=run, name="provenance-hub", daemon=True).start()
    end = monotonic() + seconds
    try:
        while (got := channel.get(timeout=stall)) is not None:
            if isinstance(got, ProvenanceError):
                raise got
            if monotonic() > end:
                raise _late(what, f"not all came in {seconds:g} seconds")
            yield got[0]
    except Empty:
        raise _late(what, f"nothing came for {stall:g} seconds") from None
    finally:
        abandoned.set()


def _nameless(what: str) -> ReleaseError:
    return ReleaseError(
        f"{what}: the answer makes no sense", hint="do not trust this server", code=Code.HUB_ANSWER
    )


def _late(what: str, why: str) -> SourceError:
    return SourceError(f"{what}: {why}", hint="try again later", code=Code.NETWORK)
