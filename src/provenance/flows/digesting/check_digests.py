"""Checking files against a list of digests that somebody wrote before."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import attrs

from provenance.errors import Code, UsageError
from provenance.flows.digesting.digest import Digesting, digest
from provenance.ports.progress import Progress
from provenance.text.sum_list import parse as parse_sums
from provenance.values.digest import Algorithm
from provenance.values.digest_list import DigestList, Trouble
from provenance.wire.digests_json import parse_digests


@attrs.frozen
class Expected:
    """Digests by path, in the order of the algorithms."""

    algorithms: tuple[Algorithm, ...]
    digests: Mapping[str, tuple[bytes, ...]]


@attrs.frozen
class Checked:
    """What a list and today's files have in common, and what not; paths are sorted.

    ``unlisted`` counts files that are there and that the list does not name: whether they belong
    there, it cannot say. ``troubles`` are what could not be looked at.
    """

    matching: int
    differing: tuple[str, ...]
    missing: tuple[str, ...]
    unlisted: int
    troubles: tuple[Trouble, ...]

    @property
    def clean(self) -> bool:
        """Whether every file of the list was found to be what the list says."""
        return not (self.differing or self.missing or self.troubles)


def read_list(data: bytes) -> Expected:
    """Read a list of digests: our own JSON, or lines as ``sha256sum`` writes them.

    Raises:
        TextError: for anything else.
        UsageError: PARTS, for one part of a work, which says nothing of the others; USAGE, for a
            list that is not clean.
    """
    if not data.lstrip().startswith(b"{"):
        sums = parse_sums(data)
        return Expected((Algorithm.SHA256,), {path: (value,) for path, value in sums.items()})
    found = parse_digests(data)
    if found.share:
        raise UsageError("this is a part of a list", hint="merge all parts first", code=Code.PARTS)
    if not found.clean:
        what = f"this list is not whole: of {len(found.troubles)} paths nothing was known"
        raise UsageError(what, hint="give a list without troubles")
    return Expected(found.algorithms, {row.path: row.digests for row in found.rows})


def check_digests(
    expected: Expected,
    paths: Sequence[Path],
    how: Digesting,
    *,
    progress: Progress | None = None,
) -> Checked:
    """Hash the files of a list that are there, and hold them against it."""
    asked = attrs.evolve(how, algorithms=expected.algorithms, only=expected.digests.keys())
    return compare(expected, digest(paths, asked, progress=progress))


def compare(expected: Expected, found: DigestList) -> Checked:
    """Hold a list against what was hashed."""
    same = {row.path: expected.digests[row.path] == row.digests for row in found.rows}
    told = {one.path for one in found.troubles}
    return Checked(
        matching=sum(same.values()),
        differing=tuple(path for path, equal in same.items() if not equal),
        missing=tuple(sorted(expected.digests.keys() - same.keys() - told)),
        unlisted=found.left_out,
        troubles=found.troubles,
    )
