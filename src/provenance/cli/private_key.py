"""Private keys from files: a warning where others may read them, and where passwords come from."""

import os
import sys
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.doors.named_file import is_open_to_others, read_named
from provenance.errors import Code, UsageError
from provenance.values.option import PrivatePem

if TYPE_CHECKING:
    from provenance.signers.key import PrivateKey

# The only name under which a password is looked for.
PASSWORD_VARIABLE = "PROVENANCE_KEY_PASSWORD"  # noqa: S105 - a name, no password

# As provenance.signers.key has it, which is too heavy to be asked: more is read of no key's file.
LARGEST_PEM = 64 * 2**10
_LONGEST_PASSWORD_FILE = 4096

PASSWORD_HELP = f"Holds the password of an encrypted key, on one line (or set {PASSWORD_VARIABLE})."

password_option = click.option(
    "--password-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help=PASSWORD_HELP,
)


def load_private_key(path: Path, *, password_file: Path | None = None) -> "PrivateKey":
    """Read a private key: see :func:`read_private_key`.

    Raises:
        UsageError: KEY_FILE, PATH_MISSING.
    """
    from provenance.signers.key import load_explained_private  # noqa: PLC0415 - heavy

    found = read_private_key(path, password_file=password_file)
    return load_explained_private(found.pem, password=found.password)


def read_private_key(path: Path, *, password_file: Path | None = None) -> PrivatePem:
    """Read the file of a private key; its password, if it has one, is asked for if none is given.

    Raises:
        UsageError: KEY_FILE, PATH_MISSING.
    """
    from provenance.signers.key import is_encrypted  # noqa: PLC0415 - heavy

    pem = read_named(path, limit=LARGEST_PEM)
    if b"PRIVATE KEY-----" in pem:
        warn_of_others(path)
    if not is_encrypted(pem):
        return PrivatePem(pem, password_from(password_file) if password_file else None)
    given = password_from(password_file)
    if given is None and sys.stdin.isatty():  # pragma: no cover - there is no terminal in tests
        given = getpass("password: ").encode()
    if given is None:
        raise UsageError(
            f"the private key {str(path)!a} is encrypted, and no password is given",
            hint=f"give --password-file, or set {PASSWORD_VARIABLE}",
            code=Code.KEY_FILE,
        )
    return PrivatePem(pem, given)


def password_from(file: Path | None) -> bytes | None:
    """Return the password from a file, or else from the environment, if there is one.

    Raises:
        UsageError: KEY_FILE for a file of more than one line.
    """
    if file is not None:
        warn_of_others(file)
        found = read_named(file, limit=_LONGEST_PASSWORD_FILE)
        password = found.removesuffix(b"\n").removesuffix(b"\r")
        if b"\n" in password:
            raise UsageError(
                f"{str(file)!a} holds more than one line",
                hint="give a file with the password, and nothing else",
                code=Code.KEY_FILE,
            )
        return password
    variable = os.environ.get(PASSWORD_VARIABLE)
    # As the bytes that they are: a password need not be text.
    return os.fsencode(variable) if variable else None


def warn_of_others(path: Path) -> None:
    """Say so on standard error when others than its owner may read or change a file."""
    if is_open_to_others(path):
        click.echo(
            f"warning: others may read or change {str(path)!a}; to do: chmod 600 the file",
            err=True,
        )
