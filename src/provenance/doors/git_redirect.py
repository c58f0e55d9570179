"""Where a renamed repository went: git itself follows no redirect, so we look before it does."""

import http.client
import socket
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from threading import Timer
from urllib.parse import urljoin

from provenance.doors.authorities import trusting
from provenance.doors.causes import trouble
from provenance.doors.deadline import Deadline
from provenance.doors.network import Admitted, Resolver, admit, origin_of
from provenance.doors.tunnel import reaching, tunnelled
from provenance.errors import Code, SourceError
from provenance.values.network import Network

MOST_HOPS = 3
# For one question, its answer's head included.
PATIENCE = 10.0
_QUESTION = "/info/refs?service=git-upload-pack"
_MOVED = frozenset({301, 302, 303, 307, 308})


def moved_to(
    url: str,
    *,
    named: Sequence[str],
    resolver: Resolver | None = None,
    network: Network | None = None,
    seconds: float = PATIENCE,
) -> str:
    """Return where a repository is now: ``url`` itself, or up to three redirects away.

    A redirect is followed to the same host, or to an origin in ``named``; each address is checked
    before it is asked, as git's are, and each question has so many ``seconds``.

    Raises:
        SourceError: URL_FORBIDDEN, for a redirect elsewhere; GIT_MOVED, for more than three, or one
            that leads to no repository; NETWORK, NET_PROXY, TIMEOUT.
    """
    known = network or Network()
    admitted = partial(admit, named=named, resolver=resolver, network=known)
    place = admitted(url)
    for _ in range(MOST_HOPS + 1):
        target = _ask(place, known, seconds)
        if target is None:
            return place.url
        place = _next(place, target, {origin_of(one) for one in named}, admitted)
    raise SourceError(
        f"{url} redirects more than {MOST_HOPS} times", hint=_HINT, code=Code.GIT_MOVED
    )


_HINT = "find out where the repository went, and name that address"


def _next(
    place: Admitted,
    target: str,
    named: Collection[tuple[str, str, int]],
    admitted: Callable[[str], Admitted],
) -> Admitted:
    address = urljoin(f"{place.url}{_QUESTION}", target)
    if not address.endswith(_QUESTION):
        raise SourceError(
            f"{place.url} redirects to {address[:200]!a}, which is no repository",
            hint=_HINT,
            code=Code.GIT_MOVED,
        )
    found = admitted(address.removesuffix(_QUESTION))
    if found.host != place.host and found.origin not in named:
        raise SourceError(
            f"{place.url} redirects to another host: {found.url}",
            hint="name that address in the link, or as a mirror",
            code=Code.URL_FORBIDDEN,
        )
    return found


def _ask(place: Admitted, network: Network, seconds: float) -> str | None:
    """Return where a redirect points to, or ``None`` for any other answer; no body is read."""
    started = time.monotonic()
    path = f"{place.path}{_QUESTION}"
    headers = dict(_HEADERS)
    if place.proxy and place.scheme == "http":
        path = f"{place.url}{_QUESTION}"
        if place.proxy.authorization:
            headers["Proxy-Authorization"] = place.proxy.authorization
    try:
        with _connected(place, network, seconds) as connection:
            connection.request("GET", path, headers=headers)
            with connection.getresponse() as answer:
                # What was cut off reads as if it had ended there.
                if time.monotonic() - started >= seconds:
                    raise TimeoutError
                return answer.headers["Location"] if answer.status in _MOVED else None
    except (OSError, http.client.HTTPException, UnicodeError) as cause:
        late = time.monotonic() - started >= seconds
        if not late and (known := trouble(cause, place.url)):
            raise known from None
        raise SourceError(
            f"{place.url} does not answer" + (f" within {seconds:g} seconds" if late else ""),
            hint="try again later",
            code=Code.TIMEOUT if late else Code.NETWORK,
        ) from cause


_HEADERS = {"User-Agent": "git/2.0 (provenance)", "Accept": "*/*", "Connection": "close"}


@contextmanager
def _connected(
    place: Admitted, network: Network, seconds: float
) -> Iterator[http.client.HTTPConnection]:
    """Yield a connection to the address that was checked; it is cut off when time is over."""
    host = place.host.strip("[]")
    line = _line(place, seconds)
    late = Timer(seconds, _cut, (line,))
    late.daemon = True
    late.start()
    try:
        if place.scheme == "https":
            if place.proxy:
                deadline = Deadline.after(seconds, time.monotonic)
                tunnelled(line, place.proxy, place.host, place.port, deadline)
            trust = trusting(network)
            line = trust.wrap_socket(line, server_hostname=host, do_handshake_on_connect=False)
            late.args = (line,)
            line.do_handshake()
        connection = http.client.HTTPConnection(host, place.port, timeout=seconds)
        connection.sock = line
        yield connection
    finally:
        late.cancel()
        line.close()


def _line(place: Admitted, seconds: float) -> socket.socket:
    """Return a connection to the place, or to the proxy that reaches it."""
    if place.proxy is None:
        address = place.pin or place.host.strip("[]")
        return socket.create_connection((address, place.port), timeout=seconds)
    with reaching(place.proxy):
        return socket.create_connection((place.proxy.host, place.proxy.port), timeout=seconds)


def _cut(line: socket.socket) -> None:
    """Shut a connection, below its encryption; whoever waits for it waits no longer."""
    with suppress(OSError):
        socket.socket.shutdown(line, socket.SHUT_RDWR)
