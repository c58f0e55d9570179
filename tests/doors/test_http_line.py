import io
import socket
import ssl
from collections.abc import Iterator

import pytest

from provenance.doors.deadline import Deadline
from provenance.doors.http_line import Line, broken, connected, dial
from provenance.errors import Code, SourceError
from tests.doors.wires import Timer

Pair = tuple[socket.socket, socket.socket]


@pytest.fixture
def pair() -> Iterator[Pair]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def in_time() -> Deadline:
    return Deadline.after(10, Timer().read)


def test_what_is_sent_is_read_up_to_the_end(pair: Pair) -> None:
    pair[1].sendall(b"hello")
    pair[1].close()

    assert io.BufferedReader(Line(pair[0], in_time(), 100)).read() == b"hello"


def test_no_more_comes_than_is_allowed(pair: Pair) -> None:
    pair[1].sendall(b"hello")
    file = io.BufferedReader(Line(pair[0], in_time(), 4))

    assert file.read(4) == b"hell"
    with pytest.raises(SourceError) as caught:
        file.read(1)
    assert caught.value.code is Code.RESOURCE


def test_waiting_ends_at_the_deadline(pair: Pair) -> None:
    line = Line(pair[0], Deadline.after(0.05, Timer().read), 100)

    with pytest.raises(TimeoutError):
        line.read(1)


def test_after_the_deadline_nothing_is_read_or_sent(pair: Pair) -> None:
    timer = Timer()
    line = Line(pair[0], Deadline.after(5, timer.read), 100)
    pair[1].sendall(b"hello")
    timer.pause(5)

    for late in (lambda: line.read(1), lambda: line.send(b"hello")):
        with pytest.raises(SourceError) as caught:
            late()
        assert caught.value.code is Code.TIMEOUT


def test_silence_after_the_end_is_the_end(pair: Pair) -> None:
    line = Line(pair[0], Deadline.after(0.05, Timer().read), 0)
    line.end()

    assert line.read(1) == b""


def test_what_follows_the_end_is_noticed(pair: Pair) -> None:
    line = Line(pair[0], in_time(), 0)
    line.end()
    pair[1].sendall(b"more")

    assert line.read(10) == b"m"


def listening() -> socket.socket:
    return socket.create_server(("127.0.0.1", 0))


def test_an_address_is_connected_to_as_it_is() -> None:
    with listening() as server, dial("127.0.0.1", server.getsockname()[1], 5) as found:
        assert found.getpeername() == server.getsockname()


def test_the_next_address_is_tried_when_one_refuses() -> None:
    asked = []

    def dialed(address: str, port: int, seconds: float) -> socket.socket:
        asked.append((address, seconds))
        if address == "192.0.2.1":
            raise ConnectionRefusedError
        return dial("127.0.0.1", port, seconds)

    with (
        listening() as server,
        connected(
            ["192.0.2.1", "192.0.2.2", "192.0.2.3"],
            server.getsockname()[1],
            dial=dialed,
            deadline=Deadline.after(60, Timer().read),
            tls=None,
        ),
    ):
        pass

    assert asked == [("192.0.2.1", 10), ("192.0.2.2", 10)]


def test_four_addresses_are_tried_and_no_more() -> None:
    asked = []

    def refuse(address: str, port: int, seconds: float) -> socket.socket:
        asked.append((address, port, seconds))
        raise ConnectionRefusedError

    with (
        pytest.raises(ConnectionRefusedError),
        connected(list("abcdef"), 1, dial=refuse, deadline=in_time(), tls=None),
    ):
        pass

    assert [address for address, _, _ in asked] == list("abcd")


def test_a_connection_whose_tls_fails_is_closed(pair: Pair) -> None:
    def fail(_: socket.socket) -> socket.socket:
        raise ssl.SSLError

    with (
        pytest.raises(ssl.SSLError),
        connected(["a"], 1, dial=lambda *_: pair[0], deadline=in_time(), tls=fail),
    ):
        pass

    assert pair[0].fileno() == -1


@pytest.mark.parametrize(
    ("cause", "code", "what"),
    [
        (TimeoutError("canary"), Code.TIMEOUT, "in time"),
        (ConnectionResetError("canary"), Code.NETWORK, "ConnectionResetError"),
        (ssl.SSLError("canary"), Code.NETWORK, "SSLError"),
    ],
    ids=str,
)
def test_what_sockets_raise_is_said_in_our_words(cause: OSError, code: Code, what: str) -> None:
    with pytest.raises(SourceError, match=what) as caught, broken("https://example.org/a"):
        raise cause

    assert caught.value.code is code
    assert "canary" not in str(caught.value)
