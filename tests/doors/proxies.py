"""A real proxy on 127.0.0.1, and TLS in front of servers that know none: an office in small.

Names lead to ports of this machine; nobody but the proxy knows them.
"""

import selectors
import socket
import ssl
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from http.server import BaseHTTPRequestHandler
from socketserver import BaseRequestHandler, ThreadingTCPServer
from urllib.parse import urlsplit

import attrs

from tests.doors.wires import Authority


@attrs.define(eq=False)
class Office:
    """A running proxy: its address, and what it was asked; ``status`` is its answer to all."""

    names: Mapping[str, int]
    word: str | None = None
    status: int = 200
    port: int = 0
    asked: list[str] = attrs.field(factory=list)
    told: list[str | None] = attrs.field(factory=list)

    @property
    def url(self) -> str:
        """Return its address, with whatever it wants to be told."""
        return f"http://{self.word}@127.0.0.1:{self.port}" if self.word else self.plain

    @property
    def plain(self) -> str:
        """Return its address alone."""
        return f"http://127.0.0.1:{self.port}"

    def answer(self, asked: str, told: str | None, host: str) -> int:
        """Return the status that a request gets, and remember it."""
        self.asked.append(asked)
        self.told.append(told)
        if self.word and told != f"Basic {b64encode(self.word.encode()).decode()}":
            return 407
        if self.status == 200 and host not in self.names:
            return 502
        return self.status


class _Server(ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, *_: object) -> None:
        """Say nothing of clients that went away."""


class _OfficeServer(_Server):
    office: Office


class _Handler(BaseHTTPRequestHandler):
    server: _OfficeServer

    def log_message(self, *_: object) -> None:
        """Keep quiet."""

    def do_CONNECT(self) -> None:
        self._carry(self.path.rpartition(":")[0])

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        kept = {**self.headers, "Connection": "close"}
        kept.pop("Proxy-Authorization", None)
        lines = (f"{name}: {value}" for name, value in kept.items())
        target = parts._replace(scheme="", netloc="").geturl()
        head = "\r\n".join((f"GET {target} HTTP/1.1", *lines, "", ""))
        self._carry(parts.hostname or "", head.encode())

    def _carry(self, host: str, first: bytes = b"") -> None:
        office = self.server.office
        told = self.headers.get("Proxy-Authorization")
        status = office.answer(f"{self.command} {self.path}", told, host)
        self.close_connection = True
        if status != 200:
            self.send_response(status)
            if status == 407:
                self.send_header("Proxy-Authenticate", 'Basic realm="office"')
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        with socket.create_connection(("127.0.0.1", office.names[host]), 10) as server:
            server.sendall(first)
            if not first:
                self.send_response(200)
                self.end_headers()
            _pump(self.connection, server)


@contextmanager
def _running(server: _Server) -> Iterator[int]:
    with server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def proxy(names: Mapping[str, int], word: str | None = None, status: int = 200) -> Iterator[Office]:
    """Yield a proxy that reaches these names only; others get 502, whoever it knows not 407."""
    server = _OfficeServer(("127.0.0.1", 0), _Handler)
    server.office = Office(names, word, status)
    with _running(server) as port:
        server.office.port = port
        yield server.office


@contextmanager
def terminated(port: int, context: ssl.SSLContext) -> Iterator[int]:
    """Yield the port of a server that speaks TLS, and hands what it hears to another."""

    class Handler(BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):
                secure = context.wrap_socket(self.request, server_side=True)
                with secure, socket.create_connection(("127.0.0.1", port), 10) as plain:
                    _pump(secure, plain)

    with _running(_Server(("127.0.0.1", 0), Handler)) as found:
        yield found


def _pump(one: socket.socket, other: socket.socket) -> None:
    """Carry bytes both ways until either side ends."""
    with suppress(OSError), selectors.DefaultSelector() as ready:
        ready.register(one, selectors.EVENT_READ, other)
        ready.register(other, selectors.EVENT_READ, one)
        while True:
            for key, _ in ready.select():
                source: socket.socket = key.fileobj  # type: ignore[assignment]
                data = source.recv(2**16)
                while isinstance(source, ssl.SSLSocket) and source.pending():
                    data += source.recv(2**16)
                if not data:
                    return
                key.data.sendall(data)


#: Where a port leads to under a name that is everybody's, by a certificate for it.
Behind = Callable[..., Office]


@contextmanager
def offices(authority: Authority) -> Iterator[Behind]:
    """Yield what puts a plain server under a name behind TLS and a proxy."""
    with ExitStack() as stack:

        def build(name: str, port: int, word: str | None = None) -> Office:
            tls = stack.enter_context(terminated(port, authority.server(name)))
            return stack.enter_context(proxy({name: tls}, word))

        yield build


def nobody() -> int:
    """Return a port on which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port
