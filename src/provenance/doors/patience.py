"""Waiting as servers ask for it: no request goes to an origin before it wants one."""

import re
from collections.abc import Callable, Hashable
from datetime import datetime
from email.utils import parsedate_to_datetime

from provenance.doors.deadline import Deadline
from provenance.errors import SourceError

_SECONDS = re.compile(r"[0-9]{1,9}")
_DATE = re.compile(r"[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT")


def retry_after(value: str | None, now: datetime) -> float | None:
    """Return how many seconds a Retry-After header asks for; ``None`` if it says nothing.

    It is a number of seconds or a date (RFC 9110, section 10.2.3); a date that is past is 0.
    """
    if value is None:
        return None
    if _SECONDS.fullmatch(value):
        return float(value)
    if not _DATE.fullmatch(value):
        return None
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (moment - now).total_seconds())


class Patience:
    """Until when each origin wants no request, in seconds of a monotonic timer."""

    def __init__(
        self, longest: float, timer: Callable[[], float], pause: Callable[[float], None]
    ) -> None:
        self._longest = longest
        self._timer = timer
        self._pause = pause
        self._until: dict[Hashable, float] = {}

    def told(self, origin: Hashable, seconds: float) -> None:
        """Remember that an origin wants no request for so long."""
        self._until[origin] = max(self._until.get(origin, 0.0), self._timer() + seconds)

    def wait(self, origin: Hashable, deadline: Deadline) -> None:
        """Wait until the origin may be asked, if it is not too long.

        Raises:
            SourceError: NETWORK, at once, when it is longer than is patient or left.
        """
        if origin not in self._until:
            return
        seconds = self._until[origin] - self._timer()
        if seconds > min(self._longest, deadline.left()):
            raise SourceError(
                f"the server wants no request for {seconds:.0f} seconds", hint="try again then"
            )
        if seconds > 0:
            self._pause(seconds)
        self._until.pop(origin, None)
