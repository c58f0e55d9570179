"""The body of an answer over HTTP/1.1: whole or an error, never longer than its bound."""

import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from provenance.doors.http_head import Head, cut_off, read_line, senseless
from provenance.errors import Code, SourceError

PIECE = 64 * 2**10
# RFC 9112, section 7.1; 8 digits are 4 GiB. An extension says nothing that is used here.
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[\t ]*(?:;[\t\x20-\x7e]*)?")
_TRAILERS = 100
_GZIP = frozenset({"gzip", "x-gzip"})
_PLAIN = frozenset({"", "identity"})


def pieces(file: BinaryIO, head: Head, *, limit: int) -> Iterator[bytes]:
    """Yield the body as it was published: gzip on the way is undone, any other coding refused.

    ``limit`` bounds the bytes on the wire, and those that come out, each.

    Raises:
        SourceError: RESOURCE over the limit, before it is exceeded; NETWORK when the body is cut
            off; LINK_ANSWER for a body of unknown length, coding or framing.
    """
    coding = (head.one("content-encoding") or "").lower()
    if coding not in _GZIP | _PLAIN:
        raise senseless("its coding was not asked for")
    framed = _bounded(_framed(file, head, limit), limit)
    yield from _bounded(_unzipped(framed) if coding in _GZIP else framed, limit)


def framing_bytes(limit: int) -> int:
    """Return how many bytes a body of ``limit`` bytes may take on the wire, in tiny chunks, too."""
    return 8 * limit + PIECE


def too_large(limit: int) -> SourceError:
    """Return the error of a body that is over its bound."""
    return SourceError(
        f"there are more than {limit} bytes", hint="look at it by hand", code=Code.RESOURCE
    )


def _framed(file: BinaryIO, head: Head, limit: int) -> Iterator[bytes]:
    coding, length = head.one("transfer-encoding"), head.length
    if coding is None and length is not None:
        if length > limit:
            raise too_large(limit)
        yield from _exactly(file, length)
    elif coding is not None and coding.lower() == "chunked" and length is None:
        yield from _chunks(file)
    else:
        # With neither, a body that is cut off looks like a whole one; with both, who is right?
        raise senseless("it does not say how long it is")


def _exactly(file: BinaryIO, length: int) -> Iterator[bytes]:
    while length:
        piece = file.read(min(length, PIECE))
        if not piece:
            raise cut_off()
        length -= len(piece)
        yield piece


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    while size := _size(read_line(file)):
        yield from _exactly(file, size)
        if read_line(file):
            raise senseless("a chunk is longer than announced")
    for _ in range(_TRAILERS):
        if not read_line(file):
            return
    raise senseless("it does not end")


def _size(line: bytes) -> int:
    match = _CHUNK.fullmatch(line)
    if not match:
        raise senseless("a chunk has no length")
    return int(match[1], 16)


def _bounded(found: Iterator[bytes], limit: int) -> Iterator[bytes]:
    received = 0
    for piece in found:
        received += len(piece)
        if received > limit:
            raise too_large(limit)
        yield piece


def _unzipped(packed: Iterator[bytes]) -> Iterator[bytes]:
    """Undo gzip (RFC 1952), one member, a piece at a time: a bomb is never held in memory."""
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    for piece in packed:
        rest, full = piece, True
        while rest or full:
            try:
                out = unpacker.decompress(rest, PIECE)
            except zlib.error:
                raise senseless("it is no gzip") from None
            # A full piece may leave more behind in the unpacker, though it took all that there was.
            rest, full = unpacker.unconsumed_tail, len(out) == PIECE
            if unpacker.unused_data:
                raise senseless("something follows its gzip")
            yield out
    if not unpacker.eof:
        raise cut_off()
