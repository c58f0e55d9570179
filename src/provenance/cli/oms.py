"""``provenance oms``: sign models and verify their signatures as OMS v1.0 has it."""

import json
from pathlib import Path

import click

from provenance.cli.exit_codes import ExitCode
from provenance.cli.model_paths import inside
from provenance.cli.new_file import NewFile
from provenance.cli.oms_conformance import sign_model_command, verify_model_command
from provenance.cli.oms_options import (
    HashOptions,
    LeaveOptions,
    hash_options,
    leave_options,
    leave_where,
    settings_option,
    voice_option,
)
from provenance.cli.oms_trust import TrustOptions, oms_trust_options
from provenance.cli.output import is_standard_output, write_result
from provenance.cli.result_json import SCHEMA, errors_as, states_json
from provenance.cli.signer_options import signing_options
from provenance.cli.terminal import console, safe
from provenance.cli.voice import Voice
from provenance.doors.named_file import read_named
from provenance.doors.writable import require_place
from provenance.signers.signing import Signing
from provenance.text.untrusted import printable
from provenance.values.model_signature import ModelSignature
from provenance.values.settings import Settings
from provenance.values.sidecars import MODEL_SIGNATURE
from provenance.values.verified import Checked, Verified

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_MODEL = click.Path(path_type=Path, exists=True)


@click.group("oms")
def oms_group() -> None:
    """Sign models, and verify their signatures, as OpenSSF Model Signing (OMS) v1.0 has it.

    Exit codes: 0 signed or accepted, 1 refused, 2 usage, 4 tool or environment.
    """


oms_group.add_command(sign_model_command)
oms_group.add_command(verify_model_command)


@oms_group.command("sign")
@click.argument("model", type=_MODEL)
@signing_options
@click.option(
    "-o",
    "--output",
    type=NewFile(),
    metavar="FILE",
    help="Where the signature goes; model.sig in the model's folder by default.",
)
@hash_options
@settings_option
@voice_option
def sign_command(  # noqa: PLR0913 - one parameter for each group of options
    *,
    model: Path,
    signing: Signing,
    output: Path | None,
    hashing: HashOptions,
    settings: Settings,
    voice: Voice,
) -> ExitCode:
    """Sign MODEL, a folder or a single file, with a key or a certificate.

    The signature says who stands by these bytes. It says nothing about whether anybody could make
    them again, nor whether they are safe to use.
    """
    from provenance.flows.signing.oms_sign import sign_model  # noqa: PLC0415 - heavy

    where = output or (
        model / MODEL_SIGNATURE if model.is_dir() else model.with_name(MODEL_SIGNATURE)
    )
    require_place(where)
    with voice.working():
        bundle = sign_model(
            model,
            signing=signing,
            serialization=hashing.serialization(model),
            output=inside(model, where),
            settings=settings,
            progress=voice,
        )
    write_result(where, bundle)
    click.echo(f"signed: {printable(str(where))}", err=is_standard_output(where))
    return ExitCode.DONE


@oms_group.command("verify")
@click.argument("model", type=_MODEL)
@click.option("--signature", type=_FILE, required=True, metavar="FILE", help="The signature.")
@oms_trust_options
@leave_options
@click.option("--format", "form", type=click.Choice(["human", "json"]), default="human")
@settings_option
@voice_option
def verify_command(  # noqa: PLR0913 - as above
    *,
    model: Path,
    signature: Path,
    trust: TrustOptions,
    leave: LeaveOptions,
    form: str,
    settings: Settings,
    voice: Voice,
) -> ExitCode:
    """Verify that MODEL, a folder or a single file, is what a signature says it is.

    Trust is yours to give: a key, a certificate's root and its holder, or an identity. A signature
    says who stands by the bytes, not that they are safe, nor that they can be made again. No
    connection is made.
    """
    from provenance.flows.signing.oms_verify import Leave, verify_model  # noqa: PLC0415 - heavy

    with voice.working(), errors_as(form):
        verified = verify_model(
            model,
            bundle=read_named(signature),
            trust=trust.trust(),
            allow_legacy=trust.legacy,
            leave=Leave(leave_where(model, signature, leave.ignored), leave.unsigned, leave.links),
            settings=settings,
            progress=voice,
        )
    _tell(verified, form)
    return ExitCode.DONE


def _tell(verified: Verified[ModelSignature], form: str) -> None:
    if form == "json":
        click.echo(json.dumps(_as_json(verified), ensure_ascii=True, indent=2))
        return
    from rich.text import Text  # noqa: PLC0415 - nothing before it waits for drawing

    out = console()
    out.print(Text("verified", "bold green"))
    for name, state in _states(verified.checked):
        out.print(Text(f"  {name:<12}").append_text(safe(state)))


def _states(checked: Checked) -> list[tuple[str, str]]:
    return [
        ("signature", checked.signature),
        ("time", checked.time),
        ("identity", str(checked.identity)),
        ("subject", str(checked.subject)),
        ("files", f"{checked.files} files, each listed, there and equal"),
        ("evidence", checked.evidence),
        *(("not covered", name) for name in checked.not_covered),
        *(("remark", remark) for remark in checked.remarks),
    ]


def _as_json(verified: Verified[ModelSignature]) -> dict[str, object]:
    signature = verified.value
    return {
        "schema": SCHEMA,
        "outcome": "verified",
        "model": signature.name,
        "root": signature.root.hex if signature.root else None,
        "states": states_json(verified.checked),
        "remarks": list(verified.checked.remarks),
    }
