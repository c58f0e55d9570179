"""The goals: what was asked, what came out, and whether that is enough; all from the numbers."""

from collections.abc import Iterator, Mapping, Sequence

import attrs

from bench import cases, lineup, tools
from bench.measure import Spread, Table

MEGABYTE = 10**6
WHAT: Mapping[str, str] = {
    "cpu": "CPU of the process",
    "wall": "time of the process",
    "work_cpu": "CPU of the work",
    "work_wall": "time of the work",
}


@attrs.frozen
class Ratio:
    """A row may cost at most ``asked`` times what another costs, in the same round."""

    asked: float
    case: str
    name: str
    to: str
    what: str


@attrs.frozen
class Peak:
    """A process may hold at most ``asked`` bytes in memory, with the interpreter in it."""

    asked: int
    case: str
    name: str


@attrs.frozen
class Outcome:
    """A goal beside what came out; ``met`` is ``None`` where nothing was measured."""

    goal: str
    asked: str
    measured: str
    met: bool | None

    @property
    def verdict(self) -> str:
        """Return one word for the table."""
        return {True: "met", False: "**missed**", None: "not measured"}[self.met]


# Plus a buffer for each thread, says the goal: we ask for the same without.
PEAK = 64 * MEGABYTE
RATIOS = (
    Ratio(1.05, cases.FILE, lineup.SHA256, tools.HASHLIB, "work_cpu"),
    Ratio(0.55, cases.FILE, lineup.COMMAND_TREE, tools.HUGGINGFACE, "wall"),
    Ratio(0.55, cases.FILE, lineup.TREE, tools.HUGGINGFACE, "work_wall"),
    Ratio(0.55, cases.SHARDS, lineup.COMMAND_SHA256, tools.HUGGINGFACE, "wall"),
    Ratio(0.55, cases.SHARDS, lineup.SHA256, tools.HUGGINGFACE, "work_wall"),
    Ratio(0.45, cases.SMALL, lineup.COMMAND_SHA256, tools.HUGGINGFACE, "wall"),
    Ratio(0.45, cases.SMALL, lineup.SHA256, tools.HUGGINGFACE, "work_wall"),
    Ratio(0.45, cases.SMALL_COLD, lineup.COMMAND_SHA256, tools.HUGGINGFACE, "wall"),
    Ratio(0.45, cases.SMALL_COLD, lineup.SHA256, tools.HUGGINGFACE, "work_wall"),
    Ratio(2.0, cases.AGAIN, lineup.RECALL, tools.STAT, "work_wall"),
    Ratio(1.2, cases.LOAD, lineup.LOAD_SHA256, tools.LOAD_FILE, "work_wall"),
    Ratio(1.2, cases.LOAD, lineup.LOAD_TREE, tools.LOAD_FILE, "work_wall"),
    Ratio(0.9, cases.PASSES, lineup.TOGETHER, lineup.SEPARATE, "work_cpu"),
)
PEAKS = (
    Peak(PEAK, cases.FILE, lineup.COMMAND_SHA256),
    Peak(PEAK, cases.FILE, lineup.COMMAND_TREE),
    Peak(PEAK, cases.SMALL, lineup.COMMAND_SHA256),
    Peak(PEAK, cases.SPARSE, lineup.COMMAND_TREE),
)


def outcomes(tables: Mapping[str, Table], titles: Mapping[str, str]) -> Iterator[Outcome]:
    """Yield every goal's outcome; one whose case did not run is not measured."""
    for ratio in RATIOS:
        table = tables.get(ratio.case)
        found = table.ratio(ratio.name, ratio.to, ratio.what) if table else None
        goal = f"{titles[ratio.case]}: {ratio.name} / {ratio.to}, {WHAT[ratio.what]}"
        met = found.middle <= ratio.asked if found else None
        yield Outcome(goal, f"≤ {ratio.asked}", spread_text(found), met)
    for peak in PEAKS:
        yield _peak(peak, tables.get(peak.case), titles[peak.case])


def _peak(peak: Peak, table: Table | None, title: str) -> Outcome:
    found = table.spread(peak.name, "peak") if table else None
    goal = f"{title}: {peak.name}, peak memory"
    asked = f"≤ {peak.asked // MEGABYTE} MB"
    if found is None:
        return Outcome(goal, asked, spread_text(None), None)
    return Outcome(goal, asked, f"{found.high / MEGABYTE:.0f} MB", found.high <= peak.asked)


def spread_text(spread: Spread | None, digits: int = 2) -> str:
    """Return the middle number, and the smallest and largest behind it where they differ."""
    if spread is None:
        return "-"
    low, middle, high = (f"{it:.{digits}f}" for it in (spread.low, spread.middle, spread.high))
    return middle if low == high else f"{middle} ({low} to {high})"


def missed(found: Sequence[Outcome]) -> int:
    """Return how many goals were measured and missed."""
    return sum(one.met is False for one in found)
