"""The members of a tar, one after the other: names and sizes from headers, nothing unpacked."""

from collections.abc import Iterator
from typing import Final, Protocol

import attrs

from provenance.flows.auditing.archive_purse import ArchivePurse, BrokenArchiveError

_BLOCK: Final = 512
_GLOBAL: Final = ord("g")
_LONGEST_NAME: Final = 2**16
_LEFT_AFTER_END: Final = 2**16
_FILES: Final = frozenset({0, *b"07"})
_WITHOUT_DATA: Final = frozenset(b"123456")


class Stream(Protocol):
    """Bytes in order, of which some can be passed over."""

    def read(self, size: int) -> bytes:
        """Return that many bytes, fewer only at the end."""
        ...

    def skip(self, size: int) -> None:
        """Pass over that many bytes."""
        ...


@attrs.frozen
class Member:
    """A file in an archive: its name, and its first bytes, all of them where it is small."""

    name: str
    size: int
    start: bytes = attrs.field(repr=False)


def tar_members(stream: Stream, start_of: "StartOf", purse: ArchivePurse) -> Iterator[Member]:
    """Yield every member; ``start_of`` says how many bytes of one are wanted.

    Raises:
        BrokenArchiveError: for what is no tar, one that goes on after its end, and more headers
            than the ``purse`` pays for.
    """
    name, size = "", -1
    while True:
        head = stream.read(_BLOCK)
        if len(head) < _BLOCK:
            raise BrokenArchiveError("it has no end")
        if not any(head):
            break
        purse.take_header()
        own_size, kind = _size(head), head[156]
        if kind in b"LxX":
            data = _long(stream, own_size, purse)
            named, sized = _extended(data) if kind in b"xX" else (_text(data), -1)
            name, size = _one_name(name, named), sized if sized >= 0 else size
        elif kind in b"gK":
            _of_all(kind, _long(stream, own_size, purse))
        else:
            own_size = size if size >= 0 else own_size
            shown = name or _name(head)
            name, size = "", -1
            if kind in _WITHOUT_DATA:
                yield Member(shown, 0, b"")
            elif kind in _FILES:
                wanted = min(own_size, start_of(shown))
                start = stream.read(wanted)
                stream.skip(_padded(own_size) - wanted)
                yield Member(shown, own_size, start)
            else:
                raise BrokenArchiveError(f"a member of the kind {chr(kind)!a}")
    if any(stream.read(_LEFT_AFTER_END)):
        raise BrokenArchiveError("something follows its end")


class StartOf(Protocol):
    """Says how many bytes of a member are wanted."""

    def __call__(self, name: str, /) -> int:
        """Return the number of bytes."""
        ...


def _size(head: bytes) -> int:
    stored = head[148:156]
    summed = sum(head) - sum(stored) + 8 * 32
    digits = stored.strip(b" \0")
    try:
        if int(digits, 8) != summed:
            raise BrokenArchiveError("a header's sum does not hold")
        field = head[124:136]
        return int.from_bytes(field[4:]) if field[0] & 0x80 else int(field.strip(b" \0") or b"0", 8)
    except ValueError as cause:
        raise BrokenArchiveError("a header that is none") from cause


def _name(head: bytes) -> str:
    name, prefix = _text(head[:100]), _text(head[345:500])
    return f"{prefix}/{name}" if prefix and head[257:263] == b"ustar\0" else name


def _text(data: bytes) -> str:
    return data.split(b"\0", 1)[0].decode(errors="replace")


def _padded(size: int) -> int:
    return -(-size // _BLOCK) * _BLOCK


def _one_name(before: str, named: str) -> str:
    """Return the name that two headers agree on; readers differ over which of two counts."""
    if before and named and named != before:
        raise BrokenArchiveError("a member has two names")
    return named or before


def _of_all(kind: int, data: bytes) -> None:
    if kind == _GLOBAL and _extended(data) != ("", -1):
        raise BrokenArchiveError("a header renames all members")


def _long(stream: Stream, size: int, purse: ArchivePurse) -> bytes:
    if size > _LONGEST_NAME:
        raise BrokenArchiveError(f"a name of {size} bytes")
    purse.take_header(_padded(size) // _BLOCK)
    return stream.read(_padded(size))[:size]


def _extended(data: bytes) -> tuple[str, int]:
    """Return the path and the size of an extended header, where it has them."""
    name, size = "", -1
    while data:
        length, _, _ = data.partition(b" ")
        if not length.isdigit() or not 0 < int(length[:8]) <= len(data):
            raise BrokenArchiveError("an extended header that is none")
        key, _, value = data[len(length) + 1 : int(length) - 1].partition(b"=")
        if key.startswith(b"GNU.sparse."):
            raise BrokenArchiveError("a member with holes")
        name = value.decode(errors="replace") if key == b"path" else name
        if key == b"size" and value[:20].isdigit():
            size = int(value[:20])
        data = data[int(length) :]
    return name, size
