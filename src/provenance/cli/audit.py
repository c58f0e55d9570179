"""``provenance audit``: what is there, what is only claimed, and what could not be looked at."""

import json
from pathlib import Path

import click

from provenance.cli.exit_codes import ExitCode, of_verdict
from provenance.cli.new_file import NewFile, NewFolder
from provenance.cli.options import (
    SourceOptions,
    algorithms_option,
    loudness,
    loudness_options,
    settings_of,
    source_options,
    together,
)
from provenance.cli.output import is_standard_output, write_result
from provenance.cli.policy_file import PolicyFile, policy_option
from provenance.cli.report import show, show_verdict
from provenance.cli.terminal import console
from provenance.cli.voice import Loudness, Voice
from provenance.doors.clock import utc_now
from provenance.flows.auditing.audit import audit
from provenance.policy.judge import judge
from provenance.values.digest import Algorithm
from provenance.values.manifest import Manifest
from provenance.values.policy import Policy
from provenance.values.revision import Revision
from provenance.values.settings import Mirror
from provenance.wire.manifest_v1 import encode_predicate
from provenance.wire.statement import encode_statement

_audit_options = together(
    click.option(
        "--evidence",
        type=NewFolder(),
        metavar="DIR",
        help="Keep every capture here, by digest; with --offline, replay the audit that did.",
    ),
    click.option(
        "-o",
        "--output",
        type=NewFile(),
        metavar="FILE",
        help="Write the manifest, ready to be signed.",
    ),
    algorithms_option,
    click.option("--cached", is_flag=True, help="Believe what was hashed and not touched since."),
    click.option(
        "--git-proof", is_flag=True, help="Hold the Hub's list against its git repository, too."
    ),
    click.option(
        "--tensors",
        is_flag=True,
        help="Hash each tensor, too: the root over them does not depend on files (one more read).",
    ),
    policy_option,
    click.option("--format", "form", type=click.Choice(["human", "json"]), default="human"),
)


@click.command("audit")
@click.argument("target")
@source_options
@_audit_options
@loudness_options
def audit_command(  # noqa: PLR0913, PLR0917 - one parameter for each option of the contract
    target: str,
    revision: Revision | None,
    endpoint: str | None,
    mirrors: tuple[Mirror, ...],
    jobs: int,
    evidence: Path | None,
    algorithms: tuple[Algorithm, ...],
    output: Path | None,
    policy: Path | None,
    form: str,
    *,
    cached: bool,
    git_proof: bool,
    offline: bool,
    no_weights: bool,
    quiet: bool,
    tensors: bool,
    verbose: bool,
) -> ExitCode:
    """Audit TARGET, a folder or org/name[@revision], and say what its recipe really holds."""
    if form == "json" and is_standard_output(output):
        raise click.UsageError("-o and --format json would both be on standard output")
    demands = PolicyFile.read(policy).policy if policy else None
    options = SourceOptions(
        *(endpoint, mirrors, offline, no_weights, jobs, evidence, git_proof, tensors),
        algorithms=algorithms,
        cached=cached,
    )
    with Voice(loudness(quiet=quiet, verbose=verbose)).working() as voice:
        settings = settings_of(options)
        manifest = audit(
            target, settings=settings, clock=utc_now, revision=revision, progress=voice
        )
    if output:
        write_result(output, encode_statement(manifest))
    return _tell(manifest, demands, form, beside=is_standard_output(output))


def _tell(manifest: Manifest, demands: Policy | None, form: str, *, beside: bool) -> ExitCode:
    """Report what was found; on standard error where the manifest itself is on standard output."""
    verdict = judge(demands, manifest, now=utc_now()) if demands else None
    if form == "json":
        click.echo(json.dumps(encode_predicate(manifest), ensure_ascii=True, indent=2))
    else:
        out = console(stderr=beside)
        show(manifest, out)
        if verdict is not None:
            show_verdict(verdict, out)
    if verdict is None:
        return ExitCode.DONE
    if form == "json":
        Voice(Loudness.NORMAL).verdict(verdict)
    return of_verdict(verdict)
