"""``provenance sign``: wrap a manifest, byte for byte, in a signed bundle; and sign its model."""

from pathlib import Path

import click

from provenance.cli.exit_codes import ExitCode
from provenance.cli.new_file import NewFile, NewFolder
from provenance.cli.options import together
from provenance.cli.output import is_standard_output, write_result
from provenance.cli.signer_options import signing_options
from provenance.doors.named_file import read_named
from provenance.signers.signing import Signing
from provenance.text.untrusted import printable
from provenance.values.sidecars import MODEL_SIGNATURE, RECIPE_BUNDLE

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


_although = together(
    click.option(
        "--unsafe-claimed-digests",
        "unsafe",
        is_flag=True,
        help="Sign although some digests are only a server's word.",
    ),
    click.option(
        "--replayed", is_flag=True, help="Sign although the manifest repeats an earlier audit."
    ),
)


@click.command("sign")
@click.argument("manifest", type=_FILE)
@signing_options
@click.option(
    "-o",
    "--output",
    type=NewFile(),
    metavar="BUNDLE",
    help="Where the bundle of the recipe goes.",
)
@click.option(
    "--into",
    type=NewFolder(exists=True),
    metavar="FOLDER",
    help=f"Write two bundles into this folder: {RECIPE_BUNDLE}, and {MODEL_SIGNATURE} for the"
    " model itself.",
)
@_although
def sign_command(  # noqa: PLR0913 - one parameter for each option
    *,
    manifest: Path,
    signing: Signing,
    output: Path | None,
    into: Path | None,
    unsafe: bool,
    replayed: bool,
) -> ExitCode:
    """Sign MANIFEST, the file that ``audit -o`` wrote, and with --into the model that it lists.

    No file of the release is read again. A signature says who stands by the manifest. It says
    nothing about whether the release can be reproduced, nor whether it is safe to use.
    """
    from provenance.flows.signing.sign import sign, sign_release  # noqa: PLC0415 - heavy

    if (output is None) is (into is None):
        raise click.UsageError("say where the signature goes: -o BUNDLE, or --into FOLDER for both")
    statement = read_named(manifest)
    written: list[tuple[Path, bytes]] = []
    if output:
        bundle = sign(statement, signing=signing, unsafe_claimed_digests=unsafe, replayed=replayed)
        written.append((output, bundle))
    if into:
        bundles = sign_release(
            statement, signing=signing, unsafe_claimed_digests=unsafe, replayed=replayed
        )
        written += [(into / RECIPE_BUNDLE, bundles.recipe), (into / MODEL_SIGNATURE, bundles.model)]
    for path, bundle in written:
        write_result(path, bundle)
        click.echo(f"signed: {printable(str(path))}", err=is_standard_output(path))
    return ExitCode.DONE
