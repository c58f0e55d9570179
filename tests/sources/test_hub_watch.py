import threading
from collections.abc import Callable

import pytest
from huggingface_hub.errors import HfHubHTTPError

from provenance.errors import Code, ReleaseError, SourceError
from provenance.sources.hub_watch import asked_again, watched

TRANSPORT: type[Exception] = HfHubHTTPError.__bases__[0]


def test_what_is_handed_over_comes_in_order() -> None:
    def work(hand_over: Callable[[int], None]) -> None:
        for number in range(5):
            hand_over(number)

    assert list(watched(work, what="it", stall=5)) == [0, 1, 2, 3, 4]


def test_an_error_comes_after_what_was_handed_over() -> None:
    seen: list[int] = []

    def work(hand_over: Callable[[int], None]) -> None:
        hand_over(1)
        raise ReleaseError("no", code=Code.HUB_MISMATCH)

    with pytest.raises(ReleaseError) as caught:
        seen.extend(watched(work, what="it", stall=5))

    assert seen == [1]
    assert caught.value.code is Code.HUB_MISMATCH


def test_an_exception_of_the_client_is_translated() -> None:
    def work(_: Callable[[int], None]) -> None:
        raise KeyError("sha")

    with pytest.raises(ReleaseError) as caught:
        list(watched(work, what="it", stall=5))

    assert caught.value.code is Code.HUB_ANSWER


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_exception_without_a_name_never_ends_quietly() -> None:
    class OddError(Exception):
        pass

    before = set(threading.enumerate())

    def work(hand_over: Callable[[int], None]) -> None:
        hand_over(1)
        raise OddError

    with pytest.raises(ReleaseError) as caught:
        list(watched(work, what="it", stall=5))
    for thread in threading.enumerate():
        if thread not in before:
            thread.join()

    assert caught.value.code is Code.HUB_ANSWER


def test_nobody_waits_longer_than_told() -> None:
    release = threading.Event()

    def work(hand_over: Callable[[int], None]) -> None:
        hand_over(1)
        release.wait(30)

    with pytest.raises(SourceError) as caught:
        list(watched(work, what="it", stall=0.2))
    release.set()

    assert caught.value.code is Code.NETWORK


def test_work_that_was_left_behind_ends_at_its_next_sign_of_life() -> None:
    left, ended = threading.Event(), threading.Event()

    def work(hand_over: Callable[[int], None]) -> None:
        hand_over(1)
        left.wait(30)
        try:
            hand_over(2)
        finally:
            ended.set()

    stream = watched(work, what="it", stall=5)
    assert next(stream) == 1
    stream.close()
    left.set()

    assert ended.wait(10)


class Line:
    """A connection that is lost so many times before an answer comes."""

    def __init__(self, lost: int, error: Exception) -> None:
        self.lost = lost
        self.error = error
        self.asked = 0

    def __call__(self) -> str:
        self.asked += 1
        if self.asked <= self.lost:
            raise self.error
        return "answer"


@pytest.mark.parametrize("lost", [0, 1, 2])
def test_a_question_is_asked_again_when_the_connection_is_lost(lost: int) -> None:
    line = Line(lost, TRANSPORT("lost"))

    assert asked_again(line) == "answer"
    assert line.asked == lost + 1


def test_a_question_is_not_asked_for_ever() -> None:
    line = Line(9, TRANSPORT("lost"))

    with pytest.raises(TRANSPORT):
        asked_again(line)

    assert line.asked == 3


def test_an_answer_that_makes_no_sense_is_not_asked_for_again() -> None:
    line = Line(9, KeyError("sha"))

    with pytest.raises(KeyError):
        asked_again(line)

    assert line.asked == 1


def test_signs_of_life_are_not_enough_for_ever() -> None:
    def work(hand_over: Callable[[int], None]) -> None:
        while True:
            hand_over(1)
            threading.Event().wait(0.01)

    with pytest.raises(SourceError) as caught:
        list(watched(work, what="it", stall=5, seconds=0.1))

    assert caught.value.code is Code.NETWORK
    assert "not all came in 0.1 seconds" in caught.value.what
