"""The way out: proxies that the caller named, hosts that go without, authorities that are trusted.

The rules are those that most command lines share: a variable for each scheme, ``ALL_PROXY`` for
what has none, and ``NO_PROXY`` with hosts, their subdomains, ports, addresses and networks.
"""

import ipaddress
import re
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Self
from urllib.parse import quote, unquote, urlsplit

import attrs

from provenance.errors import Code, InvalidValueError

_USUAL_PORT = {"http": 80, "https": 443}
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?|[0-9A-Fa-f:.]{2,45}")
_LONGEST_SECRET = 1024
_AUTHORITIES = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


@attrs.frozen
class Proxy:
    """An HTTP proxy: its host, its port, and what it is told of who asks."""

    host: str
    port: int
    user: str | None = attrs.field(default=None, repr=False)
    password: str | None = attrs.field(default=None, repr=False)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an address, as variables hold it; without a scheme it is an HTTP proxy.

        >>> str(Proxy.parse("http://me:secret@proxy.example.org:3128"))
        'proxy.example.org:3128'

        Raises:
            InvalidValueError: NET_PROXY, for what is no address, or a proxy of another kind; the
                text, which may hold a password, is not repeated.
        """
        whole = text.strip() if "://" in text else f"http://{text.strip()}"
        try:
            parts = urlsplit(whole)
            host, port = parts.hostname or "", parts.port
        except ValueError:
            raise _no_proxy("is no address") from None
        if parts.scheme != "http":
            raise _no_proxy("is of another kind than http://")
        if not _HOST.fullmatch(host) or port == 0:
            raise _no_proxy("is no address")
        secrets = [None if it is None else unquote(it) for it in (parts.username, parts.password)]
        if any(it and (len(it) > _LONGEST_SECRET or not it.isprintable()) for it in secrets):
            raise _no_proxy("holds a name or a password that cannot be one")
        return cls(host, port or _USUAL_PORT[parts.scheme], *secrets)

    @property
    def authorization(self) -> str | None:
        """Return what the proxy is told of who asks (RFC 7617); ``None`` where it is nothing."""
        if self.user is None:
            return None
        pair = f"{self.user}:{self.password or ''}".encode()
        return f"Basic {b64encode(pair).decode('ascii')}"

    @property
    def secret(self) -> str | None:
        """Return name and password as an address holds them; ``None`` where there are none."""
        if self.user is None:
            return None
        return f"{quote(self.user, safe='')}:{quote(self.password or '', safe='')}"

    @property
    def url(self) -> str:
        """Return the address without a secret."""
        return f"http://{self}"

    def __str__(self) -> str:
        """Return ``host:port``."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


@attrs.frozen
class Network:
    """How connections leave this machine; by default straight, with the system's authorities.

    ``http`` and ``https`` are proxies for addresses of these schemes, as they were written;
    ``direct`` are the hosts that are reached without one, in the manner of ``NO_PROXY``;
    ``authorities`` is a file of certificates, or a folder of them under their hashes, that is
    trusted in place of the system's own, ``more_authorities`` a folder beside it.
    """

    http: str | None = attrs.field(default=None, repr=False)
    https: str | None = attrs.field(default=None, repr=False)
    direct: tuple[str, ...] = ()
    authorities: Path | None = None
    more_authorities: Path | None = None

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Self:
        """Read the usual variables; of two spellings the lower case holds.

        >>> Network.from_environ({"NO_PROXY": ".example.org, 10.0.0.0/8"}).direct
        ('.example.org', '10.0.0.0/8')
        """

        def told(name: str) -> str:
            return environ.get(name.lower(), environ.get(name, "")).strip()

        # Below a web server, HTTP_PROXY is a header of whoever asks it.
        plain = environ.get("http_proxy", "") if "REQUEST_METHOD" in environ else told("HTTP_PROXY")
        files = [environ[name] for name in _AUTHORITIES if environ.get(name)]
        folder = environ.get("SSL_CERT_DIR") or None
        return cls(
            http=plain or told("ALL_PROXY") or None,
            https=told("HTTPS_PROXY") or told("ALL_PROXY") or None,
            direct=tuple(re.split(r"[,\s]+", told("NO_PROXY"))) if told("NO_PROXY") else (),
            authorities=Path(files[0]) if files else Path(folder) if folder else None,
            more_authorities=Path(folder) if files and folder else None,
        )

    @property
    def proxied(self) -> bool:
        """Whether any address is reached through a proxy."""
        return "*" not in self.direct and bool(self.http or self.https)

    def way(self, scheme: str, host: str, port: int) -> Proxy | None:
        """Return the proxy through which a place is reached; ``None`` for the straight way.

        Raises:
            InvalidValueError: NET_PROXY, for a proxy that cannot be spoken to.
        """
        told = self.https if scheme == "https" else self.http
        if not told or self._straight(host, port):
            return None
        return Proxy.parse(told)

    def _straight(self, host: str, port: int) -> bool:
        bare = host.strip("[]").rstrip(".").lower()
        return any(_covers(rule, bare, port) for rule in self.direct)


def _covers(rule: str, host: str, port: int) -> bool:
    """Whether a rule of ``NO_PROXY`` is about a host and its port."""
    if rule == "*":
        return True
    if _network(rule) is not None:
        return _inside(host, rule)
    name, colon, number = rule.rpartition(":")
    if colon and number.isdecimal():
        if int(number) != port:
            return False
        rule = name
    bare = rule.strip("[]").removeprefix("*").strip(".").lower()
    if _network(bare) is not None:
        return _inside(host, bare)
    return bool(bare) and (host == bare or host.endswith(f".{bare}"))


def _inside(host: str, rule: str) -> bool:
    network = _network(rule)
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return network is not None and address in network


def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(text.strip("[]"), strict=False)
    except ValueError:
        return None


def _no_proxy(what: str) -> InvalidValueError:
    return InvalidValueError(
        f"the proxy that was named {what}",
        hint="write http://host:port in HTTPS_PROXY, HTTP_PROXY or ALL_PROXY, or unset it",
        code=Code.NET_PROXY,
    )
