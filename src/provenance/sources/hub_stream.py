"""The bytes of one commit's files as the Hub sends them, from any place of a file on."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Literal, Protocol
from urllib.parse import urlsplit

import attrs

from provenance.errors import Code, ReleaseError
from provenance.sources.hub_errors import transport
from provenance.values.inventory import FileEntry

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

PARTIAL = 206
# What the client's library raises where another thread's trouble closed the connections of all.
_CLOSED = RuntimeError
_RANGE = re.compile(r"bytes ([0-9]{1,16})-([0-9]{1,16})/([0-9]{1,16})")


@attrs.frozen
class Piece:
    """Bytes, and the place in the file that they stand at."""

    offset: int
    data: bytes = attrs.field(repr=False)


@attrs.frozen
class Begun:
    """Bytes of a file from one place on, and the address that they came from in the end."""

    data: bytes = attrs.field(repr=False)
    address: str = attrs.field(repr=False)


class _Response(Protocol):
    """What is used of an answer, whichever library the client was built on."""

    @property
    def status_code(self) -> int: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    @property
    def url(self) -> object: ...
    def iter_raw(self) -> Iterator[bytes]: ...


@attrs.frozen(eq=False)
class Line:
    """The way to the files of one commit; ``answer`` is how many seconds the Hub may be silent.

    The client sends, waits as long as the Hub tells it to, and follows redirects, keeping the
    caller's token from other origins. What it has no part in is what the bytes are.
    """

    endpoint: str
    repo_id: str
    repo_type: Literal["model", "dataset"]
    commit: str
    answer: float
    headers: Mapping[str, str] = attrs.field(repr=False)

    def pieces(self, entry: FileEntry, start: int) -> Iterator[Piece]:
        """Yield the file from byte ``start`` on; from its first byte where the Hub sends all of it.

        It ends early when the connection is lost. There may be more bytes than are listed.

        Raises:
            ReleaseError: HUB_MISMATCH for an answer of another length; HUB_ANSWER for another range
                than was asked for, or bytes that are not the file's own.
        """
        asked = {"Range": f"bytes={start}-"} if start else {}
        with suppress(_CLOSED), self._asked(self._address(entry), asked) as response:
            offset, end = _span(response, entry, start)
            if end not in {None, entry.size}:
                raise _other_size(entry, end or 0)
            yield from _read(response, offset)

    def start(self, entry: FileEntry, size: int, *, at: int = 0) -> Begun:
        """Return ``size`` bytes of the file, or fewer where the connection is lost.

        They are the first, or those from ``at`` on.

        Raises:
            ReleaseError: as :meth:`pieces`.
        """
        address = self._address(entry)
        asked = _range(at, min(at + size, entry.size))
        with suppress(_CLOSED), self._asked(address, asked) as response:
            data = _taken(response, entry, at, size)
            return Begun(data, str(response.url))
        return Begun(b"", address)

    def rest(self, entry: FileEntry, begun: Begun, size: int, *, at: int = 0) -> Begun:
        """Return what :meth:`start` does where some of it is here: only the others come.

        They are asked for where the first came from; the token goes there only if it is the Hub.
        """
        here = len(begun.data)
        asked = _range(at + here, min(at + size, entry.size))
        with suppress(_CLOSED), self._asked(begun.address, asked) as response:
            rest = _taken(response, entry, at + here, size - here)
            return Begun(begun.data + rest, begun.address)
        return begun

    def _address(self, entry: FileEntry) -> str:
        from huggingface_hub import hf_hub_url  # noqa: PLC0415 - heavy

        return hf_hub_url(
            self.repo_id,
            entry.path.text,
            repo_type=self.repo_type,
            revision=self.commit,
            endpoint=self.endpoint,
        )

    @contextmanager
    def _asked(self, address: str, asked: Mapping[str, str]) -> Iterator[_Response]:
        from huggingface_hub import utils  # noqa: PLC0415 - heavy

        # Bytes as they are: what is hashed is what was published.
        headers = {**self._known(address), **asked, "Accept-Encoding": "identity"}
        stream: AbstractContextManager[_Response] = utils.http_stream_backoff(  # type: ignore[attr-defined]
            "GET", address, headers=headers, timeout=self.answer
        )
        with stream as response:
            utils.hf_raise_for_status(response)  # type: ignore[attr-defined,arg-type]
            yield response

    def _known(self, address: str) -> Mapping[str, str]:
        """Return the client's headers for an address: the token is for the Hub alone."""
        if _origin(address) == _origin(self.endpoint):
            return self.headers
        return {name: it for name, it in self.headers.items() if name.lower() != "authorization"}


def _origin(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme, parts.netloc


def _range(start: int, end: int) -> Mapping[str, str]:
    return {"Range": f"bytes={start}-{end - 1}"}


def _span(response: _Response, entry: FileEntry, start: int) -> tuple[int, int | None]:
    """Return where the answer begins and where it ends in the file, if it says."""
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise _senseless(entry, "comes in another encoding than was asked for")
    length = response.headers.get("Content-Length", "")
    if response.status_code != PARTIAL:
        return 0, int(length) if length.isdecimal() else None
    told = _RANGE.fullmatch(response.headers.get("Content-Range", ""))
    if not told or int(told[1]) != start:
        raise _senseless(entry, "comes from another place than was asked for")
    if int(told[3]) != entry.size:
        raise _other_size(entry, int(told[3]))
    return start, int(told[2]) + 1


def _read(response: _Response, offset: int) -> Iterator[Piece]:
    try:
        # In pieces as they come: a set size would drop what is here of the piece that is cut.
        for data in response.iter_raw():
            yield Piece(offset, data)
            offset += len(data)
    except transport():
        return  # The receiver counts what came, and asks for the rest.


def _taken(response: _Response, entry: FileEntry, start: int, size: int) -> bytes:
    """Return at most ``size`` bytes from ``start`` on; a Hub may send the whole file for them."""
    at, _ = _span(response, entry, start)
    if at != start:
        raise _senseless(entry, "comes whole, where a part of it was asked for")
    parts: list[bytes] = []
    left = min(size, entry.size - start)
    for piece in _read(response, at):
        parts.append(piece.data[:left])
        left -= len(parts[-1])
        if not left:
            break
    return b"".join(parts)


def _senseless(entry: FileEntry, what: str) -> ReleaseError:
    return ReleaseError(
        f"{entry.path.text[:200]!a} {what}", hint="do not trust this server", code=Code.HUB_ANSWER
    )


def _other_size(entry: FileEntry, size: int) -> ReleaseError:
    return ReleaseError(
        f"{entry.path.text[:200]!a} is listed with {entry.size} bytes, and has {size}",
        hint="try again; if it stays so, do not trust this server",
        code=Code.HUB_MISMATCH,
    )
