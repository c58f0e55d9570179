"""The Hub client's connections: through the proxies, and with the authorities, that were named.

The client has one session for the whole process, which reads the environment by itself. Where the
settings name a way out, the session is replaced by one that knows nothing else. Which library it is
of depends on the client's version: its classes are found where the client's own errors come from.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self, cast

from provenance.doors.authorities import trusting, way_to
from provenance.doors.causes import broken_by
from provenance.doors.tunnel import proxy_refusal, reaching
from provenance.sources.hub_errors import transport
from provenance.values.network import Network, Proxy

if TYPE_CHECKING:
    from huggingface_hub.utils._http import CLIENT_FACTORY_T

_PORTS = {"https": 443, "http": 80}
_ASKS_WHO = 407
# What the library raises before a connection stands, which is then one to the proxy.
_BEFORE = frozenset({"ConnectError", "ConnectTimeout", "ProxyError"})
_STATUS = re.compile(r"([1-5][0-9]{2})\b")
_lock = Lock()
_now = [Network()]


class _Address(Protocol):
    scheme: str
    host: str
    port: int | None


class _Request(Protocol):
    url: _Address


class _Answer(Protocol):
    status_code: int

    def close(self) -> None: ...


class _Way(Protocol):
    """What is used of the library's transports."""

    def handle_request(self, request: _Request) -> _Answer: ...
    def close(self) -> None: ...


class _Library(Protocol):
    """What is used of the library that the client is built on."""

    def Client(self, **given: Any) -> Any: ...  # noqa: N802, ANN401 - the library's own
    def HTTPTransport(self, **given: Any) -> _Way: ...  # noqa: N802, ANN401 - the same
    def Proxy(self, url: str, **given: Any) -> Any: ...  # noqa: N802, ANN401 - the same


def speak_through(network: Network) -> None:
    """Have the Hub's client reach the world as the settings say, from now on, in all threads.

    Where they say nothing, the session is the client's own, or whichever the caller gave it.
    """
    from huggingface_hub import constants, utils  # noqa: PLC0415 - heavy
    from huggingface_hub.utils import _http  # noqa: PLC0415 - where its hooks are

    # Some versions ask a server that nobody named for a list, to tell in their requests more of who
    # runs them: not unless asked.
    constants.HF_HUB_DISABLE_TELEMETRY = True
    with _lock:
        if network == _now[0]:
            return
        _now[0] = network
        named: CLIENT_FACTORY_T = lambda: _client(network)  # noqa: E731 - a factory it is
        given = _http.default_client_factory if network == Network() else named
        utils.set_client_factory(given)  # type: ignore[attr-defined]


def _client(network: Network) -> Any:  # noqa: ANN401 - of the library that the client is built on
    from huggingface_hub.utils import _http  # noqa: PLC0415 - as above

    library = cast("_Library", sys.modules[transport().__module__.partition(".")[0]])
    return library.Client(
        transport=Ways(library, network),
        event_hooks={"request": [_http.hf_request_event_hook]},
        follow_redirects=True,
        timeout=None,
        trust_env=False,
    )


class Ways:
    """One transport for all requests: for each it finds out the proxy that it goes through."""

    def __init__(self, library: _Library, network: Network) -> None:
        self._library = library
        self._network = network
        self._lock = Lock()
        self._open: dict[Proxy | None, _Way] = {}

    def __enter__(self) -> Self:
        """Return the transport; what it needs is opened when it is needed."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close all connections."""
        self.close()

    def close(self) -> None:
        """Close all connections; a request after that opens new ones."""
        with self._lock:
            for one in self._open.values():
                one.close()
            self._open.clear()

    def handle_request(self, request: _Request) -> _Answer:
        """Send a request the way that its address goes.

        Raises:
            SourceError: NET_PROXY; NET_CERTIFICATE, when no authorities can be read.
            Exception: whatever the library raises.
        """
        url = request.url
        # What is neither http nor https is refused by the library, in its own words.
        port = url.port or _PORTS.get(url.scheme, 0)
        proxy = way_to(self._network, url.scheme, url.host, port) if port else None
        way = self._way(proxy)
        if proxy is None:
            return way.handle_request(request)
        with _through(proxy):
            answer = way.handle_request(request)
        if answer.status_code == _ASKS_WHO:
            answer.close()
            raise proxy_refusal(proxy, _ASKS_WHO)
        return answer

    def _way(self, proxy: Proxy | None) -> _Way:
        with self._lock:
            if proxy not in self._open:
                named = self._network.authorities
                given = {"verify": trusting(self._network) if named else True, "trust_env": False}
                if proxy:
                    who = None if proxy.user is None else (proxy.user, proxy.password or "")
                    given["proxy"] = self._library.Proxy(proxy.url, auth=who)
                self._open[proxy] = self._library.HTTPTransport(**given)
            return self._open[proxy]


@contextmanager
def _through(proxy: Proxy) -> Iterator[None]:
    """Tell the troubles of a proxy from those of what is behind it."""
    try:
        yield
    except transport() as cause:
        refused = type(cause).__name__ == "ProxyError" and _STATUS.match(str(cause))
        if refused:
            raise proxy_refusal(proxy, int(refused[1])) from None
        known = broken_by(cause)
        if known is None or type(cause).__name__ not in _BEFORE:
            raise
        with reaching(proxy):
            raise known from None
