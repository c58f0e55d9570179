"""``provenance key``: make the keys that manifests and models are signed with, and show them."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.cli.exit_codes import ExitCode
from provenance.cli.new_file import NewFile
from provenance.cli.private_key import (
    LARGEST_PEM,
    PASSWORD_VARIABLE,
    load_private_key,
    password_from,
    password_option,
)
from provenance.doors.named_file import read_named
from provenance.doors.outlet import holds_files, would_replace
from provenance.doors.writable import require_place
from provenance.doors.writing import atomic_publish
from provenance.errors import Code, UsageError
from provenance.text.untrusted import printable

if TYPE_CHECKING:
    from provenance.signers.key import PublicKey

# The names of provenance.signers.key.KeyKind, which is too heavy to be asked for them.
KINDS = ("p256", "p384", "p521", "ed25519")

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group("key")
def key_group() -> None:
    """Make signing keys, and show whose a key is."""


@key_group.command("generate")
@click.option(
    "-o",
    "--output",
    type=NewFile(),
    required=True,
    metavar="FILE",
    help="Where the private key goes; the public one goes beside it, as FILE.pub.",
)
@click.option(
    "--kind",
    type=click.Choice(KINDS),
    default=KINDS[0],
    show_default=True,
    help="The kind of key; other ecosystems' verifiers all know p256.",
)
@click.option("--encrypt", is_flag=True, help="Encrypt the private key under a password.")
@password_option
@click.option("--force", is_flag=True, help="Replace keys that are there.")
def generate_command(
    output: Path, kind: str, password_file: Path | None, *, encrypt: bool, force: bool
) -> ExitCode:
    """Make a key pair: FILE (private, mode 0600) and FILE.pub (public), both PEM."""
    from provenance.signers.key import KeyKind, generate  # noqa: PLC0415 - cryptography is heavy

    public = output.with_name(f"{output.name}.pub")
    odd = [path for path in (output, public) if not holds_files(path)]
    if odd:
        raise UsageError(
            f"{str(odd[0])!a} is no place for a key: it would not stay in a file of its own",
            hint="name a file",
            code=Code.KEY_FILE,
        )
    require_place(public)
    there = [path for path in (output, public) if would_replace(path)]
    if there and not force:
        raise UsageError(
            f"{there[0]} is there already",
            hint="choose another name, or --force to replace it",
            code=Code.KEY_FILE,
        )
    wanted = encrypt or password_file is not None
    password = _new_password(password_file) if wanted else None
    private_pem, public_pem = generate(KeyKind(kind), password=password)
    atomic_publish(output, private_pem, mode=0o600)
    atomic_publish(public, public_pem)
    click.echo(f"private key: {printable(str(output))}\npublic key:  {printable(str(public))}")
    return ExitCode.DONE


@key_group.command("show")
@click.argument("file", type=_FILE)
@password_option
@click.option("--format", "form", type=click.Choice(["human", "json", "pem"]), default="human")
def show_command(file: Path, password_file: Path | None, form: str) -> ExitCode:
    """Show whose key FILE holds: its kind, fingerprint and hint; of a private one nothing more.

    The fingerprint is the SHA-256 of the public key in DER, the hint the one that bundles name a
    key by: the SHA-256 of its PEM text.
    """
    found = _public(file, password_file)
    shown = {
        "kind": found.identity.kind,
        "fingerprint": str(found.identity.fingerprint),
        "hint": found.hint,
    }
    if form == "json":
        click.echo(json.dumps({**shown, "pem": found.pem.decode("ascii")}, indent=2))
    elif form == "pem":
        click.echo(found.pem.decode("ascii"), nl=False)
    else:
        for name, value in shown.items():
            click.echo(f"{name + ':':<13}{value}")
    return ExitCode.DONE


def _public(file: Path, password_file: Path | None) -> "PublicKey":
    from provenance.signers.key import load_explained_public  # noqa: PLC0415 - as above

    data = read_named(file, limit=LARGEST_PEM)
    if b"PRIVATE KEY-----" in data:
        return load_private_key(file, password_file=password_file).public
    return load_explained_public(data)


def _new_password(file: Path | None) -> bytes:
    found = password_from(file)
    if found is None:
        raise UsageError(
            "there is no password to encrypt the key under",
            hint=f"give --password-file, or set {PASSWORD_VARIABLE}",
            code=Code.KEY_FILE,
        )
    return found
