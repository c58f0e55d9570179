"""``provenance explain``: what a component, code or label means, and what an audit found of it."""

from pathlib import Path

import click
from rich.text import Text

from provenance.cli.exit_codes import ExitCode
from provenance.cli.explanation import explain
from provenance.cli.terminal import console, safe
from provenance.doors.named_file import read_named
from provenance.flows.signing.sign import load_manifest

_WIDE = 40_000


@click.command("explain")
@click.argument("topic", nargs=-1, required=True)
@click.option(
    "--manifest",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="What `audit -o` wrote: say what was found there.",
)
def explain_command(topic: tuple[str, ...], manifest: Path | None) -> ExitCode:
    """Explain TOPIC: a component, a code, a rule of lint, or any other word of a report.

    Case, dashes and blanks do not matter. "rubrics" prints the texts that verdicts follow. With
    --manifest a component is explained by what an audit found: each finding with its evidence, what
    it is worth in its stage, and the cheapest next step; a code by where it was found.
    """
    found = load_manifest(read_named(manifest)) if manifest else None
    out = console()
    for at, part in enumerate(explain(" ".join(topic), found)):
        if part.title:
            out.print(Text.assemble("\n" if at else "", safe(part.title), style="bold"))
        for line in part.lines:
            for each in line.splitlines():
                out.print(safe(each, _WIDE), soft_wrap=True)
    return ExitCode.DONE
