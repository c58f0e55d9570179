"""What an audit kept, by the first digits of a digest, as findings name it."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import attrs

from provenance.errors import Code, UsageError
from provenance.flows.auditing.kept_facts import KeptFact, facts_about, tool_of
from provenance.stores.evidence import EvidenceStore, read_index
from provenance.values.address import Address
from provenance.values.evidence import Evidence, EvidenceKind

# Enough to tell one capture from another, and few enough to type.
SHORTEST = 6
_SPAN = re.compile(r"(\d{1,18})-(\d{1,18})")


@attrs.frozen
class Shown:
    """Some kept bytes: every capture that they are, who saw them, and which of them were asked for.

    ``data`` are the bytes from ``start`` up to, not including, ``end``. They come from a release.
    """

    captures: tuple[Evidence, ...]
    by: str
    data: bytes = attrs.field(repr=False)
    start: int
    end: int


@attrs.frozen
class OnlyFacts:
    """Files of one digest whose bytes were not kept, and who listed them.

    ``headers`` are the beginnings that were kept, by the address of their files.
    """

    files: tuple[KeptFact, ...]
    by: str
    headers: Mapping[Address, Evidence]


def list_evidence(folder: Path) -> tuple[Evidence, ...]:
    """Return every capture that an audit kept in a folder, in order of address and digest.

    Raises:
        UsageError: PATH_MISSING, when it is no folder of evidence; FS_SYMLINK for a link in it.
        ReleaseError, TextError: for an index that cannot be read, or is not written as ours are.
    """
    return read_index(folder)


def show_evidence(asked: str, folder: Path) -> Shown | OnlyFacts:
    """Return what was kept under a digest, after hashing it again.

    Args:
        asked: the first digits of a digest, six or more, and ``:START-END`` for the bytes that a
            finding names; ``0-0`` is the whole, as in a manifest.
        folder: what the audit was given to keep its evidence in.

    Raises:
        UsageError: PATH_MISSING, for a folder that is none, and for digits that name nothing, or
            several; USAGE for a span that is none of these bytes.
        ReleaseError: FILE_CHANGED, when the bytes are not what they were.
        TextError: for an index or a recording that is not written as ours are.
    """
    name, _, span = asked.removeprefix("sha256:").partition(":")
    index = read_index(folder)
    found = _chosen(index, name)
    if not found:
        return _facts(folder, index, name, asked)
    data = EvidenceStore(folder).read(found[0].digest)
    start, end = _bytes_of(span, len(data)) if span else (0, len(data))
    return Shown(found, tool_of(folder), data[start:end], start, end)


def _bytes_of(span: str, size: int) -> tuple[int, int]:
    match = _SPAN.fullmatch(span)
    start, end = (int(match[1]), int(match[2])) if match else (1, 0)
    if match and start == end == 0:
        return 0, size
    if not start <= end <= size:
        raise UsageError(
            f"{span[:80]!a} is no span of {size} bytes",
            hint="write START-END, in bytes, as the manifest has them",
        )
    return start, end


def _facts(folder: Path, index: Sequence[Evidence], digits: str, asked: str) -> OnlyFacts:
    """Return what is known of files whose bytes were not kept."""
    files = facts_about(folder, digits) if len(digits) >= SHORTEST else ()
    if len({one.digest for one in files}) != 1:
        raise _no_such(asked, several=bool(files))
    headers = {one.address.whole: one for one in index if _is_beginning(one)}
    return OnlyFacts(files, tool_of(folder), headers)


def _is_beginning(one: Evidence) -> bool:
    part = one.address.range
    return one.kind is EvidenceKind.HEADER and part is not None and part.start == 0


def _chosen(index: Sequence[Evidence], digits: str) -> tuple[Evidence, ...]:
    long = len(digits) >= SHORTEST
    found = tuple(one for one in index if long and one.digest.hex.startswith(digits))
    if len({one.digest for one in found}) > 1:
        raise _no_such(digits, several=True)
    return found


def _no_such(asked: str, *, several: bool) -> UsageError:
    what = "names several captures" if several else "names no capture"
    return UsageError(
        f"{asked[:80]!a} {what}",
        hint=f"give {SHORTEST} or more digits of an id; `provenance evidence list` has them",
        code=Code.PATH_MISSING,
    )
