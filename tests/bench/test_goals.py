from collections.abc import Mapping

import pytest

from bench import cases, lineup
from bench.cases import FULL
from bench.goals import MEGABYTE, RATIOS, outcomes
from bench.measure import Sample, Table
from bench.tools import HUGGINGFACE

TITLES: Mapping[str, str] = {case.id: case.title for case in cases.cases(FULL).values()}


def measured(ours: float, peer: float, peak: int) -> Mapping[str, Table]:
    rows = {
        lineup.TREE: (Sample(ours, ours, peak, ours, ours),),
        lineup.COMMAND_TREE: (Sample(ours, ours, peak),),
        HUGGINGFACE: (Sample(peer, peer, peak, peer, peer),),
    }
    return {cases.FILE: Table(rows)}


def verdicts(tables: Mapping[str, Table], goal: str) -> list[str]:
    return [
        one.verdict
        for one in outcomes(tables, TITLES)
        if one.goal.startswith(TITLES[cases.FILE]) and goal in one.goal
    ]


@pytest.mark.parametrize(("ours", "verdict"), [(5.4, "met"), (5.6, "**missed**")])
def test_a_verdict_follows_from_the_numbers(ours: float, verdict: str) -> None:
    found = verdicts(measured(ours, 10, 0), f"tree-sha256 / {HUGGINGFACE}")

    assert found == [verdict, verdict]


@pytest.mark.parametrize(("megabytes", "verdict"), [(64, "met"), (67, "**missed**")])
def test_memory_has_a_verdict_too(megabytes: int, verdict: str) -> None:
    found = verdicts(measured(1, 1, megabytes * MEGABYTE), f"{lineup.COMMAND_TREE}, peak")

    assert found == [verdict]


def test_what_did_not_run_is_neither_met_nor_missed() -> None:
    assert {one.verdict for one in outcomes({}, TITLES)} == {"not measured"}


def test_every_goal_names_rows_that_exist() -> None:
    known = {case.id for case in cases.cases(FULL).values()}

    assert {ratio.case for ratio in RATIOS} <= known
    assert set(cases.IDS) == known
