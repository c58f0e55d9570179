"""A linked page or file: looked at over https, and recorded as evidence."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Self

import attrs

from provenance.doors.fetcher import Fetcher
from provenance.errors import SourceError, UsageError
from provenance.text.canonical_json import encode
from provenance.values.address import Address
from provenance.values.evidence import Capture, EvidenceKind
from provenance.values.fetched import Fetched
from provenance.values.locator import Locator, LocatorKind
from provenance.values.look import Look, Missing, Seen, Unseen
from provenance.values.settings import Settings

# Larger than any page that is read; what is larger is unseen.
LARGEST_PAGE = 8 * 2**20
_BYTES = "application/octet-stream"
# RFC 9110, section 8.3.1, without parameters.
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}")


@attrs.frozen
class Page:
    """What looking at a link gave: the look, and the evidence for it; none if it is unseen."""

    locator: Locator
    look: Look[Fetched]
    captures: tuple[Capture, ...] = ()


@attrs.frozen(eq=False)
class HttpsSource:
    """Links to pages and files, followed with one fetcher; no token is sent to any of them."""

    settings: Settings
    fetcher: Fetcher

    @classmethod
    def of(cls, settings: Settings, clock: Callable[[], datetime]) -> Self:
        """Return a source that reaches what these settings allow."""
        named, network = settings.allowed_origins, settings.network
        return cls(settings, Fetcher(clock, named, settings.offline, network=network))

    def look(self, locator: Locator, *, limit: int = LARGEST_PAGE) -> Page:
        """Look at a link: seen, missing for an answer of 404 or 410, else unseen and why.

        The captures are the answer as canonical JSON, and what was seen as it was published.

        Raises:
            UsageError: for a locator of another kind.
        """
        if locator.kind is not LocatorKind.HTTP:
            raise UsageError(f"{locator} is no page or file", hint="pass web links only")
        try:
            found = self.fetcher.fetch(self.settings.mirrored(locator.uri), limit=limit)
        except SourceError as error:
            return Page(locator, Unseen(error.what, error.code))
        address = Address.page(locator.uri)
        answer = Capture(
            EvidenceKind.ANSWER, address, "application/json", found.seen_at, encode(_answer(found))
        )
        if found.gone:
            missing = Missing(f"the server says {found.status}: gone", (answer.where,))
            return Page(locator, missing, (answer,))
        page = Capture(
            EvidenceKind.FILE, address, media_type(found.content_type), found.seen_at, found.body
        )
        return Page(locator, Seen(found), (answer, page))


def media_type(content_type: str | None) -> str:
    """Return the media type that a Content-Type names, without parameters; else that of bytes."""
    named = (content_type or "").partition(";")[0].strip().lower()
    return named if _MEDIA_TYPE.fullmatch(named) else _BYTES


def _answer(found: Fetched) -> dict[str, str | int | None]:
    """Return an answer as evidence: without its moment, which the capture has."""
    return {
        "content_length": found.content_length,
        "content_type": found.content_type,
        "digest": str(found.digest) if not found.gone else None,
        "etag": found.etag,
        "final_url": found.final_url,
        "last_modified": found.last_modified,
        "size": len(found.body) if not found.gone else None,
        "status": found.status,
        "url": found.url,
    }
