import threading

import pytest

from provenance.doors.deadline import Deadline, SharedTime
from provenance.errors import Code, SourceError
from tests.doors.wires import Timer


def test_what_is_left_becomes_less() -> None:
    timer = Timer()
    deadline = Deadline.after(5, timer.read)

    timer.pause(2)

    assert deadline.left() == 3


@pytest.mark.parametrize("seconds", [5, 6])
def test_nothing_is_left_at_the_deadline_and_after_it(seconds: float) -> None:
    timer = Timer()
    deadline = Deadline.after(5, timer.read)
    timer.pause(seconds)

    with pytest.raises(SourceError) as caught:
        deadline.left()

    assert caught.value.code is Code.TIMEOUT


def test_work_in_time_gives_its_result() -> None:
    assert Deadline.after(5, Timer().read).wait_for(lambda: "done") == "done"


def test_work_that_fails_raises_its_error() -> None:
    def work() -> str:
        raise SourceError("no such host")

    with pytest.raises(SourceError, match="no such host"):
        Deadline.after(5, Timer().read).wait_for(work)


def test_work_that_does_not_end_is_left_behind() -> None:
    over = threading.Event()

    with pytest.raises(SourceError) as caught:
        Deadline.after(0.05, Timer().read).wait_for(lambda: over.wait(30))

    over.set()
    assert caught.value.code is Code.TIMEOUT


def test_a_shared_time_begins_when_it_is_first_asked_for() -> None:
    moments = iter((100.0, 100.0, 104.0, 110.0))
    time = SharedTime(10, lambda: next(moments))

    assert (time.left(), time.left()) == (10, 6)
    with pytest.raises(SourceError) as caught:
        time.left()
    assert caught.value.code is Code.TIMEOUT
