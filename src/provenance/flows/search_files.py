"""Searching a release's files for secrets: every text up to a bound, and a word on the rest."""

from collections.abc import Iterable, Iterator

import attrs

from provenance.doors.disk import read_start
from provenance.errors import ProvenanceError
from provenance.policy.advise_secrets import Searched, search
from provenance.policy.secret_settings import hints_in
from provenance.ports.source import Source
from provenance.text.plain_text import SAMPLE, encoding_of, searchable
from provenance.values.advice import Advice, Rule
from provenance.values.inventory import FileEntry

_MEBIBYTE = 2**20
#: Of one text; of a longer one the beginning is searched.
LARGEST = 8 * _MEBIBYTE
#: Of all of them. Each file counts for what it takes to open it, too, and each place in it where
#: the name of a secret may stand for what it takes to look there.
MOST_BYTES = 32 * _MEBIBYTE
OPENING = 4096
HINT = 64


def search_files(source: Source, entries: Iterable[FileEntry]) -> Searched:
    """Return the secrets of a release's texts, the smallest file first.

    What is text is told by its first bytes. A text beyond ``LARGEST``, whatever is left after
    ``MOST_BYTES``, and what cannot be read is told as not searched.
    """
    told: list[Advice] = []
    secrets: set[str] = set()
    left = MOST_BYTES
    beyond: list[FileEntry] = []
    for entry in sorted(entries, key=lambda it: (it.size, it.path.text)):
        if left <= 0:
            beyond.append(entry)
            continue
        read, found = _search(source, entry)
        told += found.advice
        secrets |= found.secrets
        left -= OPENING + read
    return Searched((*told, *_beyond(beyond)), frozenset(secrets))


def _search(source: Source, entry: FileEntry) -> tuple[int, Searched]:
    """Return what a file costs, in bytes beyond its opening, and what is in it."""
    path = entry.path.text
    try:
        with source.open(entry.path) as file:
            data = read_start(file, SAMPLE)
            if encoding_of(data) is None:
                return len(data), Searched()
            data += read_start(file, LARGEST - len(data))
    except ProvenanceError as error:
        return 0, Searched((_not_searched(path, error.what),))
    text = searchable(data) or data
    found = search(path, text)
    if entry.size > len(data):
        what = f"the first {len(data):,} of {entry.size:,} bytes of this text"
        found = attrs.evolve(
            found, advice=(*found.advice, _not_searched(path, f"only {what} were searched"))
        )
    return len(data) + HINT * hints_in(text), found


def _beyond(left: list[FileEntry]) -> Iterator[Advice]:
    """Yield a word about what was left, for the release as a whole."""
    if left:
        what = (
            f"{len(left)} files from {left[0].size:,} bytes up were not looked at: "
            f"{MOST_BYTES // _MEBIBYTE} MiB of smaller ones were"
        )
        yield _not_searched("", what)


def _not_searched(path: str, what: str) -> Advice:
    return Advice(Rule.NOT_SEARCHED, path, 0, f"{what}, for secrets", Rule.NOT_SEARCHED.mend)
