"""Options that say whom to trust: keys, or certificates under given roots and their holder."""

from pathlib import Path

import attrs
import click

from provenance.cli.options import gathered, together
from provenance.cli.private_key import LARGEST_PEM
from provenance.doors.named_file import read_named
from provenance.values.certificate_name import UNSAFE_ANY_NAME, UnsafeAnyName

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@attrs.frozen
class TrustOptions:
    """The files of trusted keys and roots, as PEM, and whose certificate it has to be."""

    public_keys: tuple[bytes, ...]
    roots: tuple[bytes, ...]
    holder: str | UnsafeAnyName | None


def _trust(
    public_keys: tuple[Path, ...], roots: tuple[Path, ...], holder: str | None, *, anybody: bool
) -> TrustOptions:
    if holder is not None and anybody:
        raise click.UsageError(
            "--certificate-identity and --unsafe-any-certificate-identity contradict each other"
        )
    return TrustOptions(
        tuple(read_named(path, limit=LARGEST_PEM) for path in public_keys),
        tuple(map(read_named, roots)),
        UNSAFE_ANY_NAME if anybody else holder,
    )


trust_options = together(
    click.option(
        "--public-key",
        "public_keys",
        type=_FILE,
        multiple=True,
        metavar="PEM",
        help="A key that you trust (repeatable).",
    ),
    click.option(
        "--certificate-chain",
        "roots",
        type=_FILE,
        multiple=True,
        metavar="PEM",
        help="A root that you trust (repeatable).",
    ),
    click.option(
        "--certificate-identity",
        "holder",
        metavar="NAME",
        help="Who has to hold the certificate, for example email:release@example.org.",
    ),
    click.option(
        "--unsafe-any-certificate-identity",
        "anybody",
        is_flag=True,
        help="Trust whoever holds a certificate under the roots (unsafe).",
    ),
    gathered("trust", _trust, "public_keys", "roots", "holder", "anybody"),
)
