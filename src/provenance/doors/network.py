"""Which addresses may be reached: public ones over https, and origins that the caller named."""

import ipaddress
import re
import socket
from collections.abc import Callable, Sequence

import attrs

from provenance.doors.authorities import way_to
from provenance.errors import Code, SourceError
from provenance.values.network import Network, Proxy

_ORIGIN = (
    r"(?P<scheme>https?)://"
    r"(?P<host>[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])"
    r"(?::(?P<port>[0-9]{1,5}))?"
)
# Fewer shapes than RFC 3986 allows: no user, no query, no fragment, no percent-encoding.
_ADDRESS = re.compile(_ORIGIN + r"(?P<path>(?:/[A-Za-z0-9._~+@-]{1,255}){0,32})/?(?P<query>)")
# RFC 3986, section 3.3 and 3.4; a fragment is for who reads the page, and is never sent.
_CHARACTER = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})"
_LINK = re.compile(
    rf"{_ORIGIN}(?P<path>(?:/{_CHARACTER}*)?)(?:\?(?P<query>(?:{_CHARACTER}|\?)*))?(?:#[!-~]*)?"
)
_LONGEST_LINK = 4096
_PORTS = {"https": 443, "http": 80}
_LARGEST_PORT = 65535
_HINT = "only https at public addresses is followed; name a mirror for anything else"
# RFC 6761, 6762, 8375 and ICANN's .internal: names that are never those of a public host.
_NEVER_PUBLIC = re.compile(r"(?:.*\.)?(?:localhost|local|internal|home\.arpa)")
# What the system's resolver would read as a number: the last label is decimal or hexadecimal.
_NUMBER = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)")

Resolver = Callable[[str, int], Sequence[str]]


@attrs.frozen
class Admitted:
    """An address that may be reached, rebuilt from its parts.

    ``pin`` is the IP address that was checked, and that the connection must go to; ``None`` at an
    origin that the caller named. ``pins`` are all that were checked, ``pin`` first. ``proxy`` is
    what reaches it for us; then there is no pin, and ``unchecked`` says that the host was no
    caller's: only its name was checked.
    """

    scheme: str
    host: str
    port: int
    path: str
    pin: str | None = None
    query: str | None = attrs.field(default=None, repr=False)
    pins: tuple[str, ...] = ()
    proxy: Proxy | None = None
    unchecked: bool = False

    @property
    def public(self) -> bool:
        """Whether it was admitted as anybody's, and not as an origin that the caller named."""
        return self.pin is not None or self.unchecked

    @property
    def url(self) -> str:
        """Return the address as text, its port only where it is not the usual one."""
        return self.plain if self.query is None else f"{self.plain}?{self.query}"

    @property
    def plain(self) -> str:
        """Return the address without its query, which may hold a permission to read."""
        return f"{self.scheme}://{self.authority}{self.path}"

    @property
    def authority(self) -> str:
        """Return the host, and its port where it is not the usual one."""
        return self.host if self.port == _PORTS[self.scheme] else f"{self.host}:{self.port}"

    @property
    def origin(self) -> tuple[str, str, int]:
        """Return what must be equal for two addresses to have one owner."""
        return self.scheme, self.host, self.port


def admit(
    address: str,
    *,
    named: Sequence[str],
    resolver: Resolver | None = None,
    network: Network | None = None,
) -> Admitted:
    """Return ``address`` if it may be reached: at an origin in ``named``, or public over https.

    The address is a plain one, as of a repository: without a query or percent-encoding. Behind a
    proxy of the ``network`` its host is checked as ever, but nobody here can look it up.

    Raises:
        SourceError: URL_FORBIDDEN for any other address; NET_DNS when its host has no address;
            NET_PROXY for a proxy that cannot be spoken to.
    """
    return _admitted(address, _parsed(address), named, resolver, network)


def admit_link(
    address: str,
    *,
    named: Sequence[str],
    resolver: Resolver | None = None,
    network: Network | None = None,
) -> Admitted:
    """Return the address of any page or file, as :func:`admit` does; its fragment is dropped.

    Raises:
        SourceError: as :func:`admit`, and URL_FORBIDDEN for more than 4,096 characters.
    """
    if len(address) > _LONGEST_LINK:
        raise _forbidden(address, f"is longer than {_LONGEST_LINK} characters")
    return _admitted(address, _parsed(address, _LINK), named, resolver, network)


def origin_of(address: str) -> tuple[str, str, int]:
    """Return scheme, host and port of a plain address.

    Raises:
        SourceError: URL_FORBIDDEN for what is no http(s) address.
    """
    return _parsed(address).origin


def _admitted(
    address: str,
    parsed: Admitted,
    named: Sequence[str],
    resolver: Resolver | None,
    network: Network | None,
) -> Admitted:
    proxy = way_to(network, parsed.scheme, parsed.host, parsed.port) if network else None
    if parsed.origin in {origin_of(one) for one in named}:
        return attrs.evolve(parsed, proxy=proxy)
    if parsed.scheme != "https" or parsed.port != _PORTS["https"]:
        raise _forbidden(address, "is neither plain https nor at an origin that was named")
    literal = _literal(address, parsed.host)
    found = literal if literal or proxy else addresses_of(parsed, resolver or resolve)
    if not all(is_public(one) for one in found):
        raise _forbidden(address, "leads to an address that is not public")
    if proxy:
        return attrs.evolve(parsed, proxy=proxy, unchecked=True)
    return attrs.evolve(parsed, pin=found[0], pins=tuple(found))


def addresses_of(place: Admitted, resolver: Resolver) -> Sequence[str]:
    """Return the IP addresses of a place's host, at least one.

    Raises:
        SourceError: NET_DNS, when it has none.
    """
    found = resolver(place.host.strip("[]"), place.port)
    if not found:
        raise unknown_host(f"the host {place.host}")
    return found


def _literal(address: str, host: str) -> tuple[str, ...]:
    """Return the IP address that a host is written as, or nothing for a name of a public host."""
    if _NEVER_PUBLIC.fullmatch(host):
        raise _forbidden(address, "names this machine or this network")
    if not host.startswith("[") and not _NUMBER.fullmatch(host):
        return ()
    try:
        return (str(ipaddress.ip_address(host.strip("[]"))),)
    except ValueError:
        raise _forbidden(address, "hides its number in an unusual spelling") from None


def _parsed(address: str, shape: re.Pattern[str] = _ADDRESS) -> Admitted:
    scheme, separator, rest = address.partition("://")
    host, tail = (
        re.split(r"(?=[/?#])", rest, maxsplit=1) if re.search("[/?#]", rest) else (rest, "")
    )
    match = shape.fullmatch(f"{scheme.lower()}{separator}{host.lower()}{tail}")
    # Some letters outside ASCII are inside it in lowercase: what is matched must be what was given.
    if not match or not host.isascii() or _climbs(match["path"]):
        raise _forbidden(address, "is not a plain http(s) address")
    port = int(match["port"]) if match["port"] else _PORTS[match["scheme"]]
    if not 0 < port <= _LARGEST_PORT:
        raise _forbidden(address, "has no such port")
    return Admitted(
        match["scheme"], match["host"], port, match["path"], query=match["query"] or None
    )


def _climbs(path: str) -> bool:
    return any(re.sub("%2[Ee]", ".", part) in {".", ".."} for part in path.split("/"))


def _forbidden(address: str, what: str) -> SourceError:
    return SourceError(f"{shown(address)} {what}", hint=_HINT, code=Code.URL_FORBIDDEN)


def shown(address: str) -> str:
    """Return an address as it may be told: a user's name and a query may be secrets, and are cut.

    >>> shown("https://me:word@example.org/a?signature=b")
    "'https://...@example.org/a'"
    """
    bare = re.sub(r"//[^/]*@", "//...@", address[:1000].partition("?")[0])
    return f"{bare[:200]!a}"


def resolve(host: str, port: int) -> tuple[str, ...]:
    """Return the IP addresses of a host, in the system's order.

    Raises:
        SourceError: NET_DNS, when the name cannot be looked up.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as cause:
        raise unknown_host(f"the host {host}") from cause
    return tuple(dict.fromkeys(str(answer[4][0]) for answer in found))


def unknown_host(host: str) -> SourceError:
    """Return the error of a server that nobody here knows an address of."""
    return SourceError(
        f"{host} has no address here: its name cannot be looked up",
        hint="check the name, and the name server of this machine",
        code=Code.NET_DNS,
    )


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
        if parsed not in _UNICAST or parsed.scope_id:
            return False
    if any(parsed in network for network in _SPECIAL if network.version == parsed.version):
        return False
    return parsed.is_global and not parsed.is_multicast and not parsed.is_reserved


# RFC 6052: the last 32 bits are an IPv4 address.
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# IANA has given out nothing else of IPv6 for the public internet.
_UNICAST = ipaddress.IPv6Network("2000::/3")
# In IANA's special-purpose registries, yet global to the `ipaddress` of some Python versions.
_SPECIAL = tuple(
    ipaddress.ip_network(text)
    for text in ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2001:db8::/32", "3fff::/20")
)
