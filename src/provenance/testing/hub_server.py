"""The server behind the loopback Hub: finds the route of a request and sends its answer."""

import time
from collections.abc import Iterable, Iterator
from http.server import BaseHTTPRequestHandler
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

from provenance.testing.hub_faults import paced, refused, spoiled
from provenance.testing.hub_requests import Refusal, Reply, Request
from provenance.testing.hub_routes import ROUTES
from provenance.testing.hub_state import Fault, HubState, Seen


def handler_for(hub: HubState) -> type[BaseHTTPRequestHandler]:
    """Return the handler class that the servers of this Hub use."""

    class Handler(_Handler):
        owner = hub

    return Handler


class _Handler(BaseHTTPRequestHandler):
    """Finds the route of a request and sends its answer."""

    protocol_version = "HTTP/1.1"
    owner: ClassVar[HubState]

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing: the Hub keeps its own log."""

    def do_GET(self) -> None:
        """Answer a GET, HEAD, POST or PUT."""
        parts = urlsplit(self.path)
        authorized = "Authorization" in self.headers
        seen = Seen(self.command, self.path, self.headers.get("Range"), authorized)
        fault = self.owner.met(seen)
        query = parse_qs(parts.query, keep_blank_values=True)
        request = Request(
            hub=self.owner,
            method=self.command,
            path=parts.path,
            query={key: values[-1] for key, values in query.items()},
            expand=(*query.get("expand", ()), *query.get("expand[]", ())),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self._body(),
            fault=fault,
        )
        if fault and fault.delay:
            time.sleep(fault.delay)
        self._send(spoiled(self._answer(request), request), fault)

    do_HEAD = do_POST = do_PUT = do_GET  # noqa: N815 - the base class's names

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            return b"".join(self._chunks())
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _chunks(self) -> Iterator[bytes]:
        while size := int(self.rfile.readline().partition(b";")[0], 16):
            yield self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()

    def _answer(self, request: Request) -> Reply:
        if request.fault and request.fault.status:
            return Reply.empty(request.fault.status, request.fault.headers)
        try:
            for methods, pattern, route in ROUTES:
                if request.method in methods and (match := pattern.fullmatch(request.path)):
                    return route(request, **match.groupdict())
            return Reply.empty(404)
        except Refusal as refusal:
            return refused(refusal)

    def _send(self, reply: Reply, fault: Fault | None) -> None:
        self.send_response(reply.status)
        for name, value in {"Content-Length": str(reply.length), **reply.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        body = reply.body
        if self.command == "HEAD":
            _close(body)
            return
        if fault and fault.truncate is not None:
            self.close_connection = True
        try:
            for piece in paced(body, fault):
                self.wfile.write(piece)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            _close(body)


def _close(body: Iterable[bytes]) -> None:
    """End a body that was not read to its end: its file or its process."""
    close = getattr(body, "close", None)
    if close is not None:
        close()
