"""The wall clock."""

import time
from datetime import UTC, datetime

TICK_NS = 20 * 10**6


def utc_now() -> datetime:
    """Return the present moment in UTC, to the whole second."""
    return datetime.now(UTC).replace(microsecond=0)


def now_ns() -> int:
    """Return the present moment in nanoseconds since 1970, as files are stamped."""
    return time.time_ns()


def settle(changed_ns: int) -> None:
    """Wait until a file that was changed at a moment would show a further change.

    File systems take the time of a change from a clock that ticks every few milliseconds (Linux:
    up to ten, where timestamps are not multigrain): two changes within a tick look like one.
    """
    left = changed_ns + TICK_NS - time.time_ns()
    if left > 0:
        # No longer for a server whose clock is ahead of ours.
        time.sleep(min(left, TICK_NS) / 10**9)
