"""Waiting as servers ask for it: no request goes to an origin before it wants one."""

import math
import re
import threading
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
    """Until when each origin wants no request, in seconds of a monotonic timer.

    Several threads may share one.
    """

    def __init__(
        self, longest: float, timer: Callable[[], float], pause: Callable[[float], None]
    ) -> None:
        self._longest = longest
        self._timer = timer
        self._pause = pause
        self._lock = threading.Lock()
        self._until: dict[Hashable, float] = {}

    def told(self, origin: Hashable, seconds: float) -> None:
        """Remember that an origin wants no request for so long."""
        until = self._timer() + seconds
        with self._lock:
            self._until[origin] = max(self._until.get(origin, until), until)

    def wait(self, origin: Hashable, deadline: Deadline) -> None:
        """Wait until the origin may be asked, if it is not too long; other threads may, too.

        Raises:
            SourceError: NETWORK, at once, when it is longer than is patient or left; TIMEOUT.
        """
        # Again after each pause: another thread may have been told to wait for longer.
        while (seconds := self._until.get(origin, -math.inf) - self._timer()) > 0:
            if seconds > min(self._longest, deadline.left()):
                raise SourceError(
                    f"the server wants no request for {seconds:.0f} seconds", hint="try again then"
                )
            self._pause(seconds)
