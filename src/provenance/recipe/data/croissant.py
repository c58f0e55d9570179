"""Croissant descriptions of datasets (MLCommons, JSON-LD), read as the plain JSON that they are.

No context is fetched and no name expanded: a type or key counts by its last part, after a prefix
or an address. https://docs.mlcommons.org/croissant/docs/croissant-spec.html
"""

import hashlib
import re
from collections.abc import Iterator

import attrs

from provenance.errors import Code, TextError
from provenance.recipe.documents.loaded_json import loaded_json
from provenance.text.budget import Budget
from provenance.text.shape import Reader
from provenance.text.strict_json import JsonValue
from provenance.values.address import Address
from provenance.values.dataset_card import CroissantFacts, CroissantFile
from provenance.values.digest import Algorithm, Digest
from provenance.values.evidence import Where
from provenance.values.hazard import Hazard

BUDGET = Budget(bytes=8 * 2**20, depth=32, items=1_000_000)
#: Of entries in one list; and of characters in one text.
MOST_ITEMS = 10_000
LONGEST_TEXT = 2000
_MOST_TOLD = 8
_BEFORE_LAST = re.compile(r"[:/#]")
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")
# Bytes only: what is given in larger units is rounded.
_SIZE = re.compile(r"(0|[1-9][0-9]{0,15})(?: ?(?:B|bytes))?")
_MOST = 2**53 - 1


@attrs.frozen
class CroissantRead:
    """What a description says, ``None`` when it cannot be read, and what is wrong with it."""

    facts: CroissantFacts | None
    hazards: tuple[Hazard, ...]


def read_croissant(data: bytes, *, address: Address, path: str) -> CroissantRead:
    """Read a Croissant description; nothing that it can hold raises."""
    where = Where(address, Digest(Algorithm.SHA256, hashlib.sha256(data).digest()))
    try:
        value, odd = loaded_json(data, path=path, budget=BUDGET)
        root = Reader.of(value)
    except TextError as error:
        return CroissantRead(None, (Hazard(error.code, path, error.what),))
    describer = _Describer()
    facts = describer.read(root, where)
    told = sorted(describer.troubles)
    hazards = [Hazard(code, path, what) for code, what in told[:_MOST_TOLD]]
    return CroissantRead(facts, (*odd, *hazards))


@attrs.frozen(eq=False)
class _Describer:
    """Reads one description, and remembers what it left out."""

    troubles: set[tuple[Code, str]] = attrs.field(factory=set)

    def read(self, root: Reader, where: Where) -> CroissantFacts:
        top = self._short(root)
        return CroissantFacts(
            where,
            name=self._text(top, "name"),
            licenses=tuple(self._texts(top, "license")),
            version=self._text(top, "version"),
            published=self._text(top, "datePublished"),
            files=tuple(self._files(top)),
            record_sets=len(self._items(top, "recordSet")),
            complete=not self.troubles,
        )

    def _trouble(self, error: TextError) -> None:
        self.troubles.add((error.code, error.what))

    def _files(self, top: Reader) -> Iterator[CroissantFile]:
        for index, value in enumerate(self._items(top, "distribution")):
            try:
                reader = Reader.of(value, f"distribution[{index}]")
            except TextError as error:
                self._trouble(error)
            else:
                yield self._file(self._short(reader))

    def _file(self, entry: Reader) -> CroissantFile:
        kinds = {_last_part(one) for one in self._texts(entry, "@type")}
        digest = self._text(entry, "sha256")
        return CroissantFile(
            name=self._text(entry, "name") or self._text(entry, "@id") or "",
            url=self._text(entry, "contentUrl"),
            format=next(self._texts(entry, "encodingFormat"), None),
            sha256=Digest.sha256(digest.lower()) if digest and _SHA256.fullmatch(digest) else None,
            size=self._size(entry),
            whole="FileSet" not in kinds and "containedIn" not in entry.values,
        )

    def _short(self, reader: Reader) -> Reader:
        """Return an object by its keys' last parts; of two that are equal the first stays."""
        short: dict[str, JsonValue] = {}
        for key, value in reader.values.items():
            if short.setdefault(_last_part(key), value) is not value:
                what = f"{reader.at(key)}: another key has the same last part"
                self.troubles.add((Code.JSON_DUP_KEY, what))
        return Reader(short, reader.where, reader.code)

    def _items(self, reader: Reader, key: str) -> tuple[JsonValue, ...]:
        """Return the items of a list, or the one thing that stands in its place, as in JSON-LD."""
        found = reader.values.get(key)
        if not isinstance(found, list):
            return () if found is None else (found,)
        if len(found) > MOST_ITEMS:
            what = f"{reader.at(key)}: {len(found)} items, of which {MOST_ITEMS} are read"
            self.troubles.add((Code.RESOURCE, what))
        return tuple(found[:MOST_ITEMS])

    def _text(self, reader: Reader, key: str) -> str | None:
        """Return a text; a number stands for itself, since versions are written so."""
        found = reader.values.get(key)
        if isinstance(found, int | float) and not isinstance(found, bool):
            return str(found)
        if found is None:
            return None
        try:
            return _bounded(reader, key, reader.text(key))
        except TextError as error:
            self._trouble(error)
            return None

    def _texts(self, reader: Reader, key: str) -> Iterator[str]:
        """Yield the texts under a key, one or a list; an object goes by its address or name."""
        for item in self._items(reader, key):
            found = item
            if isinstance(item, dict):
                found = item.get("@id") or item.get("url") or item.get("name")
            try:
                if not isinstance(found, str):
                    raise reader.wrong(key, "an item is no text")
                yield _bounded(reader, key, found)
            except TextError as error:
                self._trouble(error)

    def _size(self, entry: Reader) -> int | None:
        found = entry.values.get("contentSize")
        match = _SIZE.fullmatch(str(found)) if isinstance(found, int | str) else None
        size = int(match[1]) if match else None
        return size if size is not None and size <= _MOST else None


def _bounded(reader: Reader, key: str, text: str) -> str:
    if len(text) > LONGEST_TEXT:
        what = f"{reader.at(key)}: a text of {len(text)} characters"
        raise TextError(what, hint="write less", code=Code.RESOURCE)
    return text


def _last_part(name: str) -> str:
    return _BEFORE_LAST.split(name)[-1]
