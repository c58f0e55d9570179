"""What hashing some paths came to: a row for each file, and what could not be hashed."""

from collections.abc import Iterable, Iterator, Sequence
from operator import lt
from typing import NamedTuple, overload

import attrs

from provenance.errors import Code, InvalidValueError
from provenance.values.digest import Algorithm, Digest
from provenance.values.inventory import How
from provenance.values.tensor_digest import TensorDigest


class Row(NamedTuple):
    """A file: its path, size in bytes, how its digests came to be known, and their bytes.

    The digests are in the order of the list's algorithms.
    """

    path: str
    size: int
    how: How
    digests: tuple[bytes, ...]


@attrs.frozen
class Rows(Sequence[Row]):
    """Files in columns of one order: a row is made when it is looked at.

    A list may have a million of them, and Python's collector looks at every object again and again
    that holds others; at texts, numbers and tuples of bytes it does not.
    """

    paths: tuple[str, ...]
    sizes: tuple[int, ...]
    hows: tuple[How, ...]
    digests: tuple[tuple[bytes, ...], ...]

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.paths)

    def __iter__(self) -> Iterator[Row]:
        """Yield each row."""
        columns = zip(self.paths, self.sizes, self.hows, self.digests, strict=True)
        return map(Row._make, columns)

    @overload
    def __getitem__(self, at: int) -> Row: ...

    @overload
    def __getitem__(self, at: slice) -> "Rows": ...

    def __getitem__(self, at: "int | slice") -> "Row | Rows":
        """Return one row, or neighbours."""
        if isinstance(at, slice):
            return Rows(self.paths[at], self.sizes[at], self.hows[at], self.digests[at])
        return Row(self.paths[at], self.sizes[at], self.hows[at], self.digests[at])


@attrs.frozen(order=True)
class Trouble:
    """A path of which nothing is known, and why."""

    path: str
    code: Code
    what: str


@attrs.frozen
class Share:
    """One of several parts of a work: which one, of how many, and of what.

    ``listing`` is the digest of all paths and sizes that the parts divide among them.
    """

    number: int
    count: int
    listing: Digest

    def __attrs_post_init__(self) -> None:
        """Refuse a part that is not one of the parts."""
        if not 1 <= self.number <= self.count:
            raise InvalidValueError(
                f"part {self.number} of {self.count}", hint="write it as 1/4 to 4/4"
            )


def _in_columns(rows: Iterable[Row]) -> Rows:
    if isinstance(rows, Rows):
        return rows
    columns = zip(*rows, strict=True)
    return Rows(*(next(columns, ()) for _ in Row._fields))


def _by_path(_: object, __: object, rows: Rows) -> None:
    if not all(map(lt, rows.paths, rows.paths[1:])):
        raise InvalidValueError(
            "rows out of order, or a path twice", hint="sort them by path", code=Code.NAME
        )


@attrs.frozen
class DigestList:
    """Files with their digests, sorted by path, and what there was trouble with.

    ``share`` says which part of a larger work this is, if it is one; ``left_out`` counts files that
    are there and were not asked for. ``tensors`` are those of all safetensors files, by name,
    where they were asked for; ``tensor_root`` is there when there are any, and no trouble at all.
    """

    algorithms: tuple[Algorithm, ...]
    rows: Rows = attrs.field(converter=_in_columns, validator=_by_path)
    troubles: tuple[Trouble, ...] = ()
    share: Share | None = None
    left_out: int = 0
    tensors: tuple[TensorDigest, ...] | None = None
    tensor_root: Digest | None = None

    @property
    def clean(self) -> bool:
        """Whether everything that was asked for was hashed."""
        return not self.troubles

    @property
    def size(self) -> int:
        """Return the sum of all sizes, in bytes."""
        return sum(self.rows.sizes)
