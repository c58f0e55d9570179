"""The wall clock."""

import time
from datetime import UTC, datetime


def utc_now() -> datetime:
    """Return the present moment in UTC, to the whole second."""
    return datetime.now(UTC).replace(microsecond=0)


def now_ns() -> int:
    """Return the present moment in nanoseconds since 1970, as files are stamped."""
    return time.time_ns()
