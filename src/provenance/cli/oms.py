"""``provenance oms``: sign models and verify their signatures as OMS v1.0 has it."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click
from rich.text import Text

from provenance.cli.exit_codes import ExitCode
from provenance.cli.identity import identity_json
from provenance.cli.model_paths import inside, relative
from provenance.cli.oms_conformance import sign_model_command, verify_model_command
from provenance.cli.oms_trust import TrustOptions, trust_of
from provenance.cli.options import loudness, loudness_options
from provenance.cli.private_key import load_private_key, password_option
from provenance.cli.report import console, safe
from provenance.cli.voice import Voice
from provenance.doors.clock import utc_now
from provenance.doors.named_file import read_named
from provenance.doors.writing import atomic_publish
from provenance.values.digest import Algorithm
from provenance.values.model_signature import (
    HASH_TYPES,
    SHARD_SIZE,
    Method,
    ModelSignature,
    Serialization,
)
from provenance.values.settings import Settings
from provenance.values.verified import Checked, Verified

if TYPE_CHECKING:
    from provenance.ports.signer import Signer

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_MODEL = click.Path(path_type=Path, exists=True)

_ignore_option = click.option(
    "--ignore-paths",
    "ignored",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="P",
    help="A path in the model that is not covered, with all below it (repeatable).",
)
_links_option = click.option(
    "--allow-symlinks", is_flag=True, help="Take links as the files that they lead to."
)
_jobs_option = click.option(
    "--jobs",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Threads that hash; 0 for as many as there are processors.",
)


@click.group("oms")
def oms_group() -> None:
    """Sign models, and verify their signatures, as OpenSSF Model Signing (OMS) v1.0 has it.

    Exit codes: 0 signed or accepted, 1 refused, 2 usage, 4 tool or environment.
    """


oms_group.add_command(sign_model_command)
oms_group.add_command(verify_model_command)


@oms_group.command("sign")
@click.argument("model", type=_MODEL)
@click.option("--key", type=_FILE, required=True, metavar="PEM", help="The private key.")
@password_option
@click.option("--certificate", type=_FILE, metavar="PEM", help="The certificate for the key.")
@click.option(
    "--certificate-chain",
    "chain",
    type=_FILE,
    multiple=True,
    metavar="PEM",
    help="Certificates between that and the root (repeatable).",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where the signature goes; model.sig in the model's folder by default.",
)
@click.option(
    "--hash-type",
    type=click.Choice([one.value for one in HASH_TYPES]),
    default=Algorithm.SHA256.value,
    help="The hash of the files; every verifier knows sha256.",
)
@click.option("--shards", is_flag=True, help="Hash files in parts, each with a digest.")
@click.option(
    "--shard-size",
    type=click.IntRange(min=1),
    default=SHARD_SIZE,
    show_default=True,
    metavar="BYTES",
    help="The size of a part.",
)
@_ignore_option
@_links_option
@_jobs_option
@loudness_options
def sign_command(  # noqa: PLR0913, PLR0917 - one parameter for each option of the contract
    model: Path,
    key: Path,
    password_file: Path | None,
    certificate: Path | None,
    chain: tuple[Path, ...],
    output: Path | None,
    hash_type: str,
    shard_size: int,
    ignored: tuple[Path, ...],
    jobs: int,
    *,
    shards: bool,
    allow_symlinks: bool,
    quiet: bool,
    verbose: bool,
) -> ExitCode:
    """Sign MODEL, a folder or a single file, with a key or a certificate.

    The signature says who stands by these bytes. It says nothing about whether anybody could make
    them again, nor whether they are safe to use.
    """
    from provenance.flows.oms_sign import sign_model  # noqa: PLC0415 - heavy

    where = output or (model / "model.sig" if model.is_dir() else model.with_name("model.sig"))
    serialization = Serialization(
        method=Method.SHARDS if shards else Method.FILES,
        hash_type=Algorithm(hash_type),
        allow_symlinks=allow_symlinks,
        shard_size=shard_size if shards else None,
        ignore_paths=tuple(relative(model, path) for path in ignored),
    )
    signer = _signer(key, password_file, certificate, chain)
    with Voice(loudness(quiet=quiet, verbose=verbose)).working() as voice:
        bundle = sign_model(
            model,
            signer=signer,
            serialization=serialization,
            output=inside(model, where),
            settings=attrs.evolve(Settings(), jobs=jobs),
            progress=voice,
        )
    atomic_publish(where, bundle)
    click.echo(f"signed: {where}")
    return ExitCode.DONE


@oms_group.command("verify")
@click.argument("model", type=_MODEL)
@click.option("--signature", type=_FILE, required=True, metavar="FILE", help="The signature.")
@click.option("--public-key", type=_FILE, metavar="PEM", help="The key that you trust.")
@click.option(
    "--certificate-chain",
    "chain",
    type=_FILE,
    multiple=True,
    metavar="PEM",
    help="The roots that you trust (repeatable); never the web's.",
)
@click.option(
    "--certificate-identity",
    "name",
    metavar="NAME",
    help="Whose the certificate has to be: a name in it, or KIND:NAME with email, uri, dns, cn,"
    " subject, organization or spki.",
)
@click.option(
    "--unsafe-any-certificate-identity",
    "any_name",
    is_flag=True,
    help="Trust every holder of a certificate under the roots (unsafe).",
)
@click.option("--identity", metavar="I", help="The identity that you trust (Sigstore).")
@click.option("--issuer", metavar="URL", help="Who says that it is that identity.")
@click.option(
    "--trust-config", "config", type=_FILE, metavar="F", help="Another instance of Sigstore's."
)
@click.option("--offline", is_flag=True, help="Make no connection: so it is, with or without.")
@_ignore_option
@click.option(
    "--ignore-unsigned-files", "unsigned", is_flag=True, help="Accept files that are not listed."
)
@_links_option
@click.option(
    "--allow-legacy", "legacy", is_flag=True, help="Accept signatures of model signing 0.2.0."
)
@click.option("--format", "form", type=click.Choice(["human", "json"]), default="human")
@_jobs_option
@loudness_options
def verify_command(  # noqa: PLR0913, PLR0917 - one parameter for each option of the contract
    model: Path,
    signature: Path,
    public_key: Path | None,
    chain: tuple[Path, ...],
    name: str | None,
    identity: str | None,
    issuer: str | None,
    config: Path | None,
    ignored: tuple[Path, ...],
    form: str,
    jobs: int,
    *,
    any_name: bool,
    offline: bool,
    unsigned: bool,
    allow_symlinks: bool,
    legacy: bool,
    quiet: bool,
    verbose: bool,
) -> ExitCode:
    """Verify that MODEL, a folder or a single file, is what a signature says it is.

    Trust is yours to give: a key, a certificate's root and its holder, or an identity. A signature
    says who stands by the bytes, not that they are safe, nor that they can be made again.
    """
    del offline
    from provenance.flows.oms_verify import Leave, verify_model  # noqa: PLC0415 - heavy

    options = TrustOptions(public_key, chain, name, any_name, identity, issuer, config, legacy)
    beside = inside(model, signature)
    paths = {*(relative(model, path) for path in ignored), *((beside,) if beside else ())}
    trust = trust_of(options)
    with Voice(loudness(quiet=quiet, verbose=verbose)).working() as voice:
        verified = verify_model(
            model,
            bundle=read_named(signature),
            trust=trust,
            leave=Leave(frozenset(paths), unsigned, allow_symlinks),
            settings=attrs.evolve(Settings(), jobs=jobs),
            progress=voice,
        )
    _tell(verified, form)
    return ExitCode.DONE


def _signer(
    key: Path, password_file: Path | None, certificate: Path | None, chain: tuple[Path, ...]
) -> "Signer":
    private = load_private_key(key, password_file=password_file)
    if certificate is None:
        if chain:
            raise click.UsageError("--certificate-chain goes with --certificate")
        return private
    from provenance.signers.certificate import load_signer  # noqa: PLC0415 - heavy

    above = [read_named(path) for path in chain]
    return load_signer(private, read_named(certificate), above, at=utc_now())


def _tell(verified: Verified[ModelSignature], form: str) -> None:
    if form == "json":
        click.echo(json.dumps(_as_json(verified), ensure_ascii=True, indent=2))
        return
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
    checked, signature = verified.checked, verified.value
    return {
        "signature": checked.signature,
        "time": checked.time,
        "identity": identity_json(checked.identity),
        "subject": str(checked.subject),
        "name": signature.name,
        "root": signature.root.hex if signature.root else None,
        "files": checked.files,
        "evidence": checked.evidence,
        "not_covered": list(checked.not_covered),
        "remarks": list(checked.remarks),
    }
