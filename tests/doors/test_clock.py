import time
from datetime import UTC

import pytest

from provenance.doors.clock import TICK_NS, now_ns, settle, utc_now


def test_now_is_a_whole_second_in_utc() -> None:
    assert utc_now().tzinfo is UTC
    assert utc_now().microsecond == 0


def test_the_moment_is_that_of_the_files() -> None:
    assert abs(now_ns() - time.time_ns()) < 10**10


def test_an_old_change_is_not_waited_for() -> None:
    before = time.monotonic()

    for _ in range(1000):
        settle(now_ns() - TICK_NS)

    assert time.monotonic() - before < 1


@pytest.mark.parametrize("ahead", [0, 10**12])
def test_a_fresh_change_is_waited_for_and_no_longer_than_a_tick(ahead: int) -> None:
    before = time.monotonic_ns()

    settle(now_ns() + ahead)

    assert TICK_NS / 2 < time.monotonic_ns() - before < 100 * TICK_NS
