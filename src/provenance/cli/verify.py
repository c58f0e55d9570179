"""``provenance verify``: does this release answer to this signed manifest?"""

import json
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from provenance.cli.exit_codes import ExitCode, of_verdict
from provenance.cli.identity import identity_json
from provenance.cli.options import (
    SourceOptions,
    loudness,
    loudness_options,
    settings_of,
    source_options,
)
from provenance.cli.report import console, safe, show_verdict
from provenance.cli.voice import Voice
from provenance.doors.named_file import read_named
from provenance.flows.verify_target import verify
from provenance.policy.file import parse as parse_policy
from provenance.policy.judge import judge
from provenance.values.manifest import Manifest
from provenance.values.ref import ANY_RELEASE, AnyRelease, Ref
from provenance.values.revision import Revision
from provenance.values.settings import Mirror
from provenance.values.verdict import Verdict
from provenance.values.verified import Verified

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("verify")
@click.argument("target")
@click.option("--bundle", type=_FILE, required=True, metavar="FILE", help="The signed bundle.")
@click.option("--public-key", type=_FILE, required=True, metavar="PEM", help="Whom you trust.")
@click.option("--as", "expected", metavar="REF", help="The release that a local TARGET should be.")
@click.option("--any-release", is_flag=True, help="Do not compare the release's name (unsafe).")
@click.option("--policy", type=_FILE, metavar="FILE", help="What the manifest must show.")
@click.option("--format", "form", type=click.Choice(["human", "json"]), default="human")
@source_options
@loudness_options
def verify_command(  # noqa: PLR0913, PLR0917 - one parameter for each option of the contract
    target: str,
    bundle: Path,
    public_key: Path,
    expected: str | None,
    policy: Path | None,
    form: str,
    revision: Revision | None,
    endpoint: str | None,
    mirrors: tuple[Mirror, ...],
    jobs: int,
    *,
    any_release: bool,
    offline: bool,
    no_weights: bool,
    quiet: bool,
    verbose: bool,
) -> ExitCode:
    """Verify that TARGET, a folder or org/name[@revision], is what a signed BUNDLE says it is.

    A signature says who stands by the manifest, not that the release can be reproduced.
    """
    demands = parse_policy(read_named(policy)) if policy else None
    settings = settings_of(SourceOptions(endpoint, mirrors, offline, no_weights, jobs))
    with Voice(loudness(quiet=quiet, verbose=verbose)).working() as voice:
        verified = verify(
            target,
            bundle=read_named(bundle),
            public_key=read_named(public_key),
            settings=settings,
            expected=_expected(expected, any_release=any_release),
            revision=revision,
            progress=voice,
        )
    verdict = judge(demands, verified.value) if demands else None
    _tell(verified, verdict, form)
    return of_verdict(verdict) if verdict else ExitCode.DONE


def _tell(verified: Verified[Manifest], verdict: Verdict | None, form: str) -> None:
    if form == "json":
        click.echo(json.dumps(_as_json(verified, verdict), ensure_ascii=True, indent=2))
        return
    _show(verified, console())
    if verdict:
        show_verdict(verdict, console())


def _expected(expected: str | None, *, any_release: bool) -> Ref | AnyRelease | None:
    if expected and any_release:
        raise click.UsageError("--as and --any-release contradict each other")
    if any_release:
        return ANY_RELEASE
    return Ref.parse(expected) if expected else None


def _states(verified: Verified[Manifest]) -> list[tuple[str, str]]:
    checked = verified.checked
    return [
        ("release", str(verified.value.release.ref)),
        ("signature", checked.signature),
        ("time", checked.time),
        ("identity", str(checked.identity)),
        ("subject", str(checked.subject)),
        ("files", f"{checked.files} files, each listed, there and equal"),
        ("evidence", checked.evidence),
        *(("not covered", name) for name in checked.not_covered),
        *(("remark", remark) for remark in checked.remarks),
    ]


def _show(verified: Verified[Manifest], out: Console) -> None:
    out.print(Text("verified", "bold green"))
    for name, state in _states(verified):
        out.print(Text(f"  {name:<12}").append_text(safe(state)))


def _as_json(verified: Verified[Manifest], verdict: Verdict | None) -> dict[str, object]:
    checked = verified.checked
    found: dict[str, object] = {
        "release": str(verified.value.release.ref),
        "signature": checked.signature,
        "time": checked.time,
        "identity": identity_json(checked.identity),
        "subject": str(checked.subject),
        "files": checked.files,
        "evidence": checked.evidence,
        "not_covered": list(checked.not_covered),
        "remarks": list(checked.remarks),
    }
    if verdict:
        reasons = list(verdict.reasons)
        found["policy"] = {"verdict": type(verdict).__name__.lower(), "reasons": reasons}
    return found
