"""``provenance export``: a manifest in another tool's format."""

from pathlib import Path

import click

from provenance.cli.exit_codes import ExitCode
from provenance.cli.new_file import NewFile
from provenance.cli.output import write_result
from provenance.doors.named_file import read_named
from provenance.exports.mof_record import Side
from provenance.flows.export import export_mot
from provenance.flows.signing.sign import load_manifest

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group("export")
def export_group() -> None:
    """Write a manifest in another tool's format."""


@export_group.command("mot")
@click.argument("manifest", type=_FILE)
@click.option(
    "--side",
    type=click.Choice([one.value for one in Side]),
    default=Side.CLAIMED.value,
    help="What the publisher claims, or what is evident.",
)
@click.option(
    "-o",
    "--output",
    type=NewFile(),
    metavar="FILE",
    help="Where the record goes, instead of standard output.",
)
def mot_command(manifest: Path, side: str, output: Path | None) -> ExitCode:
    """Write a Model Openness Tool record of MANIFEST, the file that `audit -o` wrote.

    The record of what is claimed says what the tool's form would; that of what is evident leaves
    out what could not be looked at.
    """
    record = export_mot(load_manifest(read_named(manifest)), Side(side))
    if output:
        write_result(output, record)
    else:
        click.echo(record.decode("ascii"), nl=False)
    return ExitCode.DONE
