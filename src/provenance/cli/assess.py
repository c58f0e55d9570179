"""``provenance assess``: what a published framework says of a record that somebody filled in."""

import json
from collections.abc import Mapping
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from provenance.cli.exit_codes import ExitCode, of_error
from provenance.cli.options import loudness, loudness_options
from provenance.cli.terminal import console, safe
from provenance.cli.voice import Voice
from provenance.doors.named_file import read_named
from provenance.errors import ProvenanceError
from provenance.flows.assess import Assessed, assess_mof
from provenance.frameworks.mof import Standing
from provenance.frameworks.mof_record import Record
from provenance.text.restricted_yaml import DEFAULT_BUDGET

CLASS_NAMES = (
    "unclassified",
    "class I (Open Science)",
    "class II (Open Tooling)",
    "class III (Open Model)",
)
_FILE = click.Path(path_type=Path)


@click.group("assess")
def assess_group() -> None:
    """Apply a published framework to a record that somebody filled in."""


@assess_group.command("mof")
@click.argument("files", nargs=-1, required=True, type=_FILE, metavar="FILE...")
@click.option("--format", "form", type=click.Choice(["human", "json"]), default="human")
@loudness_options
def mof_command(files: tuple[Path, ...], form: str, *, quiet: bool, verbose: bool) -> ExitCode:
    """Say the class and progress of each Model Openness Tool record FILE, by MOF 1.0.

    With --format json, one line for each record. A file that is no record is an error of its own:
    the others are assessed all the same, and the exit code is the highest of all.
    """
    worst = ExitCode.DONE
    with Voice(loudness(quiet=quiet, verbose=verbose)).working() as voice:
        for file in files:
            try:
                found = assess_mof(read_named(file, limit=DEFAULT_BUDGET.bytes))
            except ProvenanceError as error:
                voice.error(_about(error, file))
                worst = max(worst, of_error(error))
                continue
            for remark in found.record.remarks:
                voice.remark(f"{file}: {remark}")
            _tell(file, found, form)
    return worst


def _about(error: ProvenanceError, file: Path) -> ProvenanceError:
    what = error.what if str(file) in error.what else f"{file}: {error.what}"
    return type(error)(what, hint=error.hint, code=error.code)


def _tell(file: Path, found: Assessed, form: str) -> None:
    if form == "json":
        click.echo(json.dumps(_plain(file, found), ensure_ascii=True))
    else:
        _show(file, found.record, found.standing, console())


def _plain(file: Path, found: Assessed) -> Mapping[str, object]:
    return {
        "file": str(file),
        "class": found.standing.mof_class,
        "progress": {str(at): part for at, part in enumerate(found.standing.progress, 1)},
        "components": {one.title: status.value for one, status in found.record.statuses.items()},
    }


def _show(file: Path, record: Record, standing: Standing, out: Console) -> None:
    out.print(safe(f"{file} is {CLASS_NAMES[standing.mof_class]}"), soft_wrap=True)
    progress = ", ".join(
        f"{numeral} {part:.1f} %"
        for numeral, part in zip(("I", "II", "III"), standing.progress, strict=True)
    )
    out.print(Text(f"  progress to class {progress}"))
    for component, status in record.statuses.items():
        found = record.licenses[component] or "no licence"
        line = Text(f"  {status.value:<11}{component.title}: ").append_text(safe(found, 60))
        out.print(line, soft_wrap=True)
