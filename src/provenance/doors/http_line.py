"""A connection to a web server: to an address that was checked, bounded in bytes and seconds."""

import io
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from provenance.doors.deadline import Deadline, too_slow
from provenance.errors import Code, SourceError

# How long a server may take to close a connection that it was asked to close, in seconds.
GRACE = 0.5
# How long one of several addresses may take to let itself be connected to, in seconds.
_PATIENCE = 10.0
# Of the addresses of one host, how many are tried.
_TRIED = 4

# IP address, port, seconds: a connected socket.
Dial = Callable[[str, int, float], socket.socket]


def dial(address: str, port: int, seconds: float) -> socket.socket:
    """Connect to an IP address; a name would be looked up again, and is never passed here."""
    return socket.create_connection((address, port), timeout=seconds)


class Line(io.RawIOBase):
    """What a server sends over one connection: every wait ends at one deadline.

    ``allowance`` is the number of bytes that may still come: one more is a RESOURCE error.
    """

    def __init__(self, connection: socket.socket, deadline: Deadline, allowance: int) -> None:
        super().__init__()
        self.allowance = allowance
        self._connection = connection
        self._deadline = deadline
        self._ending = False

    def readable(self) -> bool:
        """Return true."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Receive into ``buffer``, which is what a BufferedReader passes; 0 is the end.

        Raises:
            SourceError: RESOURCE, TIMEOUT.
            OSError: when the connection breaks.
        """
        if self.allowance <= 0:
            raise SourceError(
                "the server sends more than there may be",
                hint="look at it by hand",
                code=Code.RESOURCE,
            )
        view = memoryview(buffer)[: self.allowance]
        left = self._deadline.left()
        self._connection.settimeout(min(GRACE, left) if self._ending else left)
        try:
            count = self._connection.recv_into(view)
        except OSError:
            if self._ending:
                return 0
            raise
        self.allowance -= count
        return count

    def send(self, data: bytes) -> None:
        """Send all of ``data``."""
        self._connection.settimeout(self._deadline.left())
        self._connection.sendall(data)

    def end(self) -> None:
        """Expect nothing more: silence for half a second and a broken connection are the end."""
        self._ending = True
        self.allowance = 1


@contextmanager
def connected(
    addresses: Sequence[str],
    port: int,
    *,
    dial: Dial,
    deadline: Deadline,
    tls: Callable[[socket.socket], socket.socket] | None,
) -> Iterator[socket.socket]:
    """Yield a connection to the first of these IP addresses that answers; TLS begins in ``tls``.

    Raises:
        OSError: what the last of them raised; ssl.SSLError is one.
        SourceError: TIMEOUT.
    """
    found = _first(addresses[:_TRIED], port, dial, deadline)
    try:
        found.settimeout(deadline.left())
        # Wrapping takes the plain socket's place, and closes it when it fails.
        found = tls(found) if tls else found
        yield found
    finally:
        found.close()


def _first(addresses: Sequence[str], port: int, dial: Dial, deadline: Deadline) -> socket.socket:
    *others, last = addresses
    for address in others:
        try:
            return dial(address, port, min(_PATIENCE, deadline.left()))
        except OSError:
            continue
    return dial(last, port, deadline.left())


@contextmanager
def broken(what: str) -> Iterator[None]:
    """Turn what sockets raise into errors about ``what``; none of a server's text is kept.

    Raises:
        SourceError: NET_CERTIFICATE, NET_REFUSED, NETWORK, TIMEOUT.
    """
    try:
        yield
    except TimeoutError:
        raise too_slow() from None
    except ssl.SSLCertVerificationError as cause:
        raise untrusted(what, cause.verify_code) from None
    except ConnectionRefusedError:
        raise refused(what) from None
    except OSError as cause:
        why = f"{what} cannot be reached: {type(cause).__name__}"
        raise SourceError(why, hint="try again later") from None


def untrusted(what: str, reason: int | None = None) -> SourceError:
    """Return the error of a certificate that nobody vouches for; ``reason`` is OpenSSL's."""
    return SourceError(
        f"{what} cannot be trusted: its certificate is refused"
        + ("" if reason is None else f" (reason {reason})"),
        hint="if an authority of your own signs here, name its certificate in SSL_CERT_FILE",
        code=Code.NET_CERTIFICATE,
    )


def refused(what: str) -> SourceError:
    """Return the error of a machine that is there, and where nothing listens."""
    return SourceError(
        f"{what} cannot be reached: the connection is refused",
        hint="check address and port, and whether the server runs; a proxy may be needed",
        code=Code.NET_REFUSED,
    )
