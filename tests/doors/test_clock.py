from datetime import UTC

from provenance.doors.clock import utc_now


def test_now_is_a_whole_second_in_utc() -> None:
    assert utc_now().tzinfo is UTC
    assert utc_now().microsecond == 0
