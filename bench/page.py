"""The result as a page: the goals first, then one table for each case, floors and peers in it."""

from collections.abc import Iterator, Sequence

import attrs

from bench.cases import Case
from bench.goals import MEGABYTE, Outcome, spread_text
from bench.measure import Table, Tool

COLUMNS = (
    "tool",
    "process, s",
    "process CPU, s",
    "peak, MB",
    "work, s",
    "work CPU, s",
)


@attrs.frozen
class Ran:
    """A case with the tools that it had here, their samples, and what a reader must know."""

    case: Case
    tools: Sequence[Tool]
    table: Table
    notes: Sequence[str] = ()


@attrs.frozen
class Result:
    """Everything of one run."""

    command: str
    when: str
    machine: Sequence[tuple[str, str]]
    versions: Sequence[tuple[str, str]]
    ran: Sequence[Ran]
    outcomes: Sequence[Outcome]


def page(result: Result) -> str:
    """Return the page in Markdown."""
    return "\n".join(_lines(result)) + "\n"


def _lines(result: Result) -> Iterator[str]:
    yield f"""# What hashing costs

Written by `{result.command}` on {result.when}, and by nobody's hand. Every tool runs in a process
of its own, all tools in turn, round by round, on the same seeded data. Before anything is timed,
every tool runs once, and all that name a digest of one kind have to agree on it. Numbers are the
median of the rounds, with the smallest and the largest; a ratio is taken between neighbours in one
round, and its median is what counts. *Process* is all of it, from start to end, with the
interpreter and its imports; *work* is measured inside the process, after the imports, where a tool
is a library. CPU is user and system time of all threads. Peak memory is that process's alone;
nothing under about 10 MB can be told apart. *Hot* data lies in memory; *cold* data was dropped from
it before each process.
"""
    yield from (f"- {name}: {value}" for name, value in (*result.machine, *result.versions))
    yield ""
    yield "## Goals\n\n| goal | asked | measured | verdict |\n| --- | --- | --- | --- |"
    for one in result.outcomes:
        yield f"| {one.goal} | {one.asked} | {one.measured} | {one.verdict} |"
    for ran in result.ran:
        yield from _case(ran)


def _case(ran: Ran) -> Iterator[str]:
    rounds = "round" if ran.case.rounds == 1 else "rounds"
    yield f"\n## {ran.case.title}\n\n{ran.case.rounds} {rounds}. {' '.join(ran.notes)}".rstrip()
    columns = [*COLUMNS, f"work / {ran.case.compared}"] if ran.case.compared else COLUMNS
    yield f"\n| {' | '.join(columns)} |\n| {' | '.join('---' for _ in columns)} |"
    for tool in ran.tools:
        yield f"| {' | '.join(_row(tool, ran))} |"
    if faster := sorted(_faster(ran)):
        yield f"\nFaster here than the fastest row of ours: {', '.join(faster)}."


def _row(tool: Tool, ran: Ran) -> Iterator[str]:
    yield f"{tool.name} (floor)" if tool.floor else tool.name
    for what in ("wall", "cpu"):
        yield spread_text(ran.table.spread(tool.name, what), 3)
    peak = ran.table.spread(tool.name, "peak")
    yield f"{peak.high / MEGABYTE:.0f}" if peak else "-"
    for what in ("work_wall", "work_cpu"):
        yield spread_text(ran.table.spread(tool.name, what), 3)
    if ran.case.compared:
        yield spread_text(ran.table.ratio(tool.name, ran.case.compared, "work_wall"))


def _faster(ran: Ran) -> Iterator[str]:
    """Yield the peers whose process is done before any of ours."""
    times = {tool: ran.table.spread(tool.name, "wall") for tool in ran.tools if not tool.floor}
    middles = {tool: time.middle for tool, time in times.items() if time}
    ours = [time for tool, time in middles.items() if tool.ours]
    for tool, time in middles.items():
        if not tool.ours and ours and time < min(ours):
            yield f"{tool.name} ({tool.claim})" if tool.claim else tool.name
