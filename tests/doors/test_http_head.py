import io

import pytest

from provenance.doors.http_head import Head, read_head, read_line
from provenance.errors import Code, SourceError


def test_a_head_is_read_up_to_its_empty_line() -> None:
    file = io.BytesIO(b"HTTP/1.1 200 OK\r\nA: 1\r\nB:2 \r\na: 3\r\nC: \xe9\r\n\r\nbody")

    head = read_head(file)

    assert head == Head(200, {"a": ("1", "3"), "b": ("2",), "c": ("\xe9",)})
    assert file.read() == b"body"


@pytest.mark.parametrize("text", [b"HTTP/1.0 404 Not Found\n\n", b"HTTP/1.1 404\r\n\r\n"])
def test_older_servers_and_bare_line_ends_are_understood(text: bytes) -> None:
    assert read_head(io.BytesIO(text)) == Head(404, {})


@pytest.mark.parametrize(
    "text",
    [
        b"SSH-2.0-OpenSSH\r\n\r\n",
        b"HTTP/2 200\r\n\r\n",
        b"HTTP/1.1 2000 OK\r\n\r\n",
        b"HTTP/1.1 099 OK\r\n\r\n",
        b"HTTP/1.1 +20 OK\r\n\r\n",
        b"HTTP/1.1 200 O\x1bK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nno header\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nA : 1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n: 1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nA: 1\r\n  2\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nA: 1\rB: 2\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nA: 1\x00\r\n\r\n",
    ],
)
def test_what_is_no_head_makes_no_sense(text: bytes) -> None:
    with pytest.raises(SourceError) as caught:
        read_head(io.BytesIO(text))

    assert caught.value.code is Code.LINK_ANSWER


@pytest.mark.parametrize(
    "text", [b"", b"HTTP/1.1 200", b"HTTP/1.1 404 No\r\n", b"HTTP/1.1 200 OK\r\nA: 1\r\nB"]
)
def test_a_head_that_is_cut_off_is_no_answer(text: bytes) -> None:
    with pytest.raises(SourceError) as caught:
        read_head(io.BytesIO(text))

    assert caught.value.code is Code.NETWORK


def test_a_hundred_lines_are_the_most_of_a_head() -> None:
    text = b"HTTP/1.1 200 OK\r\n" + b"A: 1\r\n" * 99

    assert len(read_head(io.BytesIO(text + b"\r\n")).headers["a"]) == 99
    with pytest.raises(SourceError) as caught:
        read_head(io.BytesIO(text + b"A: 1\r\n\r\n"))
    assert caught.value.code is Code.RESOURCE


def test_a_line_has_sixteen_kibibytes_at_most() -> None:
    assert read_line(io.BytesIO(b"a" * 16383 + b"\n")) == b"a" * 16383
    with pytest.raises(SourceError) as caught:
        read_line(io.BytesIO(b"a" * 16384 + b"\n"))
    assert caught.value.code is Code.RESOURCE


def test_a_header_has_one_value_even_if_it_is_said_twice() -> None:
    head = Head(200, {"a": ("1", "1"), "b": ("1", "2")})

    assert (head.one("a"), head.one("c")) == ("1", None)
    with pytest.raises(SourceError) as caught:
        head.one("b")
    assert caught.value.code is Code.LINK_ANSWER


def test_a_length_is_a_number_of_plain_digits() -> None:
    assert Head(200, {"content-length": ("42",)}).length == 42
    assert Head(200, {}).length is None


@pytest.mark.parametrize("value", ["-1", "+1", "1_0", "0x10", "1, 1", "", "\u0661", "9" * 19])
def test_any_other_length_makes_no_sense(value: str) -> None:
    with pytest.raises(SourceError) as caught:
        _ = Head(200, {"content-length": (value,)}).length

    assert caught.value.code is Code.LINK_ANSWER
