"""The licences that are known: their words, or digests of their words, and their headlines.

``tools/license_table.py`` makes the table; ``tools/licenses.toml`` says of which texts. It is part
of this package, as its code is.
"""

import base64
import hashlib
import json
import lzma
import struct
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import TypedDict, cast

import attrs

from provenance.recipe.licenses.license_shingles import PRINT_BYTES, Words
from provenance.recipe.licenses.license_words import without_title

_FILE = "licenses.jsonl.xz"
_CHECKSUM_BYTES = 4


@attrs.frozen
class Known:
    """One layout of a licence that is known.

    ``text`` is its words with a space between them, or ``None`` where only digests are kept:
    ``prints``, and ``size``, how many words it has. ``same`` are more ids of the very same words.
    """

    id: str
    same: tuple[str, ...]
    anchors: frozenset[int] = attrs.field(repr=False)
    size: int
    text: str | None = attrs.field(repr=False, default=None)
    prints: tuple[bytes, ...] = attrs.field(repr=False, default=())


@attrs.frozen(eq=False)
class Table:
    """All licences that are known, by their digest, and what headlines name them."""

    titles: Mapping[tuple[str, ...], frozenset[str]] = attrs.field(repr=False)
    layouts: tuple[Known, ...] = attrs.field(repr=False)
    _by_digest: Mapping[bytes, Known] = attrs.field(repr=False)

    def find(self, words: Words) -> Known | None:
        """Return the licence whose words these are, all of them and in order."""
        return self._by_digest.get(_digest(" ".join(words)))

    def nearest(self, checksums: frozenset[int], most: int) -> tuple[Known, ...]:
        """Return layouts that share most with a text, by their anchors; none that share nothing."""
        shared = ((len(one.anchors & checksums) / len(one.anchors), one) for one in self.layouts)
        found = sorted(
            ((share, one) for share, one in shared if share),
            key=lambda pair: (-pair[0], pair[1].size, pair[1].id),
        )
        return tuple(one for _, one in found[:most])

    def headlines(
        self, words: tuple[str, ...]
    ) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        """Return the words behind the headlines at the start, and the headlines."""
        return without_title(words, self.titles)


class _Row(TypedDict, total=False):
    id: str
    same: list[str]
    anchors: str
    words: str
    sha256: str
    size: int
    prints: str
    titles: dict[str, list[str]]


@cache
def table() -> Table:
    """Return the table, read once."""
    data = lzma.decompress(files(__package__).joinpath(_FILE).read_bytes())
    first, *rows = (cast("_Row", json.loads(line)) for line in data.splitlines())
    titles = {tuple(one.split()): frozenset(ids) for one, ids in first["titles"].items()}
    by_digest = dict(_layout(row) for row in rows)
    return Table(titles, tuple(by_digest.values()), by_digest)


def _layout(row: _Row) -> tuple[bytes, Known]:
    same, anchors = tuple(row["same"]), frozenset(_checksums(row["anchors"]))
    if "words" in row:
        text = row["words"]
        return _digest(text), Known(row["id"], same, anchors, text.count(" ") + 1, text)
    packed = base64.b64decode(row["prints"])
    prints = tuple(packed[at : at + PRINT_BYTES] for at in range(0, len(packed), PRINT_BYTES))
    known = Known(row["id"], same, anchors, row["size"], prints=prints)
    return bytes.fromhex(row["sha256"]), known


def _checksums(text: str) -> Iterator[int]:
    packed = base64.b64decode(text)
    return iter(struct.unpack(f">{len(packed) // _CHECKSUM_BYTES}I", packed))


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
