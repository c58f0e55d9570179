"""``provenance evidence``: what an audit saw, where and when."""

import re
import sys
from collections.abc import Sequence
from pathlib import Path

import click
from rich.text import Text

from provenance.cli.exit_codes import ExitCode
from provenance.cli.terminal import console, safe
from provenance.errors import Code, UsageError
from provenance.flows.kept_facts import facts_about, tool_of
from provenance.stores.evidence import EvidenceStore, read_index
from provenance.text.untrusted import printable
from provenance.values.evidence import Evidence, EvidenceKind
from provenance.values.inventory import How

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
# Enough to tell one capture from another, and few enough to type.
_SHORTEST = 6
_MOST_SHOWN = 64 * 2**10
_SPAN = re.compile(r"(\d{1,18})-(\d{1,18})")


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
    name, _, span = id_.removeprefix("sha256:").partition(":")
    found = _chosen(read_index(folder), name)
    if not found:
        return _show_facts(folder, name, id_)
    data = EvidenceStore(folder).read(found[0].digest)
    start, end = _bytes_of(span, len(data)) if span else (0, len(data))
    if raw:
        sys.stdout.buffer.write(data[start:end])
        return ExitCode.DONE
    out = console()
    by = tool_of(folder)
    for one in found:
        out.print(safe(f"{one.kind} of {one.uri}", 400), soft_wrap=True)
        seen = f"  seen {one.seen_at:%Y-%m-%dT%H:%M:%SZ} by {by}, {one.size} bytes"
        out.print(safe(seen, 400), soft_wrap=True)
    out.print(Text(f"  {found[0].digest}, as kept"))
    out.print(Text(f"  bytes {start} to {end}"))
    out.print()
    text = data[start:end][:_MOST_SHOWN].decode(errors="replace")
    for line in text.splitlines():
        out.print(Text(printable(line, _MOST_SHOWN)), soft_wrap=True)
    if end - start > _MOST_SHOWN:
        out.print(Text(f"and {end - start - _MOST_SHOWN} bytes more: --raw shows all of them"))
    return ExitCode.DONE


def _bytes_of(span: str, size: int) -> tuple[int, int]:
    """Return the two ends of a span that was typed; ``0-0`` is the whole, as in a manifest."""
    match = _SPAN.fullmatch(span)
    start, end = (int(match[1]), int(match[2])) if match else (1, 0)
    if match and start == end == 0:
        return 0, size
    if not start <= end <= size:
        raise UsageError(
            f"{span[:80]!a} is no span of {size} bytes",
            hint="write START-END, in bytes, as the manifest has them",
        )
    return start, end


def _show_facts(folder: Path, digits: str, asked: str) -> ExitCode:
    """Show what is known of a file whose bytes were not kept."""
    facts = facts_about(folder, digits) if len(digits) >= _SHORTEST else ()
    if len({one.digest for one in facts}) != 1:
        raise _no_such(asked, several=bool(facts))
    out = console()
    headers = {it.address.whole: it for it in read_index(folder) if it.kind is EvidenceKind.HEADER}
    for one in facts:
        out.print(safe(f"file {one.address}", 400), soft_wrap=True)
        known = "by the word of its server" if one.how is How.CLAIMED else f"{one.how} and hashed"
        line = f"  {one.digest}, {known} by {tool_of(folder)}, {one.size} bytes"
        out.print(safe(line, 400), soft_wrap=True)
        out.print(Text("  only these facts were kept, and not its bytes"))
        header = headers.get(one.address)
        if header:
            out.print(Text(f"  its first {header.size} bytes are kept as {header.id}"))
    return ExitCode.DONE


def _chosen(index: Sequence[Evidence], digits: str) -> list[Evidence]:
    found = [one for one in index if len(digits) >= _SHORTEST and one.digest.hex.startswith(digits)]
    if len({one.digest for one in found}) > 1:
        raise _no_such(digits, several=True)
    return found


def _no_such(asked: str, *, several: bool) -> UsageError:
    what = "names several captures" if several else "names no capture"
    return UsageError(
        f"{asked[:80]!a} {what}",
        hint=f"give {_SHORTEST} or more digits of an id; `provenance evidence list` has them",
        code=Code.PATH_MISSING,
    )
