"""The policy that a command was given: read, and named by its digest."""

import hashlib
from pathlib import Path
from typing import Self

import attrs
import click

from provenance.doors.named_file import read_named
from provenance.policy.file import LARGEST, parse
from provenance.values.digest import Algorithm, Digest
from provenance.values.policy import Policy

policy_option = click.option(
    "--policy",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="What the release must show, and who must have signed.",
)


@attrs.frozen
class PolicyFile:
    """A policy and the SHA-256 of its file."""

    policy: Policy
    digest: Digest

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a policy from its file.

        Raises:
            UsageError: for a file that is none.
        """
        data = read_named(path, limit=LARGEST + 1)
        return cls(parse(data), Digest(Algorithm.SHA256, hashlib.sha256(data).digest()))
