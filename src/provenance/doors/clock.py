"""The wall clock."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Return the present moment in UTC, to the whole second."""
    return datetime.now(UTC).replace(microsecond=0)
