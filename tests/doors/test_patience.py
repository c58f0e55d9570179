from datetime import UTC, datetime

import pytest

from provenance.doors.deadline import Deadline
from provenance.doors.patience import Patience, retry_after
from provenance.errors import Code, SourceError
from tests.doors.wires import Timer

NOW = datetime(2026, 5, 6, 7, 8, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0),
        ("120", 120),
        ("Wed, 06 May 2026 07:08:19 GMT", 10),
        ("Wed, 06 May 2026 07:08:00 GMT", 0),
        (None, None),
        ("", None),
        ("-1", None),
        ("1.5", None),
        ("1" * 10, None),
        ("soon", None),
        ("\u0661", None),
        ("Wed, 99 May 2026 07:08:19 GMT", None),
        ("Wed, 06 May 2026 07:08:19 +9999999999", None),
    ],
)
def test_retry_after_is_seconds_or_a_date_or_nothing(
    value: str | None, seconds: float | None
) -> None:
    assert retry_after(value, NOW) == seconds


def test_an_origin_is_asked_again_only_after_its_time() -> None:
    timer = Timer()
    patience = Patience(20, timer.read, timer.pause)
    patience.told("a", 7)
    patience.told("a", 3)
    timer.pause(1)

    patience.wait("a", Deadline.after(60, timer.read))
    patience.wait("a", Deadline.after(60, timer.read))
    patience.wait("b", Deadline.after(60, timer.read))

    assert timer.paused == [1, 6]


def test_a_time_that_is_over_needs_no_pause() -> None:
    timer = Timer()
    patience = Patience(20, timer.read, timer.pause)
    patience.told("a", 7)
    timer.pause(8)

    patience.wait("a", Deadline.after(60, timer.read))

    assert timer.paused == [8]


@pytest.mark.parametrize(("longest", "left"), [(20, 60), (60, 20)])
def test_a_long_time_is_an_error_at_once_and_again(longest: float, left: float) -> None:
    timer = Timer()
    patience = Patience(longest, timer.read, timer.pause)
    patience.told("a", 21)

    for _ in range(2):
        with pytest.raises(SourceError, match="21 seconds") as caught:
            patience.wait("a", Deadline.after(left, timer.read))
        assert caught.value.code is Code.NETWORK

    assert timer.paused == []


def test_who_waits_is_told_to_wait_longer_meanwhile() -> None:
    timer = Timer()

    def pause(seconds: float) -> None:
        if not timer.paused:
            patience.told("a", 7)
        timer.pause(seconds)

    patience = Patience(20, timer.read, pause)
    patience.told("a", 3)

    patience.wait("a", Deadline.after(60, timer.read))

    assert timer.paused == [3, 4]
