"""The digest engine beside its peers: ``python -m bench.run [--quick]``, see ``make bench``.

The full run takes a quarter of an hour on two cores, and has to have them to itself.
"""

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import attrs

from bench import cases, data, goals, machine, measure, tools
from bench.cases import Case, Scale
from bench.lineup import Place
from bench.measure import Disagreement, Tool
from bench.page import Ran, Result, page

BUILD = machine.ROOT / "build/bench"
PAGE = machine.ROOT / "docs/reference/bench.md"
# Left free on the disk, and in memory beside what is to stay in it.
SPARE = 512 * data.MIB


class NoRoom(Exception):  # noqa: N818 - it says what is wrong
    """The data does not fit where it should go."""


def bench(scale: Scale, chosen: Sequence[str], where: Path | None, *, drop: bool) -> Sequence[Ran]:
    """Run the chosen cases; their data is made, and removed, one after the other.

    ``drop`` lets the kernel forget names and sizes before cold turns, where that is permitted.

    Raises:
        NoRoom: when the data does not fit.
        Disagreement: when a tool fails, or differs from another.
    """
    wanted = [case for case in cases.cases(scale).values() if case.id in chosen]
    with tempfile.TemporaryDirectory(prefix="provenance-bench-", dir=where) as name:
        _require_room(Path(name), max(case.room for case in wanted))
        return [_ran(case, Path(name), drop=drop) for case in wanted]


def _require_room(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed + SPARE:
        raise NoRoom(
            f"{folder.parent} has {free / data.GIB:.1f} GiB free, and "
            f"{(needed + SPARE) / data.GIB:.1f} are needed: name another folder with --data"
        )


def _ran(case: Case, scratch: Path, *, drop: bool) -> Ran:
    _say(f"{case.title}: making the data")
    folder = scratch / "data"
    folder.mkdir()
    case.make(folder)
    files = tuple(data.paths(folder))
    names = tuple(path.relative_to(folder).as_posix() for path in files)
    aside = scratch / case.id
    aside.mkdir()
    place = Place(folder, names, aside / "expected.json", aside)
    notes = [] if machine.available_memory() > case.room else [_TOO_LARGE]
    if case.id in cases.VERIFIED:
        digests = measure.agreed([tools.hashlib()], folder, len(files))["sha256"]
        place.expected.write_text(json.dumps(digests), "utf-8")
    known = case.line_up(place)
    chosen = [tool for tool in known if shutil.which(tool.command[0])]
    absent = [tool.name for tool in known if tool not in chosen]
    if absent:
        notes.append(f"Not here, so not measured: {', '.join(absent)}.")
    measure.agreed(chosen, folder, len(files))
    cooling = _Cooling(files, scratch, drop=drop and data.may_drop_names())

    def before(tool: Tool) -> None:
        if case.cold:
            cooling.cool(tool)

    _say(f"{case.title}: {len(chosen)} tools, {case.rounds} times")
    table = measure.rounds(chosen, folder, case.rounds, before)
    shutil.rmtree(folder)
    return Ran(case, chosen, table, [*notes, *(cooling.notes() if case.cold else ())])


_TOO_LARGE = "The data does not fit into this machine's free memory: it is not wholly hot."


class _Cooling:
    """Drops the data from memory, leaves the tools themselves in it, and keeps count."""

    def __init__(self, files: Sequence[Path], scratch: Path, *, drop: bool) -> None:
        self._files = files
        self._drop_names = drop
        self._specimen = scratch / "specimen"
        self._specimen.mkdir(exist_ok=True)
        (self._specimen / "file").write_bytes(b"x")
        self._looks = 0
        self._cold = 0

    def cool(self, tool: Tool) -> None:
        looks = data.cool(self._files, drop_names=self._drop_names)
        self._looks += len(looks)
        self._cold += sum(looks)
        # The kernel forgot the programs, too: their files are not what is compared.
        measure.warm(tool, self._specimen)

    def notes(self) -> Sequence[str]:
        names = (
            "Names and sizes were dropped, too."
            if self._drop_names
            else "Names and sizes stayed in memory: only root may drop them."
        )
        return (
            f"Of {self._looks} looks at files before they were read, {self._cold} found them cold.",
            names,
        )


def written(result: Result) -> Mapping[str, object]:
    """Return the result as plain data."""
    return {
        "command": result.command,
        "when": result.when,
        "machine": dict(result.machine),
        "versions": dict(result.versions),
        "goals": [{**attrs.asdict(one), "verdict": one.verdict} for one in result.outcomes],
        "cases": {
            ran.case.id: {
                "title": ran.case.title,
                "notes": list(ran.notes),
                "samples": dict(measure.flatten(ran.table)),
            }
            for ran in result.ran
        },
    }


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true", help="less data, fewer rounds")
    size.add_argument("--tiny", action="store_true", help="to try it: the numbers mean nothing")
    parser.add_argument("--data", type=Path, help="folder for 5 GB of data (a temporary one)")
    parser.add_argument("--out", type=Path, default=BUILD, help="folder for the results")
    parser.add_argument("--only", action="append", choices=cases.IDS, help="may be repeated")
    parser.add_argument(
        "--keep-names", action="store_true", help="never empty the kernel's caches, even as root"
    )
    asked = parser.parse_args(arguments)
    if asked.data and not asked.data.is_dir():
        parser.error(f"there is no folder at {asked.data}")
    if asked.out.exists() and not asked.out.is_dir():
        parser.error(f"{asked.out} is no folder")
    return asked


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print the page, and write it and the numbers behind it."""
    asked = _asked(arguments)
    name = "tiny" if asked.tiny else "quick" if asked.quick else "full"
    scale = cases.SCALES[name]
    try:
        ran = bench(scale, asked.only or cases.IDS, asked.data, drop=not asked.keep_names)
    except (Disagreement, NoRoom) as error:
        _say(f"bench: {error}")
        return 1
    except KeyboardInterrupt:
        _say("bench: interrupted; its data is removed")
        return 130
    titles = {case.id: case.title for case in cases.cases(scale).values()}
    result = Result(
        "make bench" if name == "full" else f"make bench-{name}",
        datetime.now(UTC).date().isoformat(),
        tuple(machine.facts()),
        tuple(machine.versions()),
        ran,
        tuple(goals.outcomes({one.case.id: one.table for one in ran}, titles)),
    )
    text = page(result)
    asked.out.mkdir(parents=True, exist_ok=True)
    (asked.out / f"{name}.json").write_text(json.dumps(written(result), indent=1), "utf-8")
    (asked.out / f"{name}.md").write_text(text, "utf-8")
    # The page in the documentation is a whole run's, or it is left as it was.
    if name == "full" and not asked.only:
        PAGE.write_text(text, "utf-8")
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
