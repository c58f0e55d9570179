"""``provenance evidence``: what an audit saw, where and when."""

import sys
from pathlib import Path

import click
from rich.text import Text

from provenance.cli.exit_codes import ExitCode
from provenance.cli.terminal import console, safe
from provenance.flows.shown_evidence import OnlyFacts, Shown, list_evidence, show_evidence
from provenance.text.untrusted import printable
from provenance.values.inventory import How

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
_MOST_SHOWN = 64 * 2**10


@click.group("evidence")
def evidence_group() -> None:
    """Look at what an audit kept."""


@evidence_group.command("list")
@click.argument("folder", type=_FOLDER)
def list_command(folder: Path) -> ExitCode:
    """List every capture in FOLDER: its id, size in bytes, moment and address."""
    out = console()
    for one in list_evidence(folder):
        line = (
            f"{one.id}  {one.size:>10}  {one.seen_at:%Y-%m-%dT%H:%M:%SZ}  {one.kind:<8} {one.uri}"
        )
        out.print(safe(line, 400), soft_wrap=True)
    return ExitCode.DONE


@evidence_group.command("show")
@click.argument("id_", metavar="ID[:START-END]")
@click.option(
    "--evidence", "folder", type=_FOLDER, required=True, metavar="DIR", help="Where it was kept."
)
@click.option("--raw", is_flag=True, help="Write the bytes as they are, and nothing else.")
def show_command(id_: str, folder: Path, *, raw: bool) -> ExitCode:
    """Show the evidence ID: what was seen, where and when, by whom, and its digest.

    ID is the first digits of a digest; the manifest's findings name the digest and the bytes that
    carry them (START and END, in bytes). The bytes are hashed again before they are shown.
    """
    found = show_evidence(id_, folder)
    if isinstance(found, OnlyFacts):
        _show_facts(found)
    elif raw:
        sys.stdout.buffer.write(found.data)
    else:
        _show(found)
    return ExitCode.DONE


def _show(found: Shown) -> None:
    out = console()
    for one in found.captures:
        out.print(safe(f"{one.kind} of {one.uri}", 400), soft_wrap=True)
        seen = f"  seen {one.seen_at:%Y-%m-%dT%H:%M:%SZ} by {found.by}, {one.size} bytes"
        out.print(safe(seen, 400), soft_wrap=True)
    out.print(Text(f"  {found.captures[0].digest}, as kept"))
    out.print(Text(f"  bytes {found.start} to {found.end}"))
    out.print()
    text = found.data[:_MOST_SHOWN].decode(errors="replace")
    for line in text.splitlines():
        out.print(Text(printable(line, _MOST_SHOWN)), soft_wrap=True)
    if len(found.data) > _MOST_SHOWN:
        left = len(found.data) - _MOST_SHOWN
        out.print(Text(f"and {left} bytes more: --raw shows all of them"))


def _show_facts(found: OnlyFacts) -> None:
    """Show what is known of files whose bytes were not kept."""
    out = console()
    for one in found.files:
        out.print(safe(f"file {one.address}", 400), soft_wrap=True)
        known = "by the word of its server" if one.how is How.CLAIMED else f"{one.how} and hashed"
        line = f"  {one.digest}, {known} by {found.by}, {one.size} bytes"
        out.print(safe(line, 400), soft_wrap=True)
        out.print(Text("  only these facts were kept, and not its bytes"))
        if header := found.headers.get(one.address):
            out.print(Text(f"  its first {header.size} bytes are kept as {header.id}"))
