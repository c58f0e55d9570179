import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from bench.measure import (
    Disagreement,
    Sample,
    Spread,
    Table,
    Tool,
    agreed,
    rounds,
    run,
    sum_digests,
)

MEBIBYTE = 2**20


def says(name: str, text: str, claim: str = "sha256") -> Tool:
    """Return a tool that prints a text."""
    return Tool(name, ("printf", "%s", text), claim, sum_digests)


def table(**walls: Sequence[float]) -> Table:
    return Table({name: tuple(Sample(one, 1, 1) for one in times) for name, times in walls.items()})


def test_tools_that_agree_may_be_timed(tmp_path: Path) -> None:
    tools = [says("a", "00  x\n11  y\n"), says("b", "11  ./y\n00  ./x\n"), says("c", "", "")]

    assert agreed(tools, tmp_path, 2) == {"sha256": {"x": "00", "y": "11"}}


@pytest.mark.parametrize(
    ("second", "why"),
    [
        ("01  x\n", "b and a differ in sha256"),
        ("00  z\n", "b and a differ in sha256"),
        ("", "b gave 0 of 1 digests"),
    ],
)
def test_nothing_is_timed_when_two_tools_differ(tmp_path: Path, second: str, why: str) -> None:
    with pytest.raises(Disagreement, match=why):
        agreed([says("a", "00  x\n"), says("b", second)], tmp_path, 1)


def test_digests_of_different_kinds_need_not_be_equal(tmp_path: Path) -> None:
    tools = [says("a", "00  x\n"), says("b", "01  x\n", "blake3")]

    assert set(agreed(tools, tmp_path, 1)) == {"sha256", "blake3"}


def test_a_tool_that_fails_is_not_measured(tmp_path: Path) -> None:
    with pytest.raises(Disagreement, match="a ended with 1"):
        run(Tool("a", ("false",)), tmp_path)


def test_a_tool_that_is_not_there_is_not_measured(tmp_path: Path) -> None:
    with pytest.raises(Disagreement, match="no-such-tool"):
        run(Tool("a", ("no-such-tool",)), tmp_path)


def test_a_process_is_charged_with_its_own_memory_and_time_only(tmp_path: Path) -> None:
    ours = bytearray(256 * MEBIBYTE)
    hungry = "held = bytearray(100 * 2**20); sum(range(10**6))"

    idle, _ = run(Tool("idle", ("true",)), tmp_path)
    busy, _ = run(Tool("busy", (sys.executable, "-I", "-S", "-c", hungry)), tmp_path)

    assert idle.peak < 64 * MEBIBYTE < len(ours)
    assert 100 * MEBIBYTE < busy.peak < 164 * MEBIBYTE
    assert idle.cpu < busy.cpu <= busy.wall * 1.5


def test_every_round_has_every_tool(tmp_path: Path) -> None:
    turns = []

    found = rounds(
        [says("a", ""), says("b", "")], tmp_path, 3, lambda tool: turns.append(tool.name)
    )

    assert turns == ["a", "b", "b", "a", "a", "b"]
    assert [len(samples) for samples in found.rows.values()] == [3, 3]


def test_a_ratio_is_taken_between_neighbours_in_one_round() -> None:
    # A machine that slows down: the ratio of the medians would be 1.
    found = table(ours=[1, 2, 30], peer=[2, 4, 60]).ratio("ours", "peer", "wall")

    assert found == Spread(0.5, 0.5, 0.5)


def test_what_was_not_measured_has_no_ratio() -> None:
    found = table(ours=[1.0], peer=[2.0])

    assert found.ratio("ours", "nobody", "wall") is None
    assert found.ratio("ours", "peer", "work_wall") is None
    assert found.spread("nobody", "wall") is None


def test_a_tool_that_cannot_be_prepared_is_not_measured(tmp_path: Path) -> None:
    with pytest.raises(Disagreement, match=r"a could not be prepared: .*no such"):
        run(Tool("a", ("true",), before=("sh", "-c", "echo no such >&2; exit 1")), tmp_path)
