"""How the loopback Hub takes a request: the table of routes, refusals, and sending an answer."""

import json
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler
from typing import ClassVar
from urllib.parse import parse_qs, unquote, urlsplit

import attrs

from provenance.testing.hub import Fault, Hosted, LoopbackHub, RepoType, Seen, User

_CHUNK = 2**20


class Refusal(Exception):  # noqa: N818 - an answer of the Hub, not an error of ours
    """An answer that refuses: a status, the Hub's code for it, and a message."""

    def __init__(self, status: int, code: str = "", message: str = "") -> None:
        """Refuse with a status and, where the Hub gives one, a code."""
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


@attrs.frozen
class Reply:
    """An answer: status, headers, and a body of known length, in pieces."""

    status: int
    length: int
    body: Iterable[bytes]
    headers: Mapping[str, str] = attrs.field(factory=dict)

    @classmethod
    def of_json(cls, value: object, headers: Mapping[str, str] | None = None) -> "Reply":
        """Answer with JSON."""
        data = json.dumps(value).encode()
        found = {"Content-Type": "application/json", **(headers or {})}
        return cls(200, len(data), (data,), found)

    @classmethod
    def empty(cls, status: int, headers: Mapping[str, str] | None = None) -> "Reply":
        """Answer without a body."""
        return cls(status, 0, (), headers or {})


@attrs.frozen
class Request:
    """What was asked of the Hub, taken apart."""

    hub: LoopbackHub
    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    fault: Fault | None

    @property
    def user(self) -> User | None:
        """Return who asks; a token that nobody has is refused."""
        token = self.headers.get("Authorization", "").removeprefix("Bearer ").strip()
        if not token:
            return None
        found = self.hub.tokens.get(token)
        if found is None:
            raise Refusal(401, message="Invalid credentials in Authorization header")
        return found

    def hosted(self, kind: RepoType, repo_id: str, *, content: bool = False) -> Hosted:
        """Return the repository, if this user may know of it; ``content`` asks for its bytes."""
        user = self.user
        found = self.hub.hosted.get((kind, repo_id))
        if found is None or (found.private and user is None):
            raise Refusal(404 if user else 401, "RepoNotFound", "Repository not found")
        if found.disabled:
            raise Refusal(403, message="Access to this resource is disabled.")
        if content and found.gated and (user is None or repo_id not in user.granted):
            raise Refusal(403 if user else 401, "GatedRepo", f"Access to {repo_id} is restricted.")
        return found

    def commit(self, hosted: Hosted, revision: str | None) -> str:
        """Return the commit that a revision names."""
        found = hosted.repository.resolve(unquote(revision or "main"))
        if found is None:
            raise Refusal(404, "RevisionNotFound", f"Invalid rev id: {revision}")
        return found


Route = Callable[..., Reply]


def handler_for(hub: LoopbackHub) -> type[BaseHTTPRequestHandler]:
    """Return the handler class that the servers of this Hub use."""
    from provenance.testing.hub_routes import ROUTES  # noqa: PLC0415 - the routes know requests

    class Handler(_Handler):
        owner = hub
        routes = ROUTES

    return Handler


class _Handler(BaseHTTPRequestHandler):
    """Finds the route of a request and sends its answer."""

    protocol_version = "HTTP/1.1"
    owner: ClassVar[LoopbackHub]
    routes: ClassVar[tuple[tuple[str, re.Pattern[str], Route], ...]]

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing: the Hub keeps its own log."""

    def do_GET(self) -> None:
        """Answer a GET, HEAD or POST."""
        parts = urlsplit(self.path)
        authorized = "Authorization" in self.headers
        seen = Seen(self.command, self.path, self.headers.get("Range"), authorized)
        fault = self.owner.met(seen)
        request = Request(
            hub=self.owner,
            method=self.command,
            path=parts.path,
            query={key: values[-1] for key, values in _query(parts.query).items()},
            headers=dict(self.headers.items()),
            body=self._body(),
            fault=fault,
        )
        if fault and fault.delay:
            time.sleep(fault.delay)
        self._send(self._answer(request), fault)

    do_HEAD = do_POST = do_GET

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
            for methods, pattern, route in self.routes:
                if request.method in methods and (match := pattern.fullmatch(request.path)):
                    return route(request, **match.groupdict())
            raise Refusal(404, message=f"no route for {request.path}")
        except Refusal as refusal:
            reply = Reply.of_json({"error": refusal.message})
            headers = {"X-Error-Code": refusal.code} if refusal.code else {}
            headers |= {"X-Error-Message": refusal.message} if refusal.message else {}
            return attrs.evolve(reply, status=refusal.status, headers={**reply.headers, **headers})

    def _send(self, reply: Reply, fault: Fault | None) -> None:
        self.send_response(reply.status)
        for name, value in {"Content-Length": str(reply.length), **reply.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        body = reply.body
        if self.command == "HEAD":
            _close(body)
            return
        left = fault.truncate if fault else None
        try:
            for piece in body:
                self.wfile.write(piece if left is None else piece[:left])
                if left is not None and (left := left - len(piece)) <= 0:
                    self.close_connection = True
                    break
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            _close(body)


def _close(body: Iterable[bytes]) -> None:
    """End a body that was not read to its end: its file or its process."""
    close = getattr(body, "close", None)
    if close is not None:
        close()


def _query(text: str) -> Mapping[str, list[str]]:
    return parse_qs(text, keep_blank_values=True)
