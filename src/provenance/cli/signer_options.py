"""Options that say whose signature it will be: a private key, and a certificate for it, if any."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.cli.options import gathered, together
from provenance.cli.private_key import load_private_key, password_option
from provenance.doors.clock import utc_now
from provenance.doors.named_file import read_named

if TYPE_CHECKING:
    from provenance.ports.signer import Signer

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


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


signer_options = together(
    click.option("--key", type=_FILE, required=True, metavar="PEM", help="The private key."),
    password_option,
    click.option("--certificate", type=_FILE, metavar="PEM", help="The certificate for the key."),
    click.option(
        "--certificate-chain",
        "chain",
        type=_FILE,
        multiple=True,
        metavar="PEM",
        help="Those between it and its root (repeatable).",
    ),
    gathered("signer", _signer, "key", "password_file", "certificate", "chain"),
)
