"""``provenance sign``: wrap a manifest, byte for byte, in a signed bundle."""

from pathlib import Path

import click

from provenance.cli.exit_codes import ExitCode
from provenance.doors.named_file import read_named
from provenance.doors.writing import atomic_publish

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("sign")
@click.argument("manifest", type=_FILE)
@click.option("--key", type=_FILE, required=True, metavar="PEM", help="The private key.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    metavar="BUNDLE",
    help="Where the bundle goes.",
)
@click.option(
    "--unsafe-claimed-digests",
    is_flag=True,
    help="Sign although some digests are only a server's word.",
)
def sign_command(
    manifest: Path, key: Path, output: Path, *, unsafe_claimed_digests: bool
) -> ExitCode:
    """Sign MANIFEST, the file that ``audit -o`` wrote.

    A signature says who stands by the manifest. It says nothing about whether the release can be
    reproduced, nor whether it is safe to use.
    """
    from provenance.flows.sign import sign  # noqa: PLC0415 - cryptography is heavy

    bundle = sign(
        read_named(manifest),
        private_key=read_named(key),
        unsafe_claimed_digests=unsafe_claimed_digests,
    )
    atomic_publish(output, bundle)
    click.echo(f"signed: {output}")
    return ExitCode.DONE
