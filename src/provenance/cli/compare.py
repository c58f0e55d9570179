"""``provenance compare``: what opened, closed and changed from one release to another."""

import json
from collections.abc import Mapping

import click
from rich.console import Console
from rich.text import Text

from provenance.cli.exit_codes import ExitCode
from provenance.cli.options import (
    SourceOptions,
    linked_options,
    loudness,
    loudness_options,
    reach_options,
    settings_of,
)
from provenance.cli.terminal import console, safe
from provenance.cli.trust_options import trust_options
from provenance.cli.voice import Voice
from provenance.doors.clock import utc_now
from provenance.flows.compare import Compared, compare
from provenance.signers.trust import Trust
from provenance.values.manifest import Manifest
from provenance.values.movement import Movement, Turn
from provenance.values.settings import Mirror

_STYLES = {Turn.OPENED: "green", Turn.CLOSED: "red", Turn.CHANGED: "", Turn.UNKNOWN: "yellow"}
_WIDE = 400
_MOST_NAMES = 4


@click.command("compare")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@trust_options
@reach_options
@linked_options
@click.option("--format", "form", type=click.Choice(["human", "json"]), default="human")
@loudness_options
def compare_command(  # noqa: PLR0913, PLR0917 - one parameter for each option
    before: str,
    after: str,
    trust: Trust,
    endpoint: str | None,
    mirrors: tuple[Mirror, ...],
    jobs: int,
    form: str,
    *,
    offline: bool,
    no_weights: bool,
    quiet: bool,
    verbose: bool,
) -> ExitCode:
    """Say what opened, closed and changed from A to B.

    Each is a manifest that `audit -o` wrote, the bundle that `sign` made of it, a folder, or
    org/name[@revision]; what is no file is audited. The signature of a bundle is checked when keys
    or roots are given. Whether a release is what a manifest says, `provenance verify` finds out.
    """
    options = SourceOptions(endpoint, mirrors, offline, no_weights, jobs)
    with Voice(loudness(quiet=quiet, verbose=verbose)).working() as voice:
        found = compare(
            before,
            after,
            settings=settings_of(options),
            trust=trust if trust.anchors else None,
            clock=utc_now,
            progress=voice,
        )
    if form == "json":
        click.echo(json.dumps(_plain(found), ensure_ascii=True, indent=2))
    else:
        _show(found, console())
    return ExitCode.DONE


def _plain(found: Compared) -> Mapping[str, object]:
    return {
        "before": _release(found.before, found.standings[0]),
        "after": _release(found.after, found.standings[1]),
        "movements": [
            {
                "aspect": one.aspect.value,
                "turn": one.turn.value,
                "about": one.about,
                "before": one.before,
                "after": one.after,
            }
            for one in found.movements
        ],
    }


def _release(manifest: Manifest, standing: str) -> Mapping[str, str | None]:
    ref = manifest.release.ref
    revision = str(ref.revision) if ref.revision else None
    return {"uri": ref.uri, "revision": revision, "standing": standing}


def _show(found: Compared, out: Console) -> None:
    refs = (str(one.release.ref) for one in (found.before, found.after))
    out.print(Text(" -> ").join(safe(one, _WIDE) for one in refs), soft_wrap=True)
    for name, standing in zip(("before", "after"), found.standings, strict=True):
        out.print(Text(f"  {name:<7}").append_text(safe(standing, _WIDE)), soft_wrap=True)
    if not found.movements:
        out.print("  nothing moved")
    for turn in Turn:
        moved = [one for one in found.movements if one.turn is turn]
        if moved:
            out.print(Text(f"\n{turn}", f"bold {_STYLES[turn]}".strip()))
        for one in moved:
            out.print(Text("  ").append_text(safe(_line(one), _WIDE)), soft_wrap=True)


def _line(one: Movement) -> str:
    names = one.about.split(", ")
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    about = ", ".join(names[:_MOST_NAMES]) + more
    return f"{one.aspect} of {about}: {one.before or 'nothing'} -> {one.after or 'nothing'}"
