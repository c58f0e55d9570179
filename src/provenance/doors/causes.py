"""What a library's exception came from: the machine's own, which says what no wrapper does."""

import socket
import ssl
from collections.abc import Iterator

from provenance.doors.http_line import refused, untrusted
from provenance.doors.network import unknown_host
from provenance.errors import SourceError


def roots(cause: BaseException) -> Iterator[BaseException]:
    """Yield an exception and those that it came from, as far as they are told."""
    seen: set[int] = set()
    now: BaseException | None = cause
    while now is not None and id(now) not in seen:
        seen.add(id(now))
        yield now
        now = now.__cause__ or now.__context__


def trouble(cause: BaseException, server: str) -> SourceError | None:
    """Return why a server was not reached, where the machine knows; else ``None``.

    It is NET_CERTIFICATE, NET_REFUSED or NET_DNS.
    """
    for one in roots(cause):
        match one:
            case ssl.SSLCertVerificationError():
                return untrusted(server, getattr(one, "verify_code", None))
            case ConnectionRefusedError():
                return refused(server)
            case socket.gaierror():
                return unknown_host(server)
    return None


def broken_by(cause: BaseException) -> OSError | None:
    """Return the machine's own exception; ``None`` for what TLS found wrong with a server."""
    found = [one for one in roots(cause) if isinstance(one, OSError)]
    return None if any(isinstance(one, ssl.SSLError) for one in found) else next(iter(found), None)
