"""``provenance inspect``: what is listed, linked and pinned, without a verdict."""

import json
from collections.abc import Mapping

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from provenance.cli.exit_codes import ExitCode
from provenance.cli.options import (
    SourceOptions,
    loudness,
    loudness_options,
    place_options,
    settings_of,
)
from provenance.cli.terminal import console, rows, safe
from provenance.cli.voice import Voice
from provenance.flows.inspect import inspect
from provenance.values.inspection import Copy, Inspection, LinkSeen
from provenance.values.revision import Revision

_LONGEST_NAME = 60
_REST = "with --format json"


@click.command("inspect")
@click.argument("target")
@place_options
@click.option("--format", "form", type=click.Choice(["human", "json"]), default="human")
@loudness_options
def inspect_command(  # noqa: PLR0913 - one parameter for each option
    target: str,
    revision: Revision | None,
    endpoint: str | None,
    form: str,
    *,
    offline: bool,
    quiet: bool,
    verbose: bool,
) -> ExitCode:
    """Show what TARGET, a folder or org/name[@revision], lists, links and pins; no verdict."""
    settings = settings_of(SourceOptions(endpoint, (), offline, no_weights=True, jobs=0))
    with Voice(loudness(quiet=quiet, verbose=verbose)).working() as voice:
        voice.step(f"asking for {target}")
        found = inspect(target, settings=settings, revision=revision)
    if form == "json":
        click.echo(json.dumps(_plain(found), ensure_ascii=True, indent=2))
    else:
        _show(found, console())
    return ExitCode.DONE


def _plain(found: Inspection) -> Mapping[str, object]:
    return {
        "release": {"uri": found.ref.uri, "revision": _text(found.ref.revision)},
        "access": found.access.value,
        "files": found.files,
        "size": found.size,
        "digested": found.digested,
        "complete": found.complete,
        "weights": [
            {"format": one.format, "name": one.name, "files": one.files, "size": one.size}
            for one in found.copies
        ],
        "links": [_link(one) for one in found.linked],
        "hazards": [
            {"code": one.code.value, "path": one.path, "detail": one.detail}
            for one in found.hazards
        ],
        "limits": [
            {"code": one.code.value, "what": one.what, "why": one.why} for one in found.limits
        ],
    }


def _link(one: LinkSeen) -> Mapping[str, object]:
    return {
        "kind": one.locator.kind.value,
        "uri": one.locator.uri,
        "revision": _text(one.locator.revision),
        "pinned": one.pinned,
        "said": one.said,
        "context": one.context,
        "path": one.path,
        "start": one.start,
        "end": one.end,
    }


def _text(revision: Revision | None) -> str | None:
    return str(revision) if revision else None


def _show(found: Inspection, out: Console) -> None:
    complete = "" if found.complete else " (the list is not complete)"
    out.print(safe(str(found.ref)))
    line = f"  {found.files} files, {found.size:,} bytes, {found.digested} with a digest"
    out.print(Text(f"{line}; access {found.access}{complete}"))
    for copy in found.copies:
        out.print(Text("  ").append_text(safe(_described(copy))))
    said = [one for one in found.linked if one.said]
    if said:
        out.print(Text("\nLinks", "bold"))
        out.print(_table(said))
    if other := len(found.linked) - len(said):
        out.print(Text(f"  and {other} in samples, badges and menus, which say nothing"))
    hazards = [f"[{one.code}] {one.path}: {one.detail}" for one in found.hazards]
    rows(out, "Hazards", hazards, _REST)
    limits = [f"{one.what}: {one.why} [{one.code}]" for one in found.limits]
    rows(out, "Not looked at", limits, _REST)


def _described(copy: Copy) -> str:
    files = "1 file" if copy.files == 1 else f"{copy.files} files"
    return f"weights in {copy.format}: {copy.name}, {files}, {copy.size:,} bytes"


def _table(links: list[LinkSeen]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for title in ("kind", "leads to", "revision", "stands in"):
        table.add_column(title, overflow="fold", no_wrap=title == "kind")
    shown: set[object] = set()
    for one in links:
        if one.locator not in shown:
            shown.add(one.locator)
            revision = str(one.locator.revision) if one.locator.revision else "not pinned"
            place = f"{one.path} [{one.start}, {one.end}) {one.context}"
            table.add_row(
                one.locator.kind.value,
                safe(one.locator.uri, _LONGEST_NAME),
                safe(revision, 40),
                safe(place, _LONGEST_NAME),
            )
    return table
