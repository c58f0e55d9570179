"""``provenance policy``: write, check and explain what is demanded of a release."""

import json
from pathlib import Path

import click
from rich.text import Text

from provenance.cli.exit_codes import ExitCode, of_verdict
from provenance.cli.new_file import NewFile
from provenance.cli.output import is_standard_output, write_result
from provenance.cli.policy_file import PolicyFile
from provenance.cli.private_key import LARGEST_PEM
from provenance.cli.report import show_verdict
from provenance.cli.terminal import console, safe
from provenance.cli.verdict_json import verdict_json
from provenance.doors.clock import utc_now
from provenance.doors.named_file import read_named
from provenance.doors.outlet import would_replace
from provenance.errors import Code, UsageError
from provenance.policy.explain import explain
from provenance.policy.file import LARGEST
from provenance.policy.judge import judge
from provenance.policy.schema import json_schema
from provenance.policy.template import template
from provenance.text.untrusted import printable
from provenance.values.digest import Digest
from provenance.wire.statement import parse_statement

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_FORM = click.option("--format", "form", type=click.Choice(["human", "json"]), default="human")


@click.group("policy")
def policy_group() -> None:
    """Write, check and explain what is demanded of a release."""


@policy_group.command("init")
@click.option(
    "-o",
    "--output",
    type=NewFile(),
    metavar="FILE",
    help="Where the policy goes; standard output by default.",
)
@click.option(
    "--public-key",
    "keys",
    type=_FILE,
    multiple=True,
    metavar="PEM",
    help="A key whose signature is accepted (repeatable).",
)
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def init_command(output: Path | None, keys: tuple[Path, ...], *, force: bool) -> ExitCode:
    """Write a first policy that can be used as it is, with every key explained."""
    text = template(_fingerprint(key) for key in keys)
    if output is None or is_standard_output(output):
        click.echo(text, nl=False)
        return ExitCode.DONE
    if would_replace(output) and not force:
        raise UsageError(
            f"{output} is there already",
            hint="choose another name, or --force to replace it",
            code=Code.POLICY_FILE,
        )
    write_result(output, text.encode())
    click.echo(f"policy: {printable(str(output))}")
    return ExitCode.DONE


def _fingerprint(path: Path) -> Digest:
    from provenance.signers.key import load_public  # noqa: PLC0415 - cryptography is heavy

    return load_public(read_named(path, limit=LARGEST_PEM)).identity.fingerprint


@policy_group.command("check")
@click.argument("policy", type=_FILE)
@click.argument("manifest", type=_FILE, required=False)
@_FORM
def check_command(policy: Path, manifest: Path | None, form: str) -> ExitCode:
    """Check POLICY, and hold MANIFEST against it, the file that ``audit -o`` wrote.

    Nobody vouches for a manifest that is not signed: demands on signers and on today's files stay
    open here, and are decided by ``provenance verify --policy``.
    """
    demands = PolicyFile.read(policy).policy
    if manifest is None:
        click.echo(f"{printable(str(policy))} is a policy")
        return ExitCode.DONE
    found = parse_statement(read_named(manifest)).manifest
    verdict = judge(demands, found, now=utc_now())
    if form == "json":
        plain = {"release": str(found.release.ref), "policy": verdict_json(verdict)}
        click.echo(json.dumps(plain, ensure_ascii=True, indent=2))
    else:
        out = console()
        out.print(safe(f"{found.release.ref}: its manifest is unsigned here; nobody vouches"))
        show_verdict(verdict, out)
    return of_verdict(verdict)


@policy_group.command("explain")
@click.argument("policy", type=_FILE)
@_FORM
def explain_command(policy: Path, form: str) -> ExitCode:
    """Say in sentences what POLICY demands."""
    sentences = explain(PolicyFile.read(policy).policy)
    if form == "json":
        click.echo(json.dumps(list(sentences), ensure_ascii=True, indent=2))
    else:
        out = console()
        for sentence in sentences:
            # Nothing that is demanded may be cut: no sentence is longer than what it explains.
            out.print(Text("- ").append_text(safe(sentence, LARGEST)), soft_wrap=True)
    return ExitCode.DONE


@policy_group.command("schema")
def schema_command() -> ExitCode:
    """Print the JSON Schema of policy files, for editors."""
    click.echo(json.dumps(json_schema(), ensure_ascii=True, indent=2))
    return ExitCode.DONE
