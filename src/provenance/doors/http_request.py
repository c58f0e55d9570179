"""A request to a web server, and the token that goes with it to one origin only."""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

import attrs

from provenance.doors.http_head import senseless
from provenance.doors.network import Admitted, origin_of
from provenance.errors import InvalidValueError, SourceError

# RFC 6750, section 2.1: what a bearer token is made of, and so never a second header.
_TOKEN = re.compile(r"[A-Za-z0-9._~+/=-]{1,4096}")
_AGENT = "provenance-verifier"


@attrs.frozen
class Credential:
    """A bearer token and the one origin (scheme, host, port) that it is sent to, as an address."""

    origin: str
    token: str = attrs.field(repr=False)

    def __attrs_post_init__(self) -> None:
        """Refuse a token that is no token, without repeating it."""
        origin_of(self.origin)
        if not _TOKEN.fullmatch(self.token):
            raise InvalidValueError(
                f"the token for {self.origin} holds characters that no token has",
                hint="pass the token alone, without spaces or line ends",
            )

    def belongs_to(self, place: Admitted) -> bool:
        """Whether the token may be sent to this place."""
        return place.origin == origin_of(self.origin)

    def is_in(self, text: str) -> bool:
        """Whether a text holds the token, percent-encoded or not."""
        return self.token in text or self.token in unquote(text)

    def kept_out(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """Yield the pieces until the token is about to be whole among them.

        Raises:
            SourceError: LINK_ANSWER, when it is.
        """
        before = b""
        while (piece := next(pieces, None)) is not None:
            before += piece
            if self.token.encode("ascii") in before:
                # A traceback that shows what the names here stand for must not show the token.
                before = piece = b""
                raise repeated()
            before = before[-len(self.token) :]
            yield piece


def repeated() -> SourceError:
    """Return the error of an answer that would carry the token into the evidence."""
    return senseless("it repeats the token")


def request(place: Admitted, credential: Credential | None, extra: Mapping[str, str]) -> bytes:
    """Return the bytes of a GET; the token is in them if it belongs to this place.

    ``extra`` are headers of our own making. Plain http goes through a proxy as a whole address.
    """
    token = credential.token if credential and credential.belongs_to(place) else None
    headers = {
        "Host": place.authority,
        "User-Agent": _AGENT,
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
        **extra,
        **({"Authorization": f"Bearer {token}"} if token else {}),
    }
    target = (place.path or "/") + (f"?{place.query}" if place.query else "")
    if place.proxy and place.scheme == "http":
        target = f"http://{place.authority}{target}"
        if place.proxy.authorization:
            headers["Proxy-Authorization"] = place.proxy.authorization
    lines = [f"GET {target} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "".join(f"{line}\r\n" for line in (*lines, "")).encode("ascii")
