"""What an archive of a release holds: its directory read, within bounds; nothing is unpacked."""

import bz2
import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, Final, Protocol, cast

import attrs

from provenance.flows.auditing.archive_purse import ArchivePurse, BrokenArchiveError
from provenance.flows.auditing.tar_members import Member, tar_members
from provenance.weights.heads import HEAD, Head, head_of

# One archive's directory, read at once.
_LARGEST_DIRECTORY: Final = 4 * 2**20
_MOST_MEMORY: Final = 64 * 2**20
_CHUNK: Final = 2**16
_FIELD_HEAD: Final = 4
_MEMBER: Final = b"PK\x03\x04"
_UNICODE_PATH: Final = 0x7075
_STREAMS: Final = frozenset({Head.GZIP, Head.BZIP2, Head.XZ})
# Of the other methods, a few bytes cannot be had without unpacking up to a hundred megabytes.
_BY_PIECES: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ZIP_TROUBLE: Final = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
    OSError,
    struct.error,
    zlib.error,
    lzma.LZMAError,
)


@attrs.frozen
class Inside:
    """The members that were seen, and why there may be more, or other ones; empty: no doubt."""

    members: tuple[Member, ...]
    doubt: str = ""


def look_inside(
    file: BinaryIO, kind: Head, name: str, wanted: Callable[[str], int], purse: ArchivePurse
) -> Inside:
    """Return what an archive holds.

    Args:
        file: the archive, from its beginning.
        kind: what its first bytes, or its name, say that it is.
        name: its name: a single compressed file is called so, without its last ending.
        wanted: tells how many bytes of a member are to be read.
        purse: what is left for this archive and those after it.

    """
    members: list[Member] = []
    try:
        members += _members(file, kind, name, wanted, purse)
    except BrokenArchiveError as error:
        return Inside(tuple(members), str(error))
    except _ZIP_TROUBLE:
        return Inside(tuple(members), f"it cannot be read as {kind}")
    return Inside(tuple(members))


def _members(
    file: BinaryIO, kind: Head, name: str, wanted: Callable[[str], int], purse: ArchivePurse
) -> Iterator[Member]:
    if kind is Head.ZIP:
        yield from _of_zip(file, wanted, purse)
    elif kind is Head.TAR:
        yield from tar_members(_Plain(file), wanted, purse)
    elif kind in _STREAMS:
        own = name.rpartition(".")[0] or name
        yield from _of_stream(_Inflated(file, kind, purse), own, wanted, purse)
    else:
        raise BrokenArchiveError(f"nothing here lists {kind}")


def _of_zip(file: BinaryIO, wanted: Callable[[str], int], purse: ArchivePurse) -> Iterator[Member]:
    # Until the archive is open, what is read of it is its directory.
    bounded = _Bounded(file, purse)
    with zipfile.ZipFile(cast("BinaryIO", bounded)) as archive:
        bounded.purse = None
        # What reads from the beginning sees other members than what reads from the end.
        first = min((one.header_offset for one in archive.infolist()), default=0)
        file.seek(0)
        if first and file.read(len(_MEMBER)) == _MEMBER:
            raise BrokenArchiveError("another archive stands before it")
        for info in archive.infolist():
            purse.take_header()
            if info.is_dir():
                continue
            if _other_name(info):
                raise BrokenArchiveError("a member has two names")
            if stat.S_ISLNK(info.external_attr >> 16):
                yield Member(info.filename, 0, b"")
                continue
            size = min(wanted(info.filename), info.file_size)
            if info.compress_type not in _BY_PIECES:
                raise BrokenArchiveError("a member is compressed in a way that is not read")
            purse.take_inflated(size, Head.ZIP)
            with archive.open(info) as member:
                start = member.read(size)
            yield Member(info.filename, info.file_size, start)


def _other_name(info: zipfile.ZipInfo) -> bool:
    """Tell whether a member has a second name, which some readers take."""
    extra = info.extra
    while len(extra) > _FIELD_HEAD:
        kind, size = struct.unpack("<HH", extra[:_FIELD_HEAD])
        field, extra = extra[_FIELD_HEAD : _FIELD_HEAD + size], extra[_FIELD_HEAD + size :]
        # One byte of version and four of a sum stand before the name.
        if kind == _UNICODE_PATH and field[5:].decode(errors="replace") != info.filename:
            return True
    return False


def _of_stream(
    stream: "_Inflated", name: str, wanted: Callable[[str], int], purse: ArchivePurse
) -> Iterator[Member]:
    """Yield the members of a compressed tar, or the one file that is compressed."""
    first = stream.read(max(HEAD, wanted(name)))
    stream.unread(first)
    if head_of(first) is Head.TAR:
        yield from tar_members(stream, wanted, purse)
    else:
        yield Member(name, len(first), first)


class _Bounded:
    """A file of which nothing large is read at once: a directory says itself how large it is."""

    def __init__(self, file: BinaryIO, purse: ArchivePurse | None = None) -> None:
        self._file = file
        self.purse = purse
        self.seek = file.seek
        self.tell = file.tell
        self.seekable = file.seekable

    def read(self, size: int = -1) -> bytes:
        left = size if size >= 0 else _LARGEST_DIRECTORY + 1
        if self.purse and size >= 0:
            self.purse.take_directory(size)
        parts: list[bytes] = []
        while 0 < left <= _LARGEST_DIRECTORY + 1 and (part := self._file.read(left)):
            parts.append(part)
            left -= len(part)
        if left > _LARGEST_DIRECTORY + 1 or (size < 0 and not left):
            raise BrokenArchiveError("a part of it is larger than any that is read at once")
        return b"".join(parts)


class _Plain:
    """A file that can be passed over without being read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = _Bounded(file)

    def read(self, size: int) -> bytes:
        return self._file.read(size)

    def skip(self, size: int) -> None:
        self._file.seek(size, 1)


class _Inflated:
    """The bytes of a compressed file, in order, each paid for."""

    def __init__(self, file: BinaryIO, kind: Head, purse: ArchivePurse) -> None:
        self._file = file
        self._kind = kind
        self._engine = _engine(kind)
        self._held = b""
        self._purse = purse

    def unread(self, data: bytes) -> None:
        self._held = data + self._held

    def read(self, size: int) -> bytes:
        parts = [self._held[:size]]
        self._held = self._held[size:]
        size -= len(parts[0])
        while size > 0 and (part := self._more(min(size, _CHUNK))):
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def skip(self, size: int) -> None:
        while size > 0 and (part := self.read(min(size, _CHUNK))):
            size -= len(part)

    def _more(self, size: int) -> bytes:
        """Return the next bytes, at most ``size``; none at the end."""
        try:
            part = b""
            while not part:
                if self._engine.eof:
                    rest = self._engine.unused_data or self._file.read(_CHUNK)
                    if not rest.strip(b"\0"):
                        return b""
                    self._engine = _engine(self._kind)
                else:
                    unused = _unused(self._engine)
                    rest = self._file.read(_CHUNK) if unused is None else unused
                part = self._engine.decompress(rest, size)
                if not (part or rest or self._engine.eof):
                    raise BrokenArchiveError("it breaks off")
        except (zlib.error, lzma.LZMAError, OSError, EOFError) as cause:
            raise BrokenArchiveError(f"it is no whole {self._kind}") from cause
        self._purse.take_inflated(len(part), self._kind)
        return part


class _Engine(Protocol):
    """What the three libraries for compression have in common."""

    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


def _engine(kind: Head) -> _Engine:
    if kind is Head.GZIP:
        return cast("_Engine", zlib.decompressobj(zlib.MAX_WBITS | 16))
    if kind is Head.BZIP2:
        return cast("_Engine", bz2.BZ2Decompressor())
    return cast("_Engine", lzma.LZMADecompressor(memlimit=_MOST_MEMORY))


def _unused(engine: _Engine) -> bytes | None:
    """Return what an engine has to be given again; ``None`` where it wants more."""
    if isinstance(engine, bz2.BZ2Decompressor | lzma.LZMADecompressor):
        return None if engine.needs_input else b""
    tail: bytes = getattr(engine, "unconsumed_tail", b"")
    return tail or None
