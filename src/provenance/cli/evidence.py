"""``provenance evidence``: what an audit saw, where and when."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click
from rich.text import Text

from provenance.cli.exit_codes import ExitCode
from provenance.cli.report import console, safe
from provenance.errors import Code, UsageError
from provenance.stores.evidence import EvidenceStore, read_index
from provenance.text.untrusted import printable
from provenance.values.evidence import Evidence

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
# Enough to tell one capture from another, and few enough to type.
_SHORTEST = 6
_MOST_SHOWN = 64 * 2**10


@click.group("evidence")
def evidence_group() -> None:
    """Look at what an audit kept."""


@evidence_group.command("list")
@click.argument("folder", type=_FOLDER)
def list_command(folder: Path) -> ExitCode:
    """List every capture in FOLDER: its id, size in bytes, moment and address."""
    out = console()
    for one in read_index(folder):
        line = (
            f"{one.id}  {one.size:>10}  {one.seen_at:%Y-%m-%dT%H:%M:%SZ}  {one.kind:<8} {one.uri}"
        )
        out.print(safe(line, 400), soft_wrap=True)
    return ExitCode.DONE


@evidence_group.command("show")
@click.argument("id_", metavar="ID")
@click.option(
    "--evidence", "folder", type=_FOLDER, required=True, metavar="DIR", help="Where it was kept."
)
@click.option("--raw", is_flag=True, help="Write the bytes as they are, and nothing else.")
def show_command(id_: str, folder: Path, *, raw: bool) -> ExitCode:
    """Show the capture ID (the first digits of its digest): what was seen, where and when.

    The bytes are hashed again before they are shown.
    """
    found = _chosen(read_index(folder), id_)
    data = EvidenceStore(folder).read(found[0].digest)
    if raw:
        sys.stdout.buffer.write(data)
        return ExitCode.DONE
    out = console()
    for one in found:
        out.print(safe(f"{one.kind} of {one.uri}", 400), soft_wrap=True)
        out.print(Text(f"  seen {one.seen_at:%Y-%m-%dT%H:%M:%SZ}, {one.size} bytes"))
    out.print(Text(f"  {found[0].digest}, as kept"))
    out.print()
    text = data[:_MOST_SHOWN].decode(errors="replace")
    for line in text.splitlines():
        out.print(Text(printable(line, _MOST_SHOWN)), soft_wrap=True)
    if len(data) > _MOST_SHOWN:
        out.print(Text(f"and {len(data) - _MOST_SHOWN} bytes more: --raw shows all of them"))
    return ExitCode.DONE


def _chosen(index: Sequence[Evidence], id_: str) -> list[Evidence]:
    digits = id_.removeprefix("sha256:")
    found = [one for one in index if len(digits) >= _SHORTEST and one.digest.hex.startswith(digits)]
    if len({one.digest for one in found}) != 1:
        what = "names several captures" if found else "names no capture"
        raise UsageError(
            f"{id_[:80]!a} {what}",
            hint=f"give {_SHORTEST} or more digits of an id; `provenance evidence list` has them",
            code=Code.PATH_MISSING,
        )
    return found
