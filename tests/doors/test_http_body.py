import gzip
import io
import tracemalloc
import zlib

import pytest

from provenance.doors.http_body import PIECE, framing_bytes, pieces
from provenance.doors.http_head import Head
from provenance.errors import Code, SourceError

CHUNKED: dict[str, tuple[str, ...]] = {"transfer-encoding": ("chunked",)}


def read(data: bytes, headers: dict[str, tuple[str, ...]], limit: int = 1000) -> bytes:
    return b"".join(pieces(io.BytesIO(data), Head(200, headers), limit=limit))


def sized(data: bytes, coding: str | None = None) -> dict[str, tuple[str, ...]]:
    length: dict[str, tuple[str, ...]] = {"content-length": (str(len(data)),)}
    return length | ({"content-encoding": (coding,)} if coding else {})


def test_a_body_is_as_long_as_announced() -> None:
    assert read(b"hello", sized(b"hello")) == b"hello"
    assert read(b"", sized(b"")) == b""


def test_chunks_are_put_together() -> None:
    data = b"3\r\nhel\r\n002;name=value\r\nlo\r\n0\r\nTrailer: 1\r\n\r\n"

    assert read(data, CHUNKED) == b"hello"


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "GZIP"])
def test_gzip_is_undone(coding: str) -> None:
    packed = gzip.compress(b"hello" * 100, mtime=0)

    assert read(packed, sized(packed, coding)) == b"hello" * 100


def test_gzip_of_whole_pieces_comes_out_whole() -> None:
    plain = bytes(PIECE * 3)
    packed = gzip.compress(plain)

    assert read(packed, sized(packed, "gzip"), limit=PIECE * 3) == plain


@pytest.mark.parametrize(
    ("data", "headers"),
    [
        (b"hell", sized(b"hello")),
        (b"", sized(b"hello")),
        (b"3\r\nhel", CHUNKED),
        (b"3\r\nhe", CHUNKED),
        (b"3\r\nhel\r\n", CHUNKED),
        (b"3\r\nhel\r\n0\r\n", CHUNKED),
        (b"3", CHUNKED),
        (
            gzip.compress(b"hello", mtime=0)[:-1],
            sized(gzip.compress(b"hello", mtime=0)[:-1], "gzip"),
        ),
        (b"", sized(b"", "gzip")),
    ],
    ids=str,
)
def test_a_body_that_is_cut_off_is_no_body(
    data: bytes, headers: dict[str, tuple[str, ...]]
) -> None:
    with pytest.raises(SourceError) as caught:
        read(data, headers)

    assert caught.value.code is Code.NETWORK


@pytest.mark.parametrize(
    ("data", "headers"),
    [
        (b"hello", {}),
        (b"hello", {"content-length": ("5", "6")}),
        (b"0\r\n\r\n", {**CHUNKED, "content-length": ("5",)}),
        (b"hello", {"transfer-encoding": ("gzip, chunked",), "content-length": ("5",)}),
        (b"hello", {"transfer-encoding": ("identity",)}),
        (b"-3\r\nhel\r\n0\r\n\r\n", CHUNKED),
        (b"0x3\r\nhel\r\n0\r\n\r\n", CHUNKED),
        (b"+3\r\nhel\r\n0\r\n\r\n", CHUNKED),
        (b"\r\n", CHUNKED),
        (b"123456789\r\n", CHUNKED),
        (b"3\r\nhello\r\n0\r\n\r\n", CHUNKED),
        (b"0\r\n" + b"A: 1\r\n" * 101 + b"\r\n", CHUNKED),
        (b"hello", sized(b"hello", "br")),
        (b"hello", sized(b"hello", "gzip, gzip")),
        (b"hello", sized(b"hello", "gzip")),
        (zlib.compress(b"hello"), sized(zlib.compress(b"hello"), "deflate")),
        (zlib.compress(b"hello"), sized(zlib.compress(b"hello"), "gzip")),
        (
            gzip.compress(b"a", mtime=0) + b"more",
            sized(gzip.compress(b"a", mtime=0) + b"more", "gzip"),
        ),
        (gzip.compress(b"a", mtime=0) * 2, sized(gzip.compress(b"a", mtime=0) * 2, "gzip")),
    ],
    ids=lambda value: str(value)[:60],
)
def test_a_body_of_unclear_length_or_coding_makes_no_sense(
    data: bytes, headers: dict[str, tuple[str, ...]]
) -> None:
    with pytest.raises(SourceError) as caught:
        read(data, headers)

    assert caught.value.code is Code.LINK_ANSWER


PACKED = gzip.compress(b"a" * 11, mtime=0)


@pytest.mark.parametrize(
    ("data", "headers"),
    [
        (b"a" * 11, sized(b"a" * 11)),
        (b"b\r\n" + b"a" * 11 + b"\r\n0\r\n\r\n", CHUNKED),
        (b"1\r\na\r\n" * 11 + b"0\r\n\r\n", CHUNKED),
        (b"ffffffff\r\n" + b"a" * 11, CHUNKED),
    ],
    ids=str,
)
def test_more_than_the_limit_is_refused(data: bytes, headers: dict[str, tuple[str, ...]]) -> None:
    with pytest.raises(SourceError) as caught:
        read(data, headers, limit=10)

    assert caught.value.code is Code.RESOURCE


def test_the_limit_itself_is_allowed() -> None:
    assert read(b"a" * 10, sized(b"a" * 10), limit=10) == b"a" * 10


def test_a_bomb_is_stopped_before_it_is_in_memory() -> None:
    bomb = gzip.compress(bytes(100 * 2**20), 9)
    tracemalloc.start()

    with pytest.raises(SourceError) as caught:
        read(bomb, sized(bomb, "gzip"), limit=2**20)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert caught.value.code is Code.RESOURCE
    assert peak < 4 * 2**20


def test_the_smallest_chunks_fit_into_what_may_come_on_the_wire() -> None:
    assert len(b"1\r\na\r\n" * 1000 + b"0\r\n\r\n") <= framing_bytes(1000)
