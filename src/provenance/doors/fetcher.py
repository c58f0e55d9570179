"""The one way to ask a web server: public https, or what the caller named; bounded in everything.

An answer is whole or an error. The address that was checked is the one that is connected to, for
the first request and for each redirect; a token never leaves its origin.
"""

import hashlib
import io
import re
import socket
import ssl
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import partial
from urllib.parse import urljoin

import attrs

from provenance.doors.authorities import trusting
from provenance.doors.deadline import Deadline
from provenance.doors.http_body import framing_bytes, pieces
from provenance.doors.http_head import HEAD_BYTES, Head, read_head, senseless
from provenance.doors.http_line import Dial, Line, broken, connected, dial
from provenance.doors.http_request import Credential, repeated, request
from provenance.doors.journal import noted
from provenance.doors.network import (
    Admitted,
    Resolver,
    addresses_of,
    admit_link,
    resolve,
    shown,
    unknown_host,
)
from provenance.doors.patience import Patience, retry_after
from provenance.doors.tunnel import dialed_through, proxy_refusal, reaching, tunnelled
from provenance.errors import Code, ReleaseError, SourceError, UsageError
from provenance.values.digest import Algorithm, Digest
from provenance.values.fetched import GONE, Fetched
from provenance.values.network import Network

REDIRECTS = 5
# How often one place is asked, when it says "later" each time.
_TRIES = 3
_MOVED = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 503})
_DENIED = frozenset({401, 402, 403, 407, 451})
_OK = 200
_PARTIAL = 206
_ERROR = 400
_NO_SUCH_PART = 416
_WHO_ASKS = 407
_RANGE = re.compile(r"bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\*)")


@attrs.frozen(eq=False)
class Part:
    """Some bytes of a file: ``length`` of them from ``start``; ``pieces`` yields them once.

    ``total`` is the size of the whole file as its server says, ``etag`` its version.
    """

    url: str
    final_url: str
    start: int
    length: int
    total: int | None
    etag: str | None
    pieces: Iterator[bytes] = attrs.field(repr=False)


@attrs.frozen(eq=False)
class _Answer:
    """A head, where it came from, and the body still to be read; ``sent`` if a token went out."""

    asked: Admitted
    place: Admitted
    head: Head
    file: "io.BufferedReader[Line]"
    line: Line
    sent: bool

    @property
    def final_url(self) -> str:
        return self.place.plain if self.sent else self.place.url

    def body(self, limit: int) -> Iterator[bytes]:
        """Yield the body; the end of it is that of the connection, too."""
        with broken(self.place.plain):
            self.line.allowance = framing_bytes(limit)
            yield from pieces(self.file, self.head, limit=limit)
            self.line.end()
            if self.file.read(1):
                raise senseless("it is longer than announced")


@attrs.frozen(eq=False)
class Fetcher:
    """A caller's way to web servers.

    ``named`` are addresses whose origins may be plain http or not public. ``seconds`` bounds each
    fetch as a whole, ``patience`` the seconds that a server may ask to wait. ``resolver``, which
    raises SourceError only, ``dial``, ``timer`` and ``pause`` are the system's own unless given;
    ``trust`` is what the ``network`` names, which holds the proxies, too.
    """

    clock: Callable[[], datetime]
    named: tuple[str, ...] = ()
    offline: bool = False
    credential: Credential | None = None
    seconds: float = 60.0
    patience: float = 20.0
    resolver: Resolver = resolve
    dial: Dial = dial
    trust: ssl.SSLContext | None = attrs.field(default=None, repr=False)
    network: Network = attrs.field(factory=Network)
    timer: Callable[[], float] = time.monotonic
    pause: Callable[[float], None] = time.sleep
    _waits: Patience = attrs.field(
        init=False,
        repr=False,
        default=attrs.Factory(
            lambda self: Patience(self.patience, self.timer, self.pause), takes_self=True
        ),
    )

    def fetch(self, url: str, *, limit: int) -> Fetched:
        """Return what is at ``url``, of at most ``limit`` bytes; 404 and 410 are answers, too.

        Raises:
            SourceError: OFFLINE; URL_FORBIDDEN, for an address that may not be reached, also as
                the end of a redirect; NETWORK; TIMEOUT; RESOURCE, over ``limit`` bytes or five
                redirects; LINK_DENIED; LINK_ANSWER, for an answer that cannot be meant.
        """
        with noted(shown(url)) as entry, self._answer(url, {}, GONE | {_OK}) as answer:
            head = answer.head
            if self._leaks(head):
                raise repeated()
            body, seen = bytearray(), hashlib.sha256()
            for piece in () if head.status in GONE else self._body(answer, limit):
                seen.update(piece)
                body += piece
            entry.add(len(body))
        return Fetched(
            url=answer.asked.url,
            final_url=answer.final_url,
            status=head.status,
            content_type=head.one("content-type"),
            etag=head.one("etag"),
            last_modified=head.one("last-modified"),
            content_length=head.length,
            body=bytes(body),
            digest=Digest(Algorithm.SHA256, seen.digest()),
            seen_at=self.clock(),
        )

    @contextmanager
    def open_range(
        self, url: str, start: int, length: int, *, etag: str | None = None
    ) -> Iterator[Part]:
        """Yield ``length`` bytes from ``start``, fewer where the file ends; all bounds hold.

        With ``etag``, the bytes are of that version of the file. A server that ignores the range
        or sends another one is refused: its bytes are not those that were asked for.

        Raises:
            UsageError: for a part of no bytes, or before the beginning.
            SourceError: as for :meth:`fetch`; LINK_DEAD for 404 and 410.
            ReleaseError: FILE_CHANGED, when the file has another etag now.
        """
        if start < 0 or length < 1:
            raise UsageError(f"{length} bytes from {start}", hint="ask for one byte or more")
        span = {"Range": f"bytes={start}-{start + length - 1}"}
        with noted(shown(url)) as entry, self._answer(url, span, GONE | {_PARTIAL}) as answer:
            head = answer.head
            if head.status in GONE:
                raise SourceError(
                    f"{answer.place.plain} is gone", hint="check the link", code=Code.LINK_DEAD
                )
            if self._leaks(head):
                raise repeated()
            if etag is not None and head.one("etag") != etag:
                raise ReleaseError(
                    f"{answer.place.plain} is another file than before",
                    hint="read it again from its beginning",
                    code=Code.FILE_CHANGED,
                )
            size, total = _promised(head, start, length)
            entry.add(size)
            body = _all_of(self._body(answer, size), size)
            yield Part(
                answer.asked.url, answer.final_url, start, size, total, head.one("etag"), body
            )

    @contextmanager
    def _answer(
        self, url: str, extra: Mapping[str, str], wanted: Collection[int]
    ) -> Iterator[_Answer]:
        """Yield the answer that redirects and waits lead to, while its connection is open."""
        if self.offline:
            raise SourceError(
                "nothing was fetched: offline",
                hint="leave --offline out to follow links",
                code=Code.OFFLINE,
            )
        deadline = Deadline.after(self.seconds, self.timer)
        place = asked = self._admitted(url, self.named, deadline)
        sent, redirects, tries = False, 0, 0
        while True:
            self._waits.wait(place.origin, deadline)
            sent = sent or bool(self.credential and self.credential.belongs_to(place))
            with self._asked(place, extra, deadline) as (head, file, line):
                if head.status in _MOVED:
                    place, redirects = self._next(place, head, redirects, deadline), redirects + 1
                elif head.status in _BUSY:
                    tries += 1
                    self._told(place, head, tries)
                else:
                    _refuse(place, head.status, wanted)
                    yield _Answer(asked, place, head, file, line, sent)
                    return

    @contextmanager
    def _asked(
        self, place: Admitted, extra: Mapping[str, str], deadline: Deadline
    ) -> Iterator[tuple[Head, "io.BufferedReader[Line]", Line]]:
        """Yield the head of the answer to one request, with what its body is read from."""
        addresses, port, dial = self._way(place, deadline)
        tls = partial(self._secured, place, deadline) if place.scheme == "https" else None
        with ExitStack() as stack:
            with broken(place.plain):
                connection = stack.enter_context(
                    connected(addresses, port, dial=dial, deadline=deadline, tls=tls)
                )
                line = Line(connection, deadline, HEAD_BYTES)
                line.send(request(place, self.credential, extra))
                file = io.BufferedReader(line)
                head = read_head(file)
            if place.proxy and head.status == _WHO_ASKS:
                raise proxy_refusal(place.proxy, head.status)
            yield head, file, line

    def _way(self, place: Admitted, deadline: Deadline) -> tuple[Sequence[str], int, Dial]:
        """Return the addresses and the port to connect to, a proxy's if there is one; and how."""
        proxy = place.proxy
        if proxy is None:
            found = place.pins or addresses_of(place, self._looked_up(deadline))
            return found, place.port, self.dial
        with reaching(proxy):
            addresses = self._looked_up(deadline)(proxy.host, proxy.port)
            if not addresses:
                raise unknown_host(proxy.host)
        return addresses, proxy.port, dialed_through(proxy, self.dial)

    def _secured(self, place: Admitted, deadline: Deadline, plain: socket.socket) -> socket.socket:
        """Begin TLS with the place itself, whatever reaches it for us."""
        if place.proxy:
            plain = tunnelled(plain, place.proxy, place.host, place.port, deadline)
        trust = self.trust or trusting(self.network)
        return trust.wrap_socket(plain, server_hostname=place.host.strip("[]"))

    def _looked_up(self, deadline: Deadline) -> Resolver:
        return lambda host, port: deadline.wait_for(lambda: self.resolver(host, port))

    def _admitted(self, url: str, named: tuple[str, ...], deadline: Deadline) -> Admitted:
        looked_up = self._looked_up(deadline)
        return admit_link(url, named=named, resolver=looked_up, network=self.network)

    def _next(self, place: Admitted, head: Head, redirects: int, deadline: Deadline) -> Admitted:
        """Return where a redirect leads, if that may be reached from here."""
        if self._leaks(head, "location"):
            raise _led_astray("with the token in its address")
        location = head.one("location")
        if not location:
            raise senseless("it leads elsewhere, and does not say where")
        if redirects >= REDIRECTS:
            raise SourceError(
                f"there are more than {REDIRECTS} redirects",
                hint="link to where they end",
                code=Code.RESOURCE,
            )
        if not re.fullmatch(r"[!-\[\]-~]+", location):
            raise _led_astray("to what is no address")
        try:
            target = urljoin(place.url, location)
        except ValueError:
            raise _led_astray("to what is no address") from None
        if place.scheme == "https" and not target.lower().startswith("https:"):
            raise _led_astray("down from https")
        # What the caller named is for the caller: a public server must not lead us in there.
        return self._admitted(target, () if place.public else self.named, deadline)

    def _told(self, place: Admitted, head: Head, tries: int) -> None:
        """Remember how long a server wants no request."""
        seconds = retry_after(head.one("retry-after"), self.clock())
        if seconds is not None:
            self._waits.told(place.origin, seconds)
        if seconds is None or tries >= _TRIES:
            raise SourceError(
                f"{place.plain} is busy (status {head.status})", hint="try again later"
            )

    def _leaks(self, head: Head, *names: str) -> bool:
        """Whether one of these headers, of all if none is named, holds the token."""
        held = self.credential
        return held is not None and any(
            held.is_in(value)
            for name in names or head.headers
            for value in head.headers.get(name, ())
        )

    def _body(self, answer: _Answer, limit: int) -> Iterator[bytes]:
        body = answer.body(limit)
        return self.credential.kept_out(body) if self.credential else body


def _led_astray(where: str) -> SourceError:
    return SourceError(
        f"a redirect leads {where}",
        hint="link to where it should end",
        code=Code.URL_FORBIDDEN,
    )


def _refuse(place: Admitted, status: int, wanted: Collection[int]) -> None:
    """Raise for a status that is none of those wanted."""
    if status in wanted:
        return
    if status in _DENIED:
        raise SourceError(
            f"{place.plain}: access is denied ({status})",
            hint="look at it by hand",
            code=Code.LINK_DENIED,
        )
    if status == _OK:
        raise senseless("it is the whole file, and not the part that was asked for")
    if status < _ERROR or status == _NO_SUCH_PART:
        raise senseless(f"its status is {status}")
    raise SourceError(f"{place.plain} answers with status {status}", hint="try again later")


def _promised(head: Head, start: int, length: int) -> tuple[int, int | None]:
    """Return the size of the part that comes, and that of the whole file, if it is what we want."""
    match = _RANGE.fullmatch(head.one("content-range") or "")
    if not match or (head.one("content-encoding") or "identity").lower() != "identity":
        raise senseless("it does not say which part of the file it is")
    total = None if match[3] == "*" else int(match[3])
    end = start + length if total is None else min(start + length, total)
    if (int(match[1]), int(match[2]) + 1) != (start, end):
        raise senseless("it is another part of the file than was asked for")
    return end - start, total


def _all_of(found: Iterator[bytes], size: int) -> Iterator[bytes]:
    """Yield the pieces of a part, which together are as long as it was said to be."""
    received = 0
    for piece in found:
        received += len(piece)
        yield piece
    if received != size:
        raise senseless("it is not as long as the part that it says it is")
