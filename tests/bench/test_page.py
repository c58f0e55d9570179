import attrs
import pytest

from bench import cases
from bench.cases import TINY
from bench.goals import Outcome
from bench.measure import Sample, Table, Tool
from bench.page import Ran, Result, page

CASE = cases.cases(TINY)[cases.FILE]
OURS = Tool("provenance sha256", (), "sha256", ours=True)
PEER = Tool("b3sum", (), "blake3")
FLOOR = Tool("read only", (), floor=True)


def written(ours: float, peer: float) -> str:
    times = {OURS.name: ours, PEER.name: peer, FLOOR.name: 0.001}
    table = Table({name: (Sample(time, time, 10**7),) for name, time in times.items()})
    ran = Ran(CASE, (FLOOR, OURS, PEER), table, ("The disk is slow.",))
    goal = Outcome("a goal", "≤ 1", "2.00", met=False)
    return page(
        Result("make bench", "2026-01-01", [("processor", "x")], [("b3sum", "1")], (ran,), (goal,))
    )


def test_a_row_in_which_a_peer_is_faster_stays_and_is_pointed_at() -> None:
    text = written(ours=2, peer=1)

    assert "| b3sum | 1.000 |" in text
    assert "Faster here than the fastest row of ours: b3sum (blake3)." in text


def test_nobody_is_called_faster_who_is_not() -> None:
    assert "Faster here" not in written(ours=1, peer=2)


@pytest.mark.parametrize(
    "said",
    [
        "| read only (floor) | 0.001 |",
        "| a goal | ≤ 1 | 2.00 | **missed** |",
        "- processor: x",
        "- b3sum: 1",
        "The disk is slow.",
        "Written by `make bench` on 2026-01-01",
    ],
)
def test_the_page_says_what_a_reader_needs(said: str) -> None:
    assert said in written(ours=1, peer=2)


def test_a_case_without_a_peer_to_compare_has_no_ratios() -> None:
    ran = Ran(attrs.evolve(CASE, compared=""), (), Table({}))

    assert "work /" not in page(Result("", "", (), (), (ran,), ()))
