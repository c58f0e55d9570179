"""Measuring: one process for each tool and round, all tools in turn, and what each of them cost."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median

import attrs

from bench.machine import ROOT

Digests = Mapping[str, str]
Read = Callable[[str], Digests]
_GAUGE = ROOT / "bench/gauge.py"


class Disagreement(Exception):  # noqa: N818 - it says what is wrong
    """A tool failed, or two tools that name one digest do not agree on it."""


@attrs.frozen
class Tool:
    """A command that does the work once; ``claim`` names the digest that it prints, if any.

    ``before`` is a command that is run before each turn, and not measured; ``check`` are arguments
    that make it print what is compared, where that costs more than the work.
    """

    name: str
    command: tuple[str, ...]
    claim: str = ""
    read: Read = attrs.field(default=lambda _: {})
    floor: bool = False
    ours: bool = False
    before: tuple[str, ...] = ()
    check: tuple[str, ...] = ()


@attrs.frozen
class Sample:
    """What one process cost, in seconds and bytes; ``work`` is measured inside, where it can be."""

    wall: float
    cpu: float
    peak: int
    work_wall: float | None = None
    work_cpu: float | None = None


@attrs.frozen
class Spread:
    """The smallest, the middle and the largest of several numbers."""

    low: float
    middle: float
    high: float

    @classmethod
    def of(cls, numbers: Sequence[float]) -> "Spread":
        """Return the spread of at least one number."""
        return cls(min(numbers), median(numbers), max(numbers))


@attrs.frozen
class Table:
    """The samples of all tools, round by round, on the same data."""

    rows: Mapping[str, tuple[Sample, ...]]

    def spread(self, name: str, what: str) -> Spread | None:
        """Return how a tool's cost spreads; ``None`` where it cannot be measured."""
        numbers = [getattr(sample, what) for sample in self.rows.get(name, ())]
        return Spread.of(numbers) if numbers and None not in numbers else None

    def ratio(self, name: str, to: str, what: str) -> Spread | None:
        """Return how one tool's cost stands to another's in the same round; ``None`` as above."""
        pairs = zip(self.rows.get(name, ()), self.rows.get(to, ()), strict=False)
        both = [(getattr(one, what), getattr(other, what)) for one, other in pairs]
        if not both or any(one is None or not other for one, other in both):
            return None
        return Spread.of([one / other for one, other in both])


def worker_digests(printed: str) -> Digests:
    """Read what a worker prints."""
    found: Digests = json.loads(printed)["digests"]
    return found


def sum_digests(printed: str) -> Digests:
    """Read lines of a digest, two spaces and a path."""
    pairs = [line.partition("  ") for line in printed.splitlines()]
    return {path.removeprefix("./"): digest for digest, _, path in pairs}


def agreed(tools: Sequence[Tool], folder: Path, expected: int) -> Mapping[str, Digests]:
    """Run each tool once, which also warms the caches, and hold equal claims against each other.

    Raises:
        Disagreement: when a tool fails, leaves out a file, or differs from another.
    """
    claims: dict[str, tuple[str, Digests]] = {}
    for tool in tools:
        _, printed = run(attrs.evolve(tool, command=(*tool.command, *tool.check)), folder)
        if not tool.claim:
            continue
        digests = tool.read(printed)
        if len(digests) != expected:
            raise Disagreement(f"{tool.name} gave {len(digests)} of {expected} digests")
        first, known = claims.setdefault(tool.claim, (tool.name, digests))
        if known != digests:
            raise Disagreement(f"{tool.name} and {first} differ in {tool.claim}")
    return {claim: digests for claim, (_, digests) in claims.items()}


def rounds(
    tools: Sequence[Tool], folder: Path, count: int, before: Callable[[Tool], None]
) -> Table:
    """Run all tools one after the other, ``count`` times; ``before`` is called before each."""
    rows: dict[str, list[Sample]] = {tool.name: [] for tool in tools}
    for turn in range(count):
        # Another one begins in each round: the first in line pays for what the last one left.
        for tool in (*tools[turn % len(tools) :], *tools[: turn % len(tools)]):
            before(tool)
            rows[tool.name].append(run(tool, folder)[0])
    return Table({name: tuple(samples) for name, samples in rows.items()})


def run(tool: Tool, folder: Path) -> tuple[Sample, str]:
    """Run a tool in a folder; return what it cost and what it printed.

    Raises:
        Disagreement: when it fails.
    """
    if tool.before:
        prepared = _called(tool.before, folder)
        if prepared.returncode:
            raise Disagreement(f"{tool.name} could not be prepared: {prepared.stderr[-2000:]}")
    with tempfile.NamedTemporaryFile() as printed:
        gauge = (sys.executable, "-I", "-S", str(_GAUGE), printed.name)
        done = _called((*gauge, *tool.command), folder)
        text = Path(printed.name).read_text("utf-8")
    cost = json.loads(done.stdout) if done.returncode == 0 else {"status": done.returncode}
    if cost["status"] != 0:
        raise Disagreement(f"{tool.name} ended with {cost['status']}: {done.stderr[-2000:]}")
    inside = json.loads(text) if tool.read is worker_digests else {}
    return Sample(
        cost["wall"],
        cost["user"] + cost["system"],
        cost["peak"],
        inside.get("wall"),
        inside.get("cpu"),
    ), text


def warm(tool: Tool, folder: Path) -> None:
    """Run a tool where there is next to nothing to do; that it may find nothing is no matter."""
    _called(tool.command, folder)


def _called(command: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=folder, env=_environment(), capture_output=True, text=True, check=False
    )


def _environment() -> Mapping[str, str]:
    """Return the same small environment for every tool; nothing in it reaches a network."""
    return {
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "HF_HUB_OFFLINE": "1",
        "HOME": tempfile.gettempdir(),
        "LC_ALL": "C.UTF-8",
        "PATH": os.environ.get("PATH", os.defpath),
        "PYTHONPATH": str(ROOT),
    }


def flatten(table: Table) -> Iterator[tuple[str, Sequence[Mapping[str, float | None]]]]:
    """Yield each tool's samples as plain data."""
    for name, samples in table.rows.items():
        yield name, [attrs.asdict(sample) for sample in samples]
