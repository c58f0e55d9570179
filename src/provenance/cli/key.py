"""``provenance key``: make the keys that manifests are signed with."""

from pathlib import Path

import click

from provenance.cli.exit_codes import ExitCode
from provenance.doors.writing import atomic_publish
from provenance.errors import Code, UsageError


@click.group("key")
def key_group() -> None:
    """Make signing keys."""


@key_group.command("generate")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    metavar="FILE",
    help="Where the private key goes; the public one goes beside it, as FILE.pub.",
)
@click.option("--force", is_flag=True, help="Replace keys that are there.")
def generate_command(output: Path, *, force: bool) -> ExitCode:
    """Make an EC P-256 key pair: FILE (private, mode 0600) and FILE.pub (public), both PEM."""
    from provenance.signers.key import generate  # noqa: PLC0415 - cryptography is heavy

    public = output.with_name(f"{output.name}.pub")
    there = [path for path in (output, public) if path.exists()]
    if there and not force:
        raise UsageError(
            f"{there[0]} is there already",
            hint="choose another name, or --force to replace it",
            code=Code.KEY_FILE,
        )
    private_pem, public_pem = generate()
    atomic_publish(output, private_pem, mode=0o600)
    atomic_publish(public, public_pem)
    click.echo(f"private key: {output}\npublic key:  {public}")
    return ExitCode.DONE
