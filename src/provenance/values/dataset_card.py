"""What a dataset says of itself: its card's metadata, and its Croissant description."""

from collections.abc import Iterable
from typing import Generic, TypeVar

import attrs

from provenance.values.dataset import Declared
from provenance.values.digest import Digest
from provenance.values.evidence import Where

T = TypeVar("T")


@attrs.frozen
class Stated(Generic[T]):
    """A value as the publisher wrote it, and where."""

    value: T
    where: Where


@attrs.frozen
class DataFiles:
    """The patterns of one split's files; no split is named where the pattern stands alone."""

    split: Stated[str] | None
    patterns: tuple[Stated[str], ...]


@attrs.frozen
class DataConfig:
    """One configuration of a dataset: its name and files."""

    name: Stated[str] | None
    files: tuple[DataFiles, ...] = ()


@attrs.frozen
class DataSplit:
    """One split: its bytes in memory and its number of examples, where they are given."""

    name: Stated[str] | None
    size: Stated[int] | None = None
    examples: Stated[int] | None = None


@attrs.frozen
class DataInfo:
    """What one configuration holds: splits, bytes as stored, and bytes in memory."""

    config: Stated[str] | None
    splits: tuple[DataSplit, ...] = ()
    download_size: Stated[int] | None = None
    dataset_size: Stated[int] | None = None


@attrs.frozen
class DatasetCard:
    """The metadata of a dataset's card.

    ``sizes`` are size categories (``1K<n<10K``). ``complete`` is false when a part of ``infos`` was
    left out: not of its type, too long, or too many.
    """

    where: Where
    name: Stated[str] | None = None
    licenses: tuple[Stated[str], ...] = ()
    sources: tuple[Stated[str], ...] = ()
    sizes: tuple[Stated[str], ...] = ()
    configs: tuple[DataConfig, ...] = ()
    infos: tuple[DataInfo, ...] = ()
    complete: bool = True

    @property
    def declared(self) -> Declared | None:
        """Return how much data the card declares, if it does so whole, and above zero."""
        sizes = [info.download_size.value for info in self.infos if info.download_size]
        if not self.complete or len(sizes) != len(self.infos):
            return None
        examples = [
            split.examples.value if split.examples else None
            for info in self.infos
            for split in info.splits
        ]
        # Configurations may share files: the largest is the least that there can be.
        return declared(sizes, sum_of(examples) if len(self.infos) == 1 else None)


@attrs.frozen
class CroissantFile:
    """A file or set of files in a Croissant description; ``size`` is in bytes.

    ``sha256`` is ``None`` for what is no digest: the Hub writes an address in its place.
    """

    name: str
    url: str | None = None
    format: str | None = None
    sha256: Digest | None = None
    size: int | None = None
    whole: bool = True


@attrs.frozen
class CroissantFacts:
    """A Croissant description; ``complete`` is false when a part of it was left out.

    ``files`` are the entries of its distribution; those that are not ``whole`` are sets of files,
    or come out of another entry.
    """

    where: Where
    name: str | None = None
    licenses: tuple[str, ...] = ()
    version: str | None = None
    published: str | None = None
    files: tuple[CroissantFile, ...] = ()
    record_sets: int = 0
    complete: bool = True

    @property
    def declared(self) -> Declared | None:
        """Return the sum of the sizes of its files, if each has one."""
        sizes = [one.size for one in self.files if one.whole]
        total = sum_of(sizes) if self.complete else None
        return declared([total] if total else [], None)


def sum_of(counts: Iterable[int | None]) -> int | None:
    """Return the sum; ``None`` where one is missing, or there are none."""
    found = tuple(counts)
    known = [one for one in found if one is not None]
    return sum(known) if found and len(known) == len(found) else None


# The largest whole number that every reader of a manifest takes alike.
_MOST = 2**53 - 1


def declared(sizes: Iterable[int], examples: int | None) -> Declared | None:
    """Return bounds for parts that may overlap; ``None`` for nothing, or more than can be."""
    found = tuple(sizes)
    total = sum(found)
    if not 0 < total <= _MOST or (examples or 0) > _MOST:
        return None
    return Declared(max(found), total, examples)
