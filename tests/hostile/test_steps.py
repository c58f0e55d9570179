"""What a text costs grows as it does, and not with the square of it: counted, for every reader."""

import sys
import time
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

import pytest

from provenance.errors import ProvenanceError
from tests.hostile.readers import KINDS, PARTS, Read, given, readers

CASES = [
    pytest.param(given(reader, kind), kind, id=f"{name}-{kind.path or 'text'}")
    for name, reader in readers()
    for kind in KINDS.get(name, ())
]
#: Bytes of the first text whose steps are counted, in a reduced run and in a full one.
REDUCED, FULL = 500, 1000
LARGE = 3500
#: What twice the text may add, where a text of the first size added one.
MOST_GROWTH = 2.7
#: Below so many steps to a byte, or so many seconds, growth says nothing.
FEW, SOON = 2, 0.15
ATTEMPTS = 3


def text(unit: bytes, size: int) -> bytes:
    return unit * (size // len(unit))


def steps(read: Callable[[bytes], object], data: bytes) -> int:
    """Count the calls, of Python and of what is written in C, that reading a text takes."""
    count = 0

    def called(_: FrameType, event: str, __: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        with suppress(ProvenanceError):
            read(data)
    finally:
        sys.setprofile(before)
    return count


def seconds(read: Callable[[bytes], object], data: bytes) -> float:
    started = time.process_time()
    with suppress(ProvenanceError):
        read(data)
    return time.process_time() - started


def test_every_reader_has_a_kind() -> None:
    known = {name for name, _ in readers()}

    assert known == {*KINDS, *PARTS}
    assert not KINDS.keys() & PARTS


@pytest.mark.parametrize(("read", "kind"), CASES)
def test_twice_the_text_takes_about_twice_the_steps(
    read: Callable[[bytes], object], kind: Read, how_many: Callable[[int, int], int]
) -> None:
    size = how_many(REDUCED, FULL)
    steps(read, text(kind.units[0], size))  # What is loaded once is loaded now.
    for unit in kind.units:
        one, two, four = (steps(read, text(unit, size * times)) for times in (1, 2, 4))
        assert four - two <= MOST_GROWTH * max(two - one, FEW * size), (unit, one, two, four)


@pytest.mark.parametrize(("read", "kind"), CASES)
def test_four_times_the_text_takes_no_nine_times_the_work_of_patterns(
    read: Callable[[bytes], object], kind: Read
) -> None:
    # Patterns and copies run in C, where nobody counts: time has to do. One good attempt is enough,
    # as a busy machine only makes things slower; the square of a size is never linear.
    for unit in kind.units:
        large = seconds(read, text(unit, 4 * LARGE))
        if large < SOON:
            continue
        growth = []
        for _ in range(ATTEMPTS):
            growth.append(large / max(seconds(read, text(unit, LARGE)), 1e-3))
            if growth[-1] <= 9:
                break
            large = seconds(read, text(unit, 4 * LARGE))
        assert min(growth) <= 9, (unit, growth)
