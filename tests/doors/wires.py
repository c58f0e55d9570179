"""Web servers of these tests' own on 127.0.0.1 that send any bytes, with TLS or without.

An internet in small: names have public addresses, and each address is a server on this machine.
"""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple, Protocol

import attrs
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID

from provenance.doors.fetcher import Fetcher
from provenance.errors import Code, ProvenanceError

NOW = datetime(2026, 5, 6, 7, 8, 9, tzinfo=UTC)
PUBLIC = "93.184.216.34"
OTHER = "140.82.112.3"


class Sent(NamedTuple):
    """What a server sends: pieces, with a pause of so many seconds after each but the last.

    ``hang`` keeps the connection open afterwards, until the client closes it.
    """

    pieces: tuple[bytes, ...]
    drip: float = 0.0
    hang: bool = False


class Answers(Protocol):
    """What a server says to the bytes of a request's head."""

    def __call__(self, request: bytes) -> "bytes | Sent":
        """Return the whole answer."""
        ...


def ok(body: bytes = b"hello", *headers: str, status: str = "200 OK") -> bytes:
    """Return an answer with its right length."""
    return head(status, f"Content-Length: {len(body)}", *headers) + body


def head(status: str, *headers: str) -> bytes:
    """Return the head of an answer."""
    lines = (f"HTTP/1.1 {status}", *headers, "", "")
    return "\r\n".join(lines).encode("latin-1")


def moved(location: str, status: str = "302 Found") -> bytes:
    """Return a redirect."""
    return ok(b"elsewhere", f"Location: {location}", status=status)


@attrs.frozen(eq=False)
class Wire:
    """A running server: its port, and the heads of the requests that came."""

    port: int
    requests: list[bytes]


@contextmanager
def wire(answer: Answers, tls: ssl.SSLContext | None = None) -> Iterator[Wire]:
    """Yield a server that answers each connection once."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(30)
        running = Wire(listener.getsockname()[1], [])
        over = threading.Event()
        thread = threading.Thread(target=_serve, args=(listener, tls, answer, running, over))
        thread.start()
        try:
            yield running
        finally:
            over.set()
            with suppress(OSError):
                socket.create_connection(("127.0.0.1", running.port), timeout=5).close()
            thread.join(10)


def _serve(
    listener: socket.socket,
    tls: ssl.SSLContext | None,
    answer: Answers,
    running: Wire,
    over: threading.Event,
) -> None:
    while not over.is_set():
        connection, _ = listener.accept()
        with suppress(OSError), connection:
            connection.settimeout(10)
            if over.is_set():
                return
            secure = tls.wrap_socket(connection, server_side=True) if tls else connection
            with secure:
                _answer(secure, answer, running, over)


def _answer(
    connection: socket.socket, answer: Answers, running: Wire, over: threading.Event
) -> None:
    request = b""
    # What does not begin as a request, as TLS does, is answered at once.
    while request.startswith(b"GET"[: len(request)]) and not request.endswith(b"\r\n\r\n"):
        received = connection.recv(4096)
        if not received:
            return
        request += received
    running.requests.append(request)
    said = answer(request)
    sent = said if isinstance(said, Sent) else Sent((said,))
    for piece in sent.pieces:
        connection.sendall(piece)
        over.wait(sent.drip)
    if sent.hang:
        connection.recv(1)


class Authority:
    """A certificate authority for one test run, that nobody else trusts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a test's own")])
        self._certificate = self._issued(self._key, self._name, ())
        self.pem = self._certificate.public_bytes(Encoding.PEM)
        self.trust = ssl.create_default_context(cadata=self.pem.decode("ascii"))
        self.file = folder / "authority.pem"
        self.file.write_bytes(self.pem)

    def server(self, *names: str) -> ssl.SSLContext:
        """Return what a server of these names shows."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
        shown = self._issued(key, subject, names).public_bytes(Encoding.PEM)
        secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        file = self._folder / "shown.pem"
        file.write_bytes(shown + secret)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    def _issued(
        self, key: ec.EllipticCurvePrivateKey, subject: x509.Name, names: Sequence[str]
    ) -> x509.Certificate:
        now = datetime.now(UTC)
        usage = x509.KeyUsage(
            digital_signature=bool(names),
            content_commitment=False,
            key_encipherment=False,
            data_encipherment=False,
            key_agreement=False,
            key_cert_sign=not names,
            crl_sign=not names,
            encipher_only=False,
            decipher_only=False,
        )
        ours = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
        theirs = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(hours=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.BasicConstraints(ca=not names, path_length=None), critical=True)
            .add_extension(usage, critical=True)
            .add_extension(ours, critical=False)
            .add_extension(theirs, critical=False)
        )
        if names:
            alternatives = x509.SubjectAlternativeName([x509.DNSName(name) for name in names])
            builder = builder.add_extension(alternatives, critical=False)
        return builder.sign(self._key, hashes.SHA256())


@attrs.frozen(eq=False)
class Internet:
    """Names with their addresses, addresses with the ports of their servers, and who was asked."""

    names: Mapping[str, Sequence[str]]
    ports: Mapping[str, int]
    looked_up: list[str] = attrs.field(factory=list)
    dialed: list[tuple[str, int]] = attrs.field(factory=list)

    def resolve(self, host: str, port: int) -> Sequence[str]:
        """Return the addresses of a name."""
        del port
        self.looked_up.append(host)
        return self.names.get(host, ())

    def dial(self, address: str, port: int, seconds: float) -> socket.socket:
        """Connect to the server that stands for an address."""
        self.dialed.append((address, port))
        if address not in self.ports:
            raise ConnectionRefusedError
        return socket.create_connection(("127.0.0.1", self.ports[address]), timeout=seconds)

    def fetcher(self, trust: ssl.SSLContext) -> Fetcher:
        """Return a fetcher that lives in this internet."""
        return Fetcher(lambda: NOW, seconds=10, resolver=self.resolve, dial=self.dial, trust=trust)


World = Callable[..., tuple[Fetcher, Wire, Internet]]


@contextmanager
def refused(code: Code, what: str | None = None) -> Iterator[None]:
    """Expect an error with this code, whose text matches ``what``."""
    with pytest.raises(ProvenanceError, match=what) as caught:
        yield
    assert caught.value.code is code


class Timer:
    """Seconds that pass only where somebody waits for them."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.paused: list[float] = []

    def read(self) -> float:
        """Return the seconds."""
        return self.now

    def pause(self, seconds: float) -> None:
        """Let so many seconds pass."""
        self.paused.append(seconds)
        self.now += seconds
