"""The metadata of a dataset's card: configurations, splits, sizes, sources and licences.

Nothing here is trusted or followed: patterns of files are texts. What is not of its type is left
out and told.
"""

import hashlib
import re
from collections.abc import Callable, Iterator
from typing import TypeVar

import attrs

from provenance.errors import Code, TextError
from provenance.text.front_matter import split
from provenance.text.restricted_yaml import parse
from provenance.text.span import Span
from provenance.text.yaml_tree import YamlMapping, YamlNode, YamlScalar, YamlSequence, lookup
from provenance.values.address import Address
from provenance.values.dataset_card import (
    DataConfig,
    DataFiles,
    DataInfo,
    DatasetCard,
    DataSplit,
    Stated,
)
from provenance.values.digest import Algorithm, Digest
from provenance.values.evidence import Where
from provenance.values.hazard import Hazard

T = TypeVar("T")
#: Of configurations, splits and patterns of one list each; and of characters in one text.
MOST_ITEMS = 2000
LONGEST_TEXT = 1000
# The libraries that write cards give whole numbers as ``12`` or ``12.0``.
_COUNT = re.compile(r"(0|[1-9][0-9]{0,15})(?:\.0)?")
_MOST_TOLD = 8


@attrs.frozen
class DatasetCardRead:
    """What a dataset's card says, ``None`` when it cannot be read, and what is wrong with it."""

    card: DatasetCard | None
    hazards: tuple[Hazard, ...]


def read_dataset_card(data: bytes, *, address: Address, path: str) -> DatasetCardRead:
    """Read the metadata of a dataset's card; nothing that a card can hold raises.

    Args:
        data: the bytes of the card.
        address: where the card stands, for places.
        path: the card's path, for hazards.

    """
    page = Where(address, Digest(Algorithm.SHA256, hashlib.sha256(data).digest()))
    try:
        front = split(data)
        root = parse(front.front).root if front.front is not None else None
    except TextError as error:
        return DatasetCardRead(None, (Hazard(error.code, path, error.what),))
    reader = _CardReader(page, front.front_start)
    card = reader.read(root)
    told = sorted(reader.troubles)
    hazards = tuple(Hazard(code, path, what) for code, what in told[:_MOST_TOLD])
    return DatasetCardRead(card, hazards)


@attrs.frozen(eq=False)
class _CardReader:
    """Reads one card's metadata, and remembers what it left out."""

    page: Where
    offset: int
    troubles: set[tuple[Code, str]] = attrs.field(factory=set)

    def read(self, root: YamlNode | None) -> DatasetCard:
        infos = self._each(lookup(root, "dataset_info"), "dataset_info", self._info)
        self._require_names(infos)
        complete = not self.troubles
        return DatasetCard(
            self.page,
            name=self._text(lookup(root, "pretty_name"), "pretty_name"),
            licenses=self._texts(lookup(root, "license"), "license"),
            sources=self._texts(lookup(root, "source_datasets"), "source_datasets"),
            sizes=self._texts(lookup(root, "size_categories"), "size_categories"),
            configs=self._each(lookup(root, "configs"), "configs", self._config),
            infos=infos,
            complete=complete,
        )

    def _where(self, span: Span) -> Where:
        moved = span.moved(self.offset)
        return attrs.evolve(self.page, start=moved.start, end=moved.end)

    def _trouble(self, key: str, what: str, code: Code = Code.CARD_SHAPE) -> None:
        self.troubles.add((code, f"{key}: {what}"))

    def _items(self, node: YamlNode | None, key: str) -> tuple[YamlNode, ...]:
        """Return the items of a list, or the one thing that stands in a list's place."""
        if node is None or _is_null(node):
            return ()
        items = node.items if isinstance(node, YamlSequence) else (node,)
        if len(items) > MOST_ITEMS:
            self._trouble(key, f"{len(items)} items, of which {MOST_ITEMS} are read", Code.RESOURCE)
        return items[:MOST_ITEMS]

    def _each(
        self, node: YamlNode | None, key: str, read: Callable[[YamlMapping], T]
    ) -> tuple[T, ...]:
        return tuple(self._mappings(node, key, read))

    def _mappings(
        self, node: YamlNode | None, key: str, read: Callable[[YamlMapping], T]
    ) -> Iterator[T]:
        for item in self._items(node, key):
            if isinstance(item, YamlMapping):
                yield read(item)
            else:
                self._trouble(key, "an item is no mapping")

    def _text(self, node: YamlNode | None, key: str) -> Stated[str] | None:
        if node is None or _is_null(node):
            return None
        if not isinstance(node, YamlScalar):
            self._trouble(key, "it is no text")
        elif len(node.text) > LONGEST_TEXT:
            self._trouble(key, f"a text of {len(node.text)} characters", Code.RESOURCE)
        else:
            return Stated(node.text, self._where(node.span))
        return None

    def _texts(self, node: YamlNode | None, key: str) -> tuple[Stated[str], ...]:
        found = (self._text(item, key) for item in self._items(node, key))
        return tuple(one for one in found if one is not None)

    def _count(self, node: YamlMapping, key: str) -> Stated[int] | None:
        found = lookup(node, key)
        if found is None or _is_null(found):
            return None
        if isinstance(found, YamlScalar) and found.plain:
            match = _COUNT.fullmatch(found.text)
            if match:
                return Stated(int(match[1]), self._where(found.span))
        self._trouble(key, "it is no count")
        return None

    def _config(self, node: YamlMapping) -> DataConfig:
        files = lookup(node, "data_files")
        name = self._text(lookup(node, "config_name"), "config_name")
        if isinstance(files, YamlMapping):
            named = tuple(self._split_of(key, value) for key, value in files.entries[:MOST_ITEMS])
            if len(files.entries) > MOST_ITEMS:
                self._trouble("data_files", f"{len(files.entries)} splits", Code.RESOURCE)
            return DataConfig(name, named)
        return DataConfig(name, tuple(map(self._files, self._items(files, "data_files"))))

    def _split_of(self, key: YamlScalar, value: YamlNode) -> DataFiles:
        return DataFiles(self._text(key, "data_files"), self._texts(value, "data_files"))

    def _files(self, node: YamlNode) -> DataFiles:
        if isinstance(node, YamlMapping):
            split_name = self._text(lookup(node, "split"), "split")
            return DataFiles(split_name, self._texts(lookup(node, "path"), "path"))
        return DataFiles(None, self._texts(node, "data_files"))

    def _info(self, node: YamlMapping) -> DataInfo:
        return DataInfo(
            self._text(lookup(node, "config_name"), "config_name"),
            self._each(lookup(node, "splits"), "splits", self._split),
            self._count(node, "download_size"),
            self._count(node, "dataset_size"),
        )

    def _split(self, node: YamlMapping) -> DataSplit:
        return DataSplit(
            self._text(lookup(node, "name"), "name"),
            self._count(node, "num_bytes"),
            self._count(node, "num_examples"),
        )

    def _require_names(self, infos: tuple[DataInfo, ...]) -> None:
        """Tell of configurations that cannot be told from each other."""
        names = {info.config.value if info.config else None for info in infos}
        if len(names) != len(infos):
            self._trouble("dataset_info", "two configurations have one name")


def _is_null(node: YamlNode) -> bool:
    return isinstance(node, YamlScalar) and node.reads_as == "null"
