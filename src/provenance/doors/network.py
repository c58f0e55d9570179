"""Which addresses may be reached: public ones over https, and origins that the caller named."""

import ipaddress
import re
import socket
from collections.abc import Callable, Sequence

import attrs

from provenance.errors import Code, SourceError

# Fewer shapes than RFC 3986 allows: no user, no query, no fragment, no percent-encoding.
_ADDRESS = re.compile(
    r"(?P<scheme>https?)://"
    r"(?P<host>[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])"
    r"(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<path>(?:/[A-Za-z0-9._~+@-]{1,255}){0,32})/?"
)
_PORTS = {"https": 443, "http": 80}
_HINT = "only https at public addresses is followed; name a mirror for anything else"

Resolver = Callable[[str, int], Sequence[str]]


@attrs.frozen
class Admitted:
    """An address that may be reached, rebuilt from its parts.

    ``pin`` is the IP address that was checked, and that the connection must go to; ``None`` at an
    origin that the caller named.
    """

    scheme: str
    host: str
    port: int
    path: str
    pin: str | None = None

    @property
    def url(self) -> str:
        """Return the address as text, its port only where it is not the usual one."""
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{self.host}{port}{self.path}"

    @property
    def origin(self) -> tuple[str, str, int]:
        """Return what must be equal for two addresses to have one owner."""
        return self.scheme, self.host, self.port


def admit(address: str, *, named: Sequence[str], resolver: Resolver | None = None) -> Admitted:
    """Return ``address`` if it may be reached: at an origin in ``named``, or public over https.

    Raises:
        SourceError: URL_FORBIDDEN for any other address; NETWORK when its host has no address.
    """
    parsed = _parsed(address)
    if parsed.origin in {_parsed(one).origin for one in named}:
        return parsed
    if parsed.scheme != "https" or parsed.port != _PORTS["https"]:
        raise _forbidden(address, "is neither plain https nor at an origin that was named")
    found = (resolver or resolve)(parsed.host.strip("[]"), parsed.port)
    if not found:
        raise SourceError(f"{parsed.host} has no address", hint="check the name and the network")
    if not all(is_public(one) for one in found):
        raise _forbidden(address, "leads to an address that is not public")
    return attrs.evolve(parsed, pin=found[0])


def _parsed(address: str) -> Admitted:
    scheme, separator, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    match = _ADDRESS.fullmatch(f"{scheme.lower()}{separator}{host.lower()}{slash}{path}")
    if not match or any(part in {".", ".."} for part in match["path"].split("/")):
        raise _forbidden(address, "is not a plain http(s) address")
    port = int(match["port"]) if match["port"] else _PORTS[match["scheme"]]
    return Admitted(match["scheme"], match["host"], port, match["path"])


def _forbidden(address: str, what: str) -> SourceError:
    return SourceError(f"{address[:200]!a} {what}", hint=_HINT, code=Code.URL_FORBIDDEN)


def resolve(host: str, port: int) -> tuple[str, ...]:
    """Return the IP addresses of a host, in the system's order.

    Raises:
        SourceError: NETWORK, when the name cannot be looked up.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as cause:
        raise SourceError(
            f"the host {host} cannot be looked up", hint="check the name and the network"
        ) from cause
    return tuple(dict.fromkeys(str(answer[4][0]) for answer in found))


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, tunnels to other networks included."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = parsed.ipv4_mapped or parsed.sixtofour or (parsed.teredo or (None, None))[1]
        if inner is not None:
            return is_public(str(inner))
        if parsed in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)))
    return parsed.is_global and not parsed.is_multicast and not parsed.is_reserved


# RFC 6052: the last 32 bits are an IPv4 address.
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
