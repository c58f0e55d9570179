"""``provenance lint``: what a publisher should mend before a release, by file and line."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from provenance.cli.exit_codes import ExitCode
from provenance.cli.options import SourceOptions, loudness, loudness_options, settings_of
from provenance.cli.terminal import console, safe
from provenance.cli.voice import Voice
from provenance.doors.clock import utc_now
from provenance.flows.lint import lint
from provenance.values.advice import Advice, Severity

_WIDE = 600


@click.command("lint")
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@click.option(
    "--min-severity",
    type=click.Choice([one.word for one in Severity]),
    default=Severity.ERROR.word,
    show_default=True,
    help="The least that makes it fail.",
)
@click.option("--strict", is_flag=True, help="As --min-severity warning.")
@click.option("--format", "form", type=click.Choice(["human", "json"]), default="human")
@loudness_options
def lint_command(  # noqa: PLR0913 - one argument for each option
    folder: Path, min_severity: str, form: str, *, strict: bool, quiet: bool, verbose: bool
) -> ExitCode:
    """Say what to mend in FOLDER before it is published. Nothing is asked of any server.

    Errors end with exit code 1, warnings and notes only with --min-severity; notes name what could
    be shown besides. With --format json, one line for each. With --quiet, notes are left out
    unless they fail.
    """
    asked = Severity[min_severity.upper()]
    least = min(asked, Severity.WARNING) if strict else asked
    loudest = min(least, Severity.WARNING) if quiet else Severity.NOTE
    options = SourceOptions(None, (), offline=True, no_weights=True, jobs=0)
    with Voice(loudness(quiet=quiet, verbose=verbose)).working() as voice:
        found = lint(folder, settings=settings_of(options), clock=utc_now)
        shown = [one for one in found if one.rule.severity >= loudest]
        _tell(folder, shown, form)
        voice.remark(_counted(found))
    failed = any(one.rule.severity >= least for one in found)
    return ExitCode.NEGATIVE if failed else ExitCode.DONE


def _tell(folder: Path, found: Sequence[Advice], form: str) -> None:
    if form == "json":
        for one in found:
            click.echo(json.dumps(_plain(folder, one), ensure_ascii=True))
        return
    out = console()
    for one in found:
        line = f":{one.line}" if one.line else ""
        severity, rule = one.rule.severity.word, one.rule
        said = f"{folder / one.path}{line}: {severity} [{rule}] {one.what}; to do: {one.todo}"
        out.print(safe(said, _WIDE), soft_wrap=True)


def _plain(folder: Path, one: Advice) -> Mapping[str, object]:
    return {
        "file": str(folder / one.path),
        "line": one.line or None,
        "severity": one.rule.severity.word,
        "rule": one.rule.value,
        "what": one.what,
        "todo": one.todo,
    }


def _counted(found: Sequence[Advice]) -> str:
    counts = [
        f"{sum(one.rule.severity is severity for one in found)} {severity.word}s"
        for severity in reversed(Severity)
    ]
    return ", ".join(counts)
