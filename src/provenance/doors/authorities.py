"""Whose certificates are trusted, and which proxy a place is reached through: as was named."""

import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from provenance.errors import Code, InvalidValueError, SourceError
from provenance.values.network import Network, Proxy

_BEGIN = b"-----BEGIN "
# What a folder of certificates is asked for by: the hash of a name, and a number (c_rehash).
_HASHED = re.compile(r"[0-9a-f]{8}\.[0-9]{1,3}")


@lru_cache(maxsize=8)
def trusting(network: Network) -> ssl.SSLContext:
    """Return what checks servers' certificates: against those named, or else the system's own.

    Raises:
        SourceError: NET_CERTIFICATE, when those that were named cannot be read.
    """
    if network.authorities is None:
        return ssl.create_default_context()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    for place in (network.authorities, network.more_authorities):
        if place is None:
            continue
        with _readable(place):
            if place.is_dir():
                context.load_verify_locations(capath=place)
            else:
                context.load_verify_locations(cafile=place)
    return context


@contextmanager
def _readable(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as cause:
        # What is no certificate is an ssl.SSLError, which is an OSError.
        raise SourceError(
            f"no certificates can be read from {str(place)!a}",
            hint="check SSL_CERT_FILE, REQUESTS_CA_BUNDLE, CURL_CA_BUNDLE and SSL_CERT_DIR",
            code=Code.NET_CERTIFICATE,
        ) from cause


def bundle(network: Network, into: Path) -> Path:
    """Return one file of all certificates that were named, for programs that read no folders.

    It is written ``into`` a folder where it is not there as a file already.

    Raises:
        SourceError: NET_CERTIFICATE, when they cannot be read.
    """
    named, more = network.authorities, network.more_authorities
    if named is not None and more is None and named.is_file():
        return named.absolute()
    found = into / "authorities.pem"
    with _readable(named or into):
        places = [place for place in (named, more) if place is not None]
        parts = [file.read_bytes() for place in places for file in _files(place)]
        found.write_bytes(b"\n".join(part for part in parts if _BEGIN in part))
    return found


def _files(place: Path) -> list[Path]:
    if not place.is_dir():
        return [place]
    return [one for one in sorted(place.iterdir()) if _HASHED.fullmatch(one.name)]


def way_to(network: Network, scheme: str, host: str, port: int) -> Proxy | None:
    """Return the proxy that a place is reached through; ``None`` for the straight way.

    Raises:
        SourceError: NET_PROXY, for a proxy that cannot be spoken to.
    """
    try:
        return network.way(scheme, host, port)
    except InvalidValueError as cause:
        raise SourceError(cause.what, hint=cause.hint, code=cause.code) from None
