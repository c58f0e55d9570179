"""The way through a proxy (RFC 9110, section 9.3.6); what it is told of who asks goes to it alone.

A proxy's own words are not repeated: they are a stranger's, and may hold what it was sent.
"""

import io
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from provenance.doors.deadline import Deadline
from provenance.doors.http_head import HEAD_BYTES, read_head
from provenance.doors.http_line import Line
from provenance.errors import Code, SourceError
from provenance.values.network import Proxy

_ASKS_WHO = 407
_SUCCESS = range(200, 300)
_DENIED = frozenset({401, 403, 405, 451})
_TROUBLES = {Code.NET_DNS: "has a name without an address", Code.NETWORK: "breaks off"}


def tunnelled(
    plain: socket.socket, proxy: Proxy, host: str, port: int, deadline: Deadline
) -> socket.socket:
    """Return a connection to a proxy as one to ``host``, which TLS can begin on.

    Raises:
        SourceError: NET_PROXY, when it refuses or breaks off; TIMEOUT; LINK_ANSWER, RESOURCE for
            an answer that cannot be meant.
    """
    line = Line(plain, deadline, HEAD_BYTES)
    headers = [f"CONNECT {host}:{port} HTTP/1.1", f"Host: {host}:{port}"]
    if proxy.authorization:
        headers.append(f"Proxy-Authorization: {proxy.authorization}")
    with reaching(proxy):
        line.send("".join(f"{one}\r\n" for one in (*headers, "")).encode("ascii"))
        status = read_head(io.BufferedReader(line)).status
    if status not in _SUCCESS:
        raise proxy_refusal(proxy, status)
    return plain


def proxy_refusal(proxy: Proxy, status: int) -> SourceError:
    """Return the error of a proxy that does not let us through."""
    if status == _ASKS_WHO:
        hint = "put a name and a password that it accepts into its address: http://name:word@host"
        return _trouble(proxy, "wants to know who asks (407)", hint)
    if status in _DENIED:
        return _trouble(proxy, f"refuses ({status})", "ask who runs it to allow the host")
    return _trouble(
        proxy, f"reaches nothing (status {status})", "check the host's name; try again later"
    )


def proxy_trouble(proxy: Proxy, why: str) -> SourceError:
    """Return the error of a proxy that cannot be reached."""
    hint = "check HTTPS_PROXY, HTTP_PROXY and ALL_PROXY; NO_PROXY names hosts that go without"
    return _trouble(proxy, why, hint)


def _trouble(proxy: Proxy, why: str, hint: str) -> SourceError:
    return SourceError(f"the proxy {proxy} {why}", hint=hint, code=Code.NET_PROXY)


@contextmanager
def reaching(proxy: Proxy) -> Iterator[None]:
    """Turn what goes wrong on the way to a proxy into errors about it.

    Raises:
        SourceError: NET_PROXY.
    """
    try:
        yield
    except TimeoutError:
        raise proxy_trouble(proxy, "does not answer in time") from None
    except ConnectionRefusedError:
        raise proxy_trouble(proxy, "is not there: the connection is refused") from None
    except OSError as cause:
        raise proxy_trouble(proxy, f"cannot be reached: {type(cause).__name__}") from None
    except SourceError as cause:
        why = _TROUBLES.get(cause.code)
        if why is None:
            raise
        raise proxy_trouble(proxy, why) from None


def dialed_through(
    proxy: Proxy, dial: Callable[[str, int, float], socket.socket]
) -> Callable[[str, int, float], socket.socket]:
    """Return a dial whose troubles are those of the proxy that it leads to."""

    def through(address: str, port: int, seconds: float) -> socket.socket:
        with reaching(proxy):
            return dial(address, port, seconds)

    return through
