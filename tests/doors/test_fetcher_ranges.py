import re

import pytest

from provenance.errors import Code
from tests.doors.wires import World, head, ok, refused

URL = "https://example.org/model.safetensors"
FILE = bytes(range(200))
ETAG = 'ETag: "1"'


def served(request: bytes) -> bytes:
    """Answer as a server that knows ranges does."""
    match = re.search(rb"Range: bytes=(\d+)-(\d+)\r\n", request)
    if not match:
        return ok(FILE)
    start, end = int(match[1]), min(int(match[2]), len(FILE) - 1)
    if start >= len(FILE):
        return ok(b"", f"Content-Range: bytes */{len(FILE)}", status="416 Range Not Satisfiable")
    return part(FILE[start : end + 1], f"bytes {start}-{end}/{len(FILE)}")


def part(body: bytes, span: str, *headers: str) -> bytes:
    return ok(body, f"Content-Range: {span}", ETAG, *headers, status="206 Partial Content")


@pytest.mark.parametrize(
    ("start", "length"), [(0, 8), (8, 100), (199, 1), (0, 200), (190, 50), (0, 10**6)]
)
def test_a_part_of_a_file_is_that_part(world: World, start: int, length: int) -> None:
    fetcher, _, _ = world(served)

    with fetcher.open_range(URL, start, length, etag='"1"') as found:
        body = b"".join(found.pieces)

    assert body == FILE[start : start + length]
    assert (found.start, found.length, found.total) == (start, len(body), 200)
    assert (found.url, found.final_url, found.etag) == (URL, URL, '"1"')


def test_a_file_of_unknown_size_has_parts_too(world: World) -> None:
    fetcher, _, _ = world(lambda _: part(b"hello", "bytes 0-4/*"))

    with fetcher.open_range(URL, 0, 5) as found:
        assert b"".join(found.pieces) == b"hello"

    assert found.total is None


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (ok(b"hello"), Code.LINK_ANSWER),
        (part(b"hello", "bytes 1-5/10"), Code.LINK_ANSWER),
        (part(b"hell", "bytes 0-3/10"), Code.LINK_ANSWER),
        (part(b"hello!", "bytes 0-5/10"), Code.LINK_ANSWER),
        (part(b"hello", "bytes 0-4/3"), Code.LINK_ANSWER),
        (part(b"hello", "bytes 4-0/10"), Code.LINK_ANSWER),
        (part(b"hell", "bytes 0-3/*"), Code.LINK_ANSWER),
        (part(b"hello", "items 0-4/10"), Code.LINK_ANSWER),
        (part(b"hello", "bytes 0-4"), Code.LINK_ANSWER),
        (part(b"hello", "bytes 0-4/10", "Content-Range: bytes 0-4/11"), Code.LINK_ANSWER),
        (part(b"hello", "bytes 0-4/10", "Content-Encoding: gzip"), Code.LINK_ANSWER),
        (ok(b"hello", status="206 Partial Content"), Code.LINK_ANSWER),
        (part(b"hell", "bytes 0-4/10"), Code.LINK_ANSWER),
        (part(b"hello!", "bytes 0-4/10"), Code.RESOURCE),
        (head("206 Part", "Content-Range: bytes 0-4/9", "Content-Length: 5"), Code.NETWORK),
        (ok(status="416 Range Not Satisfiable"), Code.LINK_ANSWER),
        (ok(status="404 Not Found"), Code.LINK_DEAD),
        (ok(status="410 Gone"), Code.LINK_DEAD),
        (ok(status="500 Oh"), Code.NETWORK),
    ],
    ids=str,
)
def test_any_other_part_is_noticed(world: World, answer: bytes, code: Code) -> None:
    fetcher, _, _ = world(lambda _: answer)

    with refused(code), fetcher.open_range(URL, 0, 5) as found:
        list(found.pieces)


@pytest.mark.parametrize("etag", ['"2"', 'W/"1"', ""])
def test_a_part_of_another_version_is_refused(world: World, etag: str) -> None:
    fetcher, _, _ = world(served)

    with refused(Code.FILE_CHANGED), fetcher.open_range(URL, 0, 5, etag=etag):
        pass


@pytest.mark.parametrize(("start", "length"), [(-1, 5), (0, 0), (0, -1)])
def test_a_part_that_is_none_is_not_asked_for(world: World, start: int, length: int) -> None:
    fetcher, server, _ = world(served)

    with refused(Code.USAGE), fetcher.open_range(URL, start, length):
        pass

    assert server.requests == []


def test_an_error_of_who_reads_is_not_taken_for_the_server_s(world: World) -> None:
    fetcher, _, _ = world(served)

    def read() -> None:
        with fetcher.open_range(URL, 0, 5) as found:
            list(found.pieces)
            raise PermissionError("of the reader")

    with pytest.raises(PermissionError, match="of the reader"):
        read()
