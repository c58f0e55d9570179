"""``provenance verify``: does this release answer to this signed manifest?"""

import json
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from provenance.cli.exit_codes import ExitCode, of_verdict
from provenance.cli.options import (
    SourceOptions,
    gathered,
    loudness,
    loudness_options,
    settings_of,
    source_options,
    together,
)
from provenance.cli.policy_file import PolicyFile, policy_option
from provenance.cli.report import show_verdict
from provenance.cli.result_json import errors_as, verified_json
from provenance.cli.summary import SummaryOptions, summary_options, write_summaries
from provenance.cli.terminal import console, safe
from provenance.cli.trust_options import trust_options
from provenance.cli.voice import Loudness, Voice
from provenance.doors.clock import utc_now
from provenance.doors.named_file import read_named
from provenance.flows.signing.verify import Decision
from provenance.flows.signing.verify_target import decide
from provenance.recipe.links.targets import parse_target
from provenance.signers.trust import Trust
from provenance.values.manifest import Manifest
from provenance.values.ref import ANY_RELEASE, AnyRelease, Ref
from provenance.values.revision import Revision
from provenance.values.settings import PUBLIC_HUB, Mirror, Settings
from provenance.values.verdict import Passed
from provenance.values.verified import Verified

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


def _expected(expected: str | None, *, any_release: bool) -> Ref | AnyRelease | None:
    if expected and any_release:
        raise click.UsageError("--as and --any-release contradict each other")
    if any_release:
        return ANY_RELEASE
    return parse_target(expected, endpoint=PUBLIC_HUB).ref if expected else None


def _settings(
    endpoint: str | None, mirrors: tuple[Mirror, ...], jobs: int, *, offline: bool, no_weights: bool
) -> Settings:
    return settings_of(SourceOptions(endpoint, mirrors, offline, no_weights, jobs))


def _bundles(bundles: tuple[Path, ...]) -> bytes:
    """Return all bundles, one a line, as a file of several has them."""
    return b"\n".join(read_named(one).removesuffix(b"\n") for one in bundles)


_bundle_options = together(
    click.option(
        "--bundle",
        "bundles",
        type=_FILE,
        required=True,
        multiple=True,
        metavar="FILE",
        help="The signed bundle (repeatable, where the policy asks for several signers).",
    ),
    gathered("bundle", _bundles, "bundles"),
)
_release_options = together(
    click.option("--as", "expected", metavar="REF", help="The release that a local TARGET is."),
    click.option("--any-release", is_flag=True, help="Do not compare its name (unsafe)."),
    gathered("expected", _expected, "expected", "any_release"),
)


@click.command("verify")
@click.argument("target")
@_bundle_options
@trust_options
@_release_options
@policy_option
@summary_options
@click.option("--format", "form", type=click.Choice(["human", "json"]), default="human")
@source_options
@gathered("settings", _settings, "endpoint", "mirrors", "jobs", "offline", "no_weights")
@loudness_options
@gathered("loud", loudness, "quiet", "verbose")
def verify_command(  # noqa: PLR0913 - one parameter for each part of the contract
    *,
    target: str,
    bundle: bytes,
    trust: Trust,
    expected: Ref | AnyRelease | None,
    policy: Path | None,
    summaries: SummaryOptions,
    form: str,
    revision: Revision | None,
    settings: Settings,
    loud: Loudness,
) -> ExitCode:
    """Verify that TARGET, a folder or org/name[@revision], is what a signed BUNDLE says it is.

    A signature says who stands by the manifest, not that the release can be reproduced.
    """
    demands = PolicyFile.read(policy) if policy else None
    summaries.require_sense(demands, expected)
    now = utc_now()
    with Voice(loud).working() as voice, errors_as(form):
        decision = decide(
            target,
            bundle=bundle,
            trust=trust,
            settings=settings,
            expected=expected,
            policy=demands.policy if demands else None,
            revision=revision,
            clock=lambda: now,
            progress=voice,
        )
    if demands:
        write_summaries(summaries, decision, demands, now, voice)
    return _told(decision, form)


def _told(decision: Decision, form: str) -> ExitCode:
    if form == "json":
        plain = verified_json(decision.verified, decision.verdict)
        click.echo(json.dumps(plain, ensure_ascii=True, indent=2))
    else:
        _show(decision, console())
        if decision.verdict is not None:
            show_verdict(decision.verdict, console())
    return ExitCode.DONE if decision.verdict is None else of_verdict(decision.verdict)


def _states(verified: Verified[Manifest]) -> list[tuple[str, str]]:
    checked = verified.checked
    return [
        ("release", str(verified.value.release.ref)),
        ("signature", checked.signature),
        ("time", checked.time),
        *(("identity", str(one)) for one in checked.signers),
        ("subject", str(checked.subject)),
        ("files", f"{checked.files} files, each listed, there and equal"),
        ("evidence", checked.evidence),
        *(("not covered", name) for name in checked.not_covered),
        *(("remark", remark) for remark in checked.remarks),
    ]


def _show(decision: Decision, out: Console) -> None:
    if decision.verdict is None or isinstance(decision.verdict, Passed):
        out.print(Text("verified", "bold green"))
    else:
        out.print(Text("signature, release and files hold; the policy is not met", "yellow"))
    for name, state in _states(decision.verified):
        out.print(Text(f"  {name:<12}").append_text(safe(state)))
