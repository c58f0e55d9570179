"""What a web server answered: one file or page, and how it was come by."""

from datetime import datetime

import attrs

from provenance.values.digest import Digest


@attrs.frozen
class Fetched:
    """An answer: the address that was asked, the one that answered, and what it gave.

    ``status`` is 200, or 404 or 410 for what is gone (then ``body`` is empty and unread). ``body``
    is the file as it was published: a gzip transfer encoding is undone, and ``digest`` is over it.
    ``content_length`` is in bytes on the wire, as announced. ``final_url`` is without its query
    where a token was sent on the way: its server may have put a permission to read in it.
    Texts are the server's own, without control characters.
    """

    url: str
    final_url: str
    status: int
    content_type: str | None
    etag: str | None
    last_modified: str | None
    content_length: int | None
    body: bytes = attrs.field(repr=False)
    digest: Digest
    seen_at: datetime

    @property
    def gone(self) -> bool:
        """Whether the server said that there is nothing at this address."""
        return self.status in GONE


GONE = frozenset({404, 410})
